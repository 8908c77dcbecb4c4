// SPDX-License-Identifier: MIT
// A batch goes in at once; where not all of it does, each row is answered for by itself.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "insertion/target.h"
#include "quiettest.h"

#include <QDir>
#include <QTemporaryDir>

#include <future>
#include <numeric>

using namespace seedbed;

namespace {

const QByteArray Things = R"({"name": "things", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "name"}, {"name": "size", "type": "number"},
    {"name": "made", "type": "date", "format": "%d.%m.%Y"}, {"name": "isNew", "type": "boolean"}]}})";

Dataset things(const QByteArray &rows)
{
    return datasetOf({ Things }, { "id,name,size,made,isNew\n" + rows });
}

using Kind = RowAnswer::Kind;

/// A target in a folder of its own, and what it answers to all rows of a dataset as one batch.
class Setting final
{
public:
    explicit Setting(const Dataset &dataset, ConflictPolicy onConflict = ConflictPolicy::Skip)
        : m_dataset(dataset)
    {
        m_progress.begin(1);
        m_target = makeTarget(dataset.package, 0,
                              { m_folder.path(), Patience, &m_progress, m_stop.get_token(), onConflict, true });
    }

    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("things.db")); }

    bool prepare() { return m_target->inspect().has_value() && m_target->prepare(m_dataset.tables.first().rowCount()); }

    /// With a table that another program made, and a trigger.
    bool prepareWith(const QString &trigger)
    {
        return execute(path(),
                       { QStringLiteral("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, size NUMERIC, "
                                        "made TEXT, isNew INTEGER)"),
                         trigger })
            && prepare();
    }

    /// \a isThere: their keys are known to be in the target.
    QList<Kind> writeAll(bool isThere = false)
    {
        const Table &rows = m_dataset.tables.first();
        std::vector<qint32> positions(static_cast<size_t>(rows.rowCount()));
        std::iota(positions.begin(), positions.end(), 0);
        QList<Kind> kinds;
        {
            auto writer = m_target->openWriter(rows, m_progress.timeline().addLanes(0, 1).front());
            if (!writer)
                qFatal("%s", qPrintable(writer.error().message));
            const BatchAnswer answer = (*writer)->write({ .rows = positions, .number = 0, .isThere = isThere });
            m_isAllInserted = answer.isToAll(RowAnswer::Kind::Inserted);
            for (qsizetype row = 0; row < rows.rowCount(); ++row) {
                kinds.append(answer.at(row).kind);
                m_messages.append(answer.at(row).message);
            }
        }
        m_target->finish();
        return kinds;
    }

    /// The ids of the rows that each of some visitors saw.
    QList<QStringList> scan(qsizetype visitors)
    {
        QList<QStringList> seen(visitors);
        QList<RowVisitor> each;
        for (QStringList &ids : seen)
            each.append([&ids](const StoredRow &row) { ids.append(QString::number(row.value(0).integer)); });
        if (!m_target->scan(each))
            qFatal("the rows cannot be read");
        return seen;
    }

    void stop() { m_stop.request_stop(); }
    [[nodiscard]] bool hasWaited() const { return m_progress.progress(0).lockRetries > 0; }
    [[nodiscard]] bool isAllInserted() const { return m_isAllInserted; }
    [[nodiscard]] const QStringList &messages() const { return m_messages; }

private:
    static constexpr std::chrono::seconds Patience { 1 };

    QTemporaryDir m_folder;
    Dataset m_dataset;
    std::stop_source m_stop;
    RunProgress m_progress;
    std::unique_ptr<Target> m_target;
    bool m_isAllInserted = false;
    QStringList m_messages;
};

} // namespace

class tst_SqliteWriter final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void whatIsNotOpenAnswersSo();
    void aBatchGoesInAtOnce();
    void eachValueAsItIs();
    void rowsThatCameInBetween();
    void aTriggerThatKeepsARowOut();
    void aRowThatTheDatabaseRefuses();
    void aStatementThatFailsHalfway();
    void aTriggerThatEndsTheTransaction();
    void aTriggerThatCameInBetween();
    void aParentThatIsGone_data();
    void aParentThatIsGone();
    void nothingToUpdateBesideTheKey();
    void keysThatWereThere();
    void moreDigitsThanTheColumnKeeps();
    void aTableWithoutKey();
    void manyRowsByTheFilesOwnJournal();
    void aCommitThatReadersKeepOut_data();
    void aCommitThatReadersKeepOut();
    void partsOfManyRows_data();
    void partsOfManyRows();
};

