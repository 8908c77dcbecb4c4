// SPDX-License-Identifier: MIT
// The report is true whatever else is in a database, and whatever other programs do to it during a run.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "quiettest.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <future>

using namespace seedbed;

namespace {

const QByteArray Users = R"({"name": "users", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "name"}]}})";
const QByteArray Orders = R"({"name": "orders", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "user_id", "type": "integer"}],
    "foreignKeys": [{"fields": "user_id", "reference": {"resource": "users", "fields": "id"}}]}})";
const QByteArray Texts = R"({"name": "texts", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "text"}]}})";

Result<RunReport> runInto(const QTemporaryDir &folder, const Dataset &dataset, bool isDryRun = false)
{
    RunOptions options;
    options.into = folder.path();
    options.isDryRun = isDryRun;
    RunProgress progress;
    return run(dataset, options, progress, {});
}

/// What an own descriptor says of a table with so many text columns.
QByteArray wideTable(int columns, int keyColumns)
{
    QByteArray fields;
    QByteArray key;
    for (int i = 0; i < columns; ++i) {
        const QByteArray name = "\"c" + QByteArray::number(i) + '"';
        fields += (i > 0 ? ", {\"name\": " : "{\"name\": ") + name + '}';
        if (i < keyColumns)
            key += (i > 0 ? ", " : "") + name;
    }
    return R"({"name": "wide", "schema": {"fields": [)" + fields + ']'
        + (keyColumns > 0 ? R"(, "primaryKey": [)" + key + ']' : QByteArray()) + "}}";
}

QByteArray wideRows(int columns)
{
    QByteArray header;
    QByteArray first;
    QByteArray second;
    for (int i = 0; i < columns; ++i) {
        const QByteArray comma = i > 0 ? "," : "";
        header += comma + 'c' + QByteArray::number(i);
        first += comma + 'a';
        second += comma + (i == columns / 2 ? 'b' : 'a');
    }
    return header + '\n' + first + '\n' + second + '\n';
}

} // namespace

class tst_Neighbours final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void aParentThatIsDeletedMeanwhile_data();
    void aParentThatIsDeletedMeanwhile();
    void aTableThatAnswersForTheSchema();
    void aDryRunKnowsWhatColumnsTake_data();
    void aDryRunKnowsWhatColumnsTake();
    void storesEveryTextAsItIs_data();
    void storesEveryTextAsItIs();
    void tablesOfManyColumns_data();
    void tablesOfManyColumns();
    void namesWithPercentSigns();
    void aStopEndsATriggerWithoutEnd();
    void damageElsewhere_data();
    void damageElsewhere();
};

void tst_Neighbours::aParentThatIsDeletedMeanwhile_data()
{
    QTest::addColumn<QByteArray>("users"); // of the package
    QTest::newRow("a row of the package") << QByteArray("id,name\n7,Alice\n");
    QTest::newRow("a row of the database alone") << QByteArray("id,name\n");
}

// The order waits for its own database; its user goes before it is written.
void tst_Neighbours::aParentThatIsDeletedMeanwhile()
{
    QFETCH(QByteArray, users);
    const QTemporaryDir folder;
    const QString usersPath = folder.filePath(QStringLiteral("users.db"));
    const QString ordersPath = folder.filePath(QStringLiteral("orders.db"));
    QVERIFY(execute(usersPath,
                    { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)"),
                      QStringLiteral("INSERT INTO users VALUES (7, 'Alice')") }));
    QVERIFY(execute(ordersPath, { QStringLiteral("CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER)") }));
    ForeignProcess other(ordersPath, QStringLiteral("BEGIN IMMEDIATE"));
    QVERIFY(other.holds());
    const Dataset dataset = datasetOf({ Users, Orders }, { users, "id,user_id\n1,7\n" });
    RunOptions options;
    options.into = folder.path();
    RunProgress progress;
    progress.begin(2); // it is looked at before the run begins
    auto running = std::async(std::launch::async, [&] { return run(dataset, options, progress, {}); });
    QTRY_VERIFY(progress.progress(1).lockRetries > 0);
    QVERIFY(execute(usersPath, { QStringLiteral("DELETE FROM users") }));
    other.release();
    const auto report = running.get();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->tables.at(1).counts.inserted, 1);
    QCOMPARE(report->outcome, RunReport::Outcome::Failed);
    QVERIFY2(report->auditFindings.contains(QStringLiteral("orders row 1 refers to a row that is not in users.db")),
             qPrintable(report->auditFindings.join(u'\n')));
}