void tst_SqliteWriter::whatIsNotOpenAnswersSo()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("not there/things.db"));
    SqliteConnection connection(path, SqliteConnection::Mode::ReadWrite);
    QCOMPARE(connection.openStatus().code & 0xff, 14); // SQLITE_CANTOPEN
    QString answer;
    QCOMPARE(connection.execute(QStringLiteral("SELECT 1")).code, connection.openStatus().code);
    QCOMPARE(connection.ask(QStringLiteral("SELECT 1"), answer).code, connection.openStatus().code);
    QCOMPARE(answer, QString());
}

void tst_SqliteWriter::aBatchGoesInAtOnce()
{
    Setting setting(things("1,a,1,,\n2,b,2,,\n"));
    QVERIFY(setting.prepare());
    QCOMPARE(setting.writeAll(), QList<Kind>(2, Kind::Inserted));
    QVERIFY(setting.isAllInserted());
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT id, name, size FROM things")),
             QStringList({ QStringLiteral("1|a|1"), QStringLiteral("2|b|2") }));
}

void tst_SqliteWriter::eachValueAsItIs()
{
    Setting setting(things("-7,\"a,\"\"ä\n\",0019.90,24.12.2025,true\n9223372036854775807,,1e3,,false\n"));
    QVERIFY(setting.prepare());
    QCOMPARE(setting.writeAll(), QList<Kind>(2, Kind::Inserted));
    QCOMPARE(ask(setting.path(),
                 QStringLiteral("SELECT id, name, size, typeof(size), made, isNew FROM things ORDER BY id")),
             QStringList({ QStringLiteral("-7|a,\"ä\n|19.9|real|2025-12-24|1"),
                           QStringLiteral("9223372036854775807|NULL|1000|integer|NULL|0") }));
}

void tst_SqliteWriter::rowsThatCameInBetween()
{
    Setting setting(things("1,a,1,,\n2,b,2,,\n3,c,3,,\n"));
    QVERIFY(setting.prepare());
    QVERIFY(execute(setting.path(),
                    { QStringLiteral("INSERT INTO things VALUES (1, 'a', 1, NULL, NULL), (2, 'x', 2, NULL, NULL)") }));
    QCOMPARE(setting.writeAll(), (QList<Kind> { Kind::Unchanged, Kind::Conflict, Kind::Inserted }));
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT id, name FROM things")),
             QStringList({ QStringLiteral("1|a"), QStringLiteral("2|x"), QStringLiteral("3|c") }));
}

void tst_SqliteWriter::aTriggerThatKeepsARowOut()
{
    Setting setting(things("1,a,1,,\n2,b,2,,\n"));
    QVERIFY(setting.prepareWith(QStringLiteral("CREATE TRIGGER t BEFORE INSERT ON things WHEN new.id = 2 "
                                               "BEGIN SELECT RAISE(IGNORE); END")));
    QCOMPARE(setting.writeAll(), (QList<Kind> { Kind::Inserted, Kind::Failed }));
    QVERIFY(setting.messages().at(1).contains(QLatin1String("did not take the row")));
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT id FROM things")), QStringList(QStringLiteral("1")));
}

void tst_SqliteWriter::aRowThatTheDatabaseRefuses()
{
    Setting setting(things("1,a,1,,\n2,b,2,,\n3,c,3,,\n"));
    QVERIFY(setting.prepareWith(QStringLiteral("CREATE TRIGGER t BEFORE INSERT ON things WHEN new.id = 2 "
                                               "BEGIN SELECT RAISE(ABORT, 'not this one'); END")));
    QCOMPARE(setting.writeAll(), (QList<Kind> { Kind::Inserted, Kind::Failed, Kind::Inserted }));
    QVERIFY(setting.messages().at(1).contains(QLatin1String("not this one")));
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT id FROM things")),
             QStringList({ QStringLiteral("1"), QStringLiteral("3") }));
}

void tst_SqliteWriter::aStatementThatFailsHalfway()
{
    Setting setting(things("1,a,1,,\n2,b,2,,\n3,c,3,,\n"));
    // FAIL leaves what the statement did so far.
    QVERIFY(setting.prepareWith(QStringLiteral("CREATE TRIGGER t AFTER INSERT ON things WHEN new.id = 2 "
                                               "BEGIN SELECT RAISE(FAIL, 'not this one'); END")));
    QCOMPARE(setting.writeAll(), (QList<Kind> { Kind::Inserted, Kind::Failed, Kind::Inserted }));
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT id FROM things")),
             QStringList({ QStringLiteral("1"), QStringLiteral("3") }));
}

// What went in before goes with it.
void tst_SqliteWriter::aTriggerThatEndsTheTransaction()
{
    Setting setting(things("1,a,1,,\n2,b,2,,\n3,c,3,,\n"));
    QVERIFY(setting.prepareWith(QStringLiteral("CREATE TRIGGER t BEFORE INSERT ON things WHEN new.id = 2 "
                                               "BEGIN SELECT RAISE(ROLLBACK, 'all is over'); END")));
    QCOMPARE(setting.writeAll(), QList<Kind>(3, Kind::Failed));
    for (const QString &message : setting.messages())
        QVERIFY2(message.contains(QLatin1String("all is over")), qPrintable(message));
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT id FROM things")), QStringList());
}

void tst_SqliteWriter::aTriggerThatCameInBetween()
{
    Setting setting(things("1,a,1,,\n"));
    QVERIFY(setting.prepare());
    QVERIFY(execute(setting.path(),
                    { QStringLiteral("CREATE TRIGGER t AFTER INSERT ON things BEGIN DELETE FROM things; END") }));
    QCOMPARE(setting.writeAll(), QList<Kind> { Kind::Failed });
    QCOMPARE(setting.messages().constFirst(),
             QStringLiteral("table things of things.db was made or changed by another program during the run; run "
                            "again"));
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT id FROM things")), QStringList());
}

void tst_SqliteWriter::aParentThatIsGone_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QList<RowAnswer::Kind>>("kinds");
    QTest::newRow("it is there") << QStringLiteral("SELECT 1") << QList<Kind>(3, Kind::Inserted);
    QTest::newRow("it is gone") << QStringLiteral("DELETE FROM things WHERE id = 100")
                                << QList<Kind> { Kind::Inserted, Kind::Failed, Kind::Inserted };
}

// It was there when the rows were validated.
void tst_SqliteWriter::aParentThatIsGone()
{
    QFETCH(QString, sql);
    QFETCH(QList<RowAnswer::Kind>, kinds);
    const QByteArray things = R"({"name": "things", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "above", "type": "integer"}],
        "foreignKeys": [{"fields": "above", "reference": {"resource": "", "fields": "id"}}]}})";
    Setting setting(datasetOf({ things }, { "id,above\n1,1\n2,100\n3,\n" }));
    QVERIFY(execute(setting.path(),
                    { QStringLiteral("CREATE TABLE things (id INTEGER PRIMARY KEY, above INTEGER)"),
                      QStringLiteral("INSERT INTO things VALUES (100, NULL)") }));
    QVERIFY(setting.prepare());
    QVERIFY(execute(setting.path(), { sql }));
    QCOMPARE(setting.writeAll(), kinds);
    const bool isGone = kinds.contains(Kind::Failed);
    if (isGone)
        QCOMPARE(setting.messages().at(1), QStringLiteral("the row that it refers to is no longer in things.db"));
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT count(*) FROM things WHERE id < 100")),
             QStringList { isGone ? QStringLiteral("2") : QStringLiteral("3") });
}

void tst_SqliteWriter::nothingToUpdateBesideTheKey()
{
    const QByteArray ids = R"({"name": "things", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}]}})";
    Setting setting(datasetOf({ ids }, { "id\n1\n2\n" }), ConflictPolicy::Update);
    QVERIFY(setting.prepare());
    QVERIFY(execute(setting.path(), { QStringLiteral("INSERT INTO things VALUES (1)") }));
    QCOMPARE(setting.writeAll(), (QList<Kind> { Kind::Unchanged, Kind::Inserted }));
}

// Another program may have changed them since; no row is inserted in their place, and each failure says its own cause.
void tst_SqliteWriter::keysThatWereThere()
{
    const QByteArray coded = R"({"name": "things", "schema": {"primaryKey": "code", "fields": [
        {"name": "code"}, {"name": "name"}]}})";
    Setting setting(datasetOf({ coded }, { "code,name\na,Ann\nb,Ben\nc,Cid\nd,Dan\n" }), ConflictPolicy::Update);
    QVERIFY(execute(setting.path(),
                    { QStringLiteral("CREATE TABLE things (code TEXT PRIMARY KEY COLLATE NOCASE, name TEXT)"),
                      QStringLiteral("INSERT INTO things VALUES ('a', 'Ann'), ('b', 'other'), ('C', 'other')") }));
    QVERIFY(setting.prepare());
    QCOMPARE(setting.writeAll(true), (QList<Kind> { Kind::Unchanged, Kind::Updated, Kind::Failed, Kind::Failed }));
    QCOMPARE(setting.messages(),
             QStringList({ {},
                           {},
                           QStringLiteral("things.db takes the key for that of another row, which has it as C"),
                           QStringLiteral("things.db has this key in another form, or no longer: nothing was "
                                          "updated") }));
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT code, name FROM things ORDER BY code")),
             QStringList({ QStringLiteral("a|Ann"), QStringLiteral("b|Ben"), QStringLiteral("C|other") }));
}