void tst_Neighbours::aTableThatAnswersForTheSchema()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    // A view would take the place of the table, if the tables that have the names of pragmas were asked.
    QVERIFY(execute(
        path,
        { QStringLiteral("CREATE VIEW users AS SELECT 1 AS id, 'Alice' AS name"),
          QStringLiteral("CREATE TABLE pragma_table_list (schema, name, type, ncol, wr, strict)"),
          QStringLiteral("INSERT INTO pragma_table_list VALUES ('main', 'users', 'table', 2, 0, 0)"),
          QStringLiteral("CREATE TABLE pragma_table_xinfo (cid, name, type, \"notnull\", dflt_value, pk, hidden, arg)"),
          QStringLiteral("INSERT INTO pragma_table_xinfo VALUES (0, 'id', 'INTEGER', 0, NULL, 1, 0, 'users')"),
          QStringLiteral("CREATE TABLE pragma_index_list (name, \"unique\", partial)"),
          QStringLiteral("CREATE VIEW pragma_index_xinfo AS SELECT 1") }));
    const auto refused = runInto(folder, datasetOf({ Users }, { "id,name\n1,Alice\n" }));
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(QStringLiteral("users is a view")), qPrintable(refused.error().message));
    QVERIFY(execute(path,
                    { QStringLiteral("DROP VIEW users"),
                      QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)") }));
    const auto report = runInto(folder, datasetOf({ Users }, { "id,name\n1,Alice\n" }));
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->totals().inserted, 1);
}

void tst_Neighbours::aDryRunKnowsWhatColumnsTake_data()
{
    QTest::addColumn<QString>("columns");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("rows");
    const std::pair<QByteArray, QByteArray> types[] = { { "integer",
                                                          "a,7\nb,-9223372036854775808\nc,9007199254740993\nd,0\n" },
                                                        { "number", "a,7\nb,1.5\nc,NaN\nd,-INF\ne,1e30\nf,0.1\n" },
                                                        { "boolean", "a,true\nb,false\n" },
                                                        { "date", "a,2024-05-03\n" },
                                                        { "string", "a,abc\nb,7\nc,007\nd,1.50\n" } };
    const QStringList plain { u"INTEGER"_qs, u"FLOAT"_qs, u"TEXT"_qs, u"BLOB"_qs, u"DATE"_qs, QString() };
    const QStringList strict { u"INTEGER"_qs, u"INT"_qs, u"REAL"_qs, u"TEXT"_qs, u"BLOB"_qs, u"ANY"_qs };
    for (const auto &[type, rows] : types) {
        for (const QString &column : plain) {
            QTest::addRow("%s in %s", type.constData(), qPrintable(column))
                << u"(k TEXT PRIMARY KEY, v %1)"_qs.arg(column) << type << rows;
        }
        for (const QString &column : strict) {
            QTest::addRow("%s in STRICT %s", type.constData(), qPrintable(column))
                << u"(k TEXT PRIMARY KEY, v %1) STRICT"_qs.arg(column) << type << rows;
        }
        QTest::addRow("%s as the row id", type.constData()) << u"(k TEXT, v INTEGER PRIMARY KEY)"_qs << type << rows;
        QTest::addRow("%s as the row id, STRICT", type.constData())
            << u"(k TEXT, v INTEGER PRIMARY KEY) STRICT"_qs << type << rows;
    }
}

void tst_Neighbours::aDryRunKnowsWhatColumnsTake()
{
    QFETCH(QString, columns);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, rows);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("things.db"));
    QVERIFY(execute(path, { QStringLiteral("CREATE TABLE things ") + columns }));
    const QByteArray key = columns.contains(u"v INTEGER PRIMARY"_qs) ? "v" : "k";
    const Dataset dataset =
        datasetOf({ R"({"name": "things", "schema": {"primaryKey": ")" + key
                    + R"(", "fields": [{"name": "k"}, {"name": "v", "type": ")" + type + R"("}]}})" },
                  { "k,v\n" + rows });
    const auto dryRun = runInto(folder, dataset, true);
    const auto report = runInto(folder, dataset);
    QCOMPARE(report.has_value(), dryRun.has_value());
    if (!report) {
        QCOMPARE(report.error().message, dryRun.error().message);
        return;
    }
    QCOMPARE(report->totals(), dryRun->totals());
    QCOMPARE(report->totals().failed, 0);
    QCOMPARE(report->auditFindings, QStringList());
}