void tst_SqliteWriter::moreDigitsThanTheColumnKeeps()
{
    Setting setting(things("1,a,9007199254740993,,\n2,b,9007199254740992,,\n"));
    QVERIFY(execute(setting.path(),
                    { QStringLiteral("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, size REAL, "
                                     "made TEXT, isNew INTEGER)") }));
    QVERIFY(setting.prepare());
    QCOMPARE(setting.writeAll(), (QList<Kind> { Kind::Failed, Kind::Inserted }));
    QVERIFY(setting.messages().at(0).contains(QLatin1String("more digits")));
}

void tst_SqliteWriter::aTableWithoutKey()
{
    Setting setting(things("1,a,1,,\n2,b,2,,\n"));
    QVERIFY(execute(setting.path(),
                    { QStringLiteral("CREATE TABLE things (id INTEGER, name TEXT, size NUMERIC, made TEXT, "
                                     "isNew INTEGER)") }));
    QVERIFY(setting.prepare());
    QVERIFY(execute(setting.path(), { QStringLiteral("INSERT INTO things VALUES (1, 'a', 1, NULL, NULL)") }));
    QCOMPARE(setting.writeAll(), (QList<Kind> { Kind::Unchanged, Kind::Inserted }));
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT count(*) FROM things")), QStringList(QStringLiteral("2")));
}

void tst_SqliteWriter::manyRowsByTheFilesOwnJournal()
{
    QByteArray rows;
    for (int i = 1; i <= 25'000; ++i)
        rows += QByteArray::number(i) + ",name,1.5,,\n";
    Setting setting(things(rows));
    QVERIFY(setting.prepare());
    QCOMPARE(ask(setting.path(), QStringLiteral("PRAGMA journal_mode")), QStringList(QStringLiteral("delete")));
    QCOMPARE(setting.writeAll(), QList<Kind>(25'000, Kind::Inserted));
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT count(*), sum(id), min(size) FROM things")),
             QStringList(QStringLiteral("25000|312512500|1.5")));
    QCOMPARE(ask(setting.path(), QStringLiteral("PRAGMA integrity_check")), QStringList(QStringLiteral("ok")));
}

void tst_SqliteWriter::aCommitThatReadersKeepOut_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("message");
    QTest::newRow("until the limit") << false << Kind::Failed << QStringLiteral("database is locked");
    QTest::newRow("until a stop") << true << Kind::Stopped << QString();
}

void tst_SqliteWriter::aCommitThatReadersKeepOut()
{
    QFETCH(bool, isStopped);
    QFETCH(Kind, kind);
    QFETCH(QString, message);
    QByteArray rows;
    for (int i = 1; i <= 25'000; ++i)
        rows += QByteArray::number(i) + ",name,1.5,,\n";
    Setting setting(things(rows));
    QVERIFY(setting.prepare());
    ForeignProcess reader(setting.path(), QStringLiteral("BEGIN; SELECT count(*) FROM things"));
    QVERIFY(reader.holds());
    auto writing = std::async(std::launch::async, [&setting] { return setting.writeAll(); });
    if (isStopped) {
        QTRY_VERIFY(setting.hasWaited());
        setting.stop();
    }
    QCOMPARE(writing.get(), QList<Kind>(25'000, kind));
    QCOMPARE(setting.messages().constFirst(), message);
    reader.release();
    QCOMPARE(ask(setting.path(), QStringLiteral("SELECT count(*) FROM things")), QStringList(QStringLiteral("0")));
}

void tst_SqliteWriter::partsOfManyRows_data()
{
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("step");
    QTest::newRow("from 1") << qint64(1) << qint64(1);
    QTest::newRow("around 0") << qint64(-10'000) << qint64(1);
    QTest::newRow("wide apart") << qint64(-4'500'000'000'000'000'000) << qint64(450'000'000'000'000);
}

// Every row is seen once, whatever the parts are.
void tst_SqliteWriter::partsOfManyRows()
{
    QFETCH(qint64, first);
    QFETCH(qint64, step);
    constexpr int Rows = 20'000;
    QByteArray csv;
    QStringList ids;
    for (int row = 0; row < Rows; ++row) {
        ids.append(QString::number(first + row * step));
        csv += ids.constLast().toUtf8() + ",a,1,,\n";
    }
    Setting setting(things(csv));
    QVERIFY(setting.prepare());
    QVERIFY(setting.writeAll().count(Kind::Inserted) == Rows);
    for (const qsizetype visitors : { 1, 2, 3, 5 }) {
        QStringList all;
        int busy = 0;
        for (const QStringList &seen : setting.scan(visitors)) {
            all += seen;
            busy += seen.isEmpty() ? 0 : 1;
        }
        QCOMPARE(all, ids); // each part is in order, and the parts are
        QCOMPARE(busy, visitors);
    }
}

SEEDBED_TEST(tst_SqliteWriter, QCoreApplication)
#include "tst_sqlitewriter.moc"