void tst_Neighbours::storesEveryTextAsItIs_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isKept");
    const QString utf8 = QStringLiteral("UTF-8");
    const QString utf16 = QStringLiteral("UTF-16le");
    for (const char *type : { "DATE", "TIME", "DATETIME", "timestamp" }) {
        const QString column = QString::fromLatin1(type);
        QTest::addRow("%s 007", type) << column << utf8 << QByteArray("007") << false;
        QTest::addRow("%s 1e3", type) << column << utf8 << QByteArray("1e3") << false;
        QTest::addRow("%s blank 7", type) << column << utf8 << QByteArray("\" 7\"") << false;
        QTest::addRow("%s .5", type) << column << utf8 << QByteArray(".5") << false;
        QTest::addRow("%s +5", type) << column << utf8 << QByteArray("+5") << false;
        for (const char *number : { "9223372036854775808", "18446744073709551616", "1e-05", "0.1234567890123456",
                                    "0.30000000000000004", "5e-324", "1.7976931348623157e+308" })
            QTest::addRow("%s %s", type, number) << column << utf8 << QByteArray(number) << false;
        QTest::addRow("%s 2024", type) << column << utf8 << QByteArray("2024") << true;
        QTest::addRow("%s 2024-05-03", type) << column << utf8 << QByteArray("2024-05-03") << true;
        QTest::addRow("%s 10:00", type) << column << utf8 << QByteArray("10:00") << true;
        QTest::addRow("%s 0x10", type) << column << utf8 << QByteArray("0x10") << true;
        QTest::addRow("%s 5 apples", type) << column << utf8 << QByteArray("5 apples") << true;
    }
    QTest::newRow("byte order mark") << QStringLiteral("TEXT") << utf16 << QByteArray("\xef\xbb\xbfx") << true;
    QTest::newRow("U+FFFE") << QStringLiteral("TEXT") << utf16 << QByteArray("x\xef\xbf\xbey") << false;
    QTest::newRow("U+FFFF") << QStringLiteral("TEXT") << utf16 << QByteArray("x\xef\xbf\xbf") << false;
    QTest::newRow("a half-width letter") << QStringLiteral("TEXT") << utf16 << QByteArray("\xef\xbd\xb1") << true;
    QTest::newRow("beyond 16 bits") << QStringLiteral("TEXT") << utf16 << QByteArray("\xf0\x9f\x98\x80") << true;
    QTest::newRow("U+FFFE in UTF-8") << QStringLiteral("TEXT") << utf8 << QByteArray("x\xef\xbf\xbey") << true;
}

// Or says so, in a dry run too.
void tst_Neighbours::storesEveryTextAsItIs()
{
    QFETCH(QString, type);
    QFETCH(QString, encoding);
    QFETCH(QByteArray, text);
    QFETCH(bool, isKept);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("texts.db"));
    QVERIFY(execute(path,
                    { QStringLiteral("PRAGMA encoding = '%1'").arg(encoding),
                      QStringLiteral("CREATE TABLE texts (id INTEGER PRIMARY KEY, text %1)").arg(type) }));
    const Dataset dataset = datasetOf({ Texts }, { "id,text\n1,abc\n2," + text + '\n' });
    const auto dryRun = runInto(folder, dataset, true);
    const auto report = runInto(folder, dataset);
    QVERIFY(dryRun && report);
    const OutcomeCounts counts = report->totals();
    QCOMPARE(counts.inserted, isKept ? 2 : 1);
    QCOMPARE(counts.skipped, isKept ? 0 : 1);
    QCOMPARE(dryRun->totals().inserted, counts.inserted);
    QCOMPARE(dryRun->totals().skipped, counts.skipped);
    QCOMPARE(report->auditFindings, QStringList());
    if (!isKept) {
        const Reason reason = report->tables.first().rejected.first().reasons.first();
        QCOMPARE(reason.rule, QStringLiteral("type"));
        QVERIFY2(reason.message.contains(QStringLiteral("would be stored as another value by its column in texts.db")),
                 qPrintable(reason.message));
        return;
    }
    QByteArray plain = text;
    QCOMPARE(ask(path, QStringLiteral("SELECT text FROM texts WHERE id = 2")),
             QStringList { QString::fromUtf8(plain.replace("\"", "")) });
}

void tst_Neighbours::tablesOfManyColumns_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("keyColumns");
    for (const int columns : { 499, 1001, 2000 })
        QTest::addRow("no key, %d", columns) << columns << 0;
    for (const int columns : { 64, 1999 })
        QTest::addRow("a key of %d", columns) << columns << columns;
}

void tst_Neighbours::tablesOfManyColumns()
{
    QFETCH(int, columns);
    QFETCH(int, keyColumns);
    const QTemporaryDir folder;
    const Dataset dataset = datasetOf({ wideTable(columns, keyColumns) }, { wideRows(columns) });
    const auto dryRun = runInto(folder, dataset, true);
    const auto first = runInto(folder, dataset);
    QVERIFY2(first, first ? "" : qPrintable(first.error().message));
    QCOMPARE(first->totals().inserted, 2);
    QVERIFY(dryRun && dryRun->totals().inserted == 2);
    const auto second = runInto(folder, dataset);
    QVERIFY2(second, second ? "" : qPrintable(second.error().message));
    QCOMPARE(second->totals().unchanged, 2);
    QCOMPARE(ask(folder.filePath(QStringLiteral("wide.db")), QStringLiteral("SELECT count(*) FROM wide")),
             QStringList { QStringLiteral("2") });
}

void tst_Neighbours::namesWithPercentSigns()
{
    const QTemporaryDir folder;
    const QByteArray table = R"({"name": "p", "seedbed": {"table": "t%1%2%3"}, "schema": {"primaryKey": "a%2",
        "fields": [{"name": "a%2", "type": "integer"}, {"name": "b%1"}]}})";
    RunOptions options;
    options.into = folder.path();
    options.onConflict = ConflictPolicy::Update;
    RunProgress progress;
    const auto inserted = run(datasetOf({ table }, { "a%2,b%1\n1,x\n" }), options, progress, {});
    QVERIFY2(inserted, inserted ? "" : qPrintable(inserted.error().message));
    QCOMPARE(inserted->totals().inserted, 1);
    const auto updated = run(datasetOf({ table }, { "a%2,b%1\n1,y\n" }), options, progress, {});
    QVERIFY(updated);
    QCOMPARE(updated->totals().updated, 1);
    QCOMPARE(ask(folder.filePath(QStringLiteral("p.db")), QStringLiteral("SELECT \"b%1\" FROM \"t%1%2%3\"")),
             QStringList { QStringLiteral("y") });
}

// It is interrupted; nothing of its batch goes in.
void tst_Neighbours::aStopEndsATriggerWithoutEnd()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path,
                    { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)"),
                      QStringLiteral("CREATE TABLE other (n)"),
                      QStringLiteral(
                          "CREATE TRIGGER t AFTER INSERT ON users BEGIN INSERT INTO other WITH RECURSIVE c(n) AS "
                          "(SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0; END") }));
    RunOptions options;
    options.into = folder.path();
    options.allowTriggers = true;
    const Dataset dataset = datasetOf({ Users }, { "id,name\n1,a\n2,b\n" });
    RunProgress progress;
    progress.begin(1); // it is looked at before the run begins
    std::stop_source stop;
    auto running = std::async(std::launch::async, [&] { return run(dataset, options, progress, stop.get_token()); });
    QTRY_VERIFY(progress.progress(0).inFlight > 0);
    QElapsedTimer timer;
    timer.start();
    stop.request_stop();
    const auto report = running.get();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->totals().cancelled, 2);
    QCOMPARE(ask(path, QStringLiteral("SELECT count(*) FROM users")), QStringList { QStringLiteral("0") });
}

void tst_Neighbours::damageElsewhere_data()
{
    QTest::addColumn<QString>("damaged");
    QTest::newRow("another table") << QStringLiteral("SELECT rootpage FROM sqlite_master WHERE name = 'other'");
    QTest::newRow("an index of it") << QStringLiteral("SELECT rootpage FROM sqlite_master WHERE name = 'other_a'");
    QTest::newRow("a list of free pages") << QString();
}

// It is none of the table's, and what is written may go to a page that is in use.
void tst_Neighbours::damageElsewhere()
{
    QFETCH(QString, damaged);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QStringList sql { QStringLiteral("PRAGMA page_size = 4096"),
                      QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)"),
                      QStringLiteral("CREATE TABLE other (a)"),
                      QStringLiteral("CREATE INDEX other_a ON other (a)"),
                      QStringLiteral("INSERT INTO other VALUES ('x')"),
                      QStringLiteral("CREATE TABLE gone (a)"),
                      QStringLiteral("INSERT INTO gone VALUES (zeroblob(20000))"),
                      QStringLiteral("DROP TABLE gone") };
    QVERIFY(execute(path, sql));
    const Dataset dataset = datasetOf({ Users }, { "id,name\n1,Alice\n" });
    QVERIFY(runInto(folder, dataset, true));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    qint64 place = 32; // of the first page of the list of free ones, in the file's header
    if (!damaged.isEmpty())
        place = (ask(path, damaged).first().toLongLong() - 1) * 4096;
    QVERIFY(file.seek(place) && file.write(QByteArray(4, '\x7f')) == 4);
    file.close();
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    for (const bool isDryRun : { true, false }) {
        const auto report = runInto(folder, dataset, isDryRun);
        QVERIFY(!report);
        QVERIFY2(report.error().message.contains(path + QStringLiteral(": is damaged or cut off (")),
                 qPrintable(report.error().message));
    }
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), before);
}

SEEDBED_TEST(tst_Neighbours, QCoreApplication)
#include "tst_neighbours.moc"
