// SPDX-License-Identifier: MIT
// Runs over databases that hold other values, under every policy: what the report says is what the files hold, and an
// update does what its preview said.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "insertion/updatepreview.h"
#include "quiettest.h"

#include <QDir>
#include <QTemporaryDir>

#include <future>

using namespace seedbed;

namespace {

const QByteArray People = R"({"name": "people", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "name", "constraints": {"required": true}},
    {"name": "email", "constraints": {"unique": true}}, {"name": "isNew", "type": "boolean"},
    {"name": "height", "type": "number"}]}})";
const QByteArray Codes = R"({"name": "codes", "schema": {"primaryKey": "code", "fields": [
    {"name": "code"}, {"name": "name"}]}})";
const QByteArray Letters = R"({"name": "letters", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "to", "type": "integer"}],
    "foreignKeys": [{"fields": "to", "reference": {"resource": "people", "fields": "id"}}]}})";

Dataset people(const QByteArray &rows)
{
    return datasetOf({ People }, { "id,name,email,isNew,height\n" + rows });
}

/// A folder of databases, and what runs into it come to.
class Folder final
{
public:
    [[nodiscard]] QString path(const char *file) const { return m_folder.filePath(QLatin1String(file)); }

    [[nodiscard]] RunOptions options(ConflictPolicy onConflict, qsizetype batchRows = 0) const
    {
        RunOptions options;
        options.into = m_folder.path();
        options.onConflict = onConflict;
        options.batchRows = batchRows;
        options.lockTimeout = std::chrono::milliseconds(500);
        options.allowTriggers = true;
        return options;
    }
    [[nodiscard]] Result<RunReport> run(const Dataset &dataset, const RunOptions &options) const
    {
        RunProgress progress;
        return seedbed::run(dataset, options, progress, {});
    }
    [[nodiscard]] Result<RunReport> run(const Dataset &dataset, ConflictPolicy onConflict) const
    {
        return run(dataset, options(onConflict));
    }
    [[nodiscard]] Result<RunReport> dryRun(const Dataset &dataset, ConflictPolicy onConflict) const
    {
        RunOptions dry = options(onConflict);
        dry.isDryRun = true;
        return run(dataset, dry);
    }
    [[nodiscard]] QStringList people() const
    {
        return ask(path("people.db"), QStringLiteral("SELECT * FROM people ORDER BY id"));
    }

private:
    QTemporaryDir m_folder;
};

// The parts of \a text, parted by semicolons.
QStringList listOf(const char *text)
{
    return QString::fromUtf8(text).split(QStringLiteral("; "), Qt::SkipEmptyParts);
}

// read = inserted + unchanged + updated + skipped + failed + cancelled
QString countsText(const TableReport &table)
{
    const OutcomeCounts &c = table.counts;
    return QStringLiteral("%1=%2+%3+%4+%5+%6+%7")
        .arg(table.read)
        .arg(c.inserted)
        .arg(c.unchanged)
        .arg(c.updated)
        .arg(c.skipped)
        .arg(c.failed)
        .arg(c.cancelled);
}

QStringList rejectedTexts(const TableReport &table)
{
    QStringList texts;
    for (const RejectedRow &row : table.rejected)
        texts +=
            QStringLiteral("%1 %2: %3").arg(row.row).arg(outcomeName(row.outcome), row.reasons.constFirst().message);
    return texts;
}

QStringList changeTexts(const QList<RowChange> &changes)
{
    QStringList texts;
    for (const RowChange &change : changes) {
        for (const CellChange &cell : change.cells)
            texts += QStringLiteral("%1 %2 %3>%4").arg(change.key, cell.field, cell.before, cell.after);
    }
    return texts;
}

const QByteArray Before = "1,Ann,ann@x,true,1.80\n2,Ben,ben@x,false,1.75\n3,Cid,cid@x,,\n";
const QByteArray After = "1,Ann,ann@x,true,1.8\n2,Benjamin,ben@x,true,1.750\n3,Cid,,false,2\n4,Dot,dot@x,,\n";

// A database that refuses one of the rows.
const QString PeopleWithoutBen =
    QStringLiteral("CREATE TABLE people (id INTEGER PRIMARY KEY, name CHECK (name <> 'Ben'), email, isNew, height)");

} // namespace

class tst_OnConflict final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void policies_data();
    void policies();
    void failWritesNothing();
    void failWithoutConflicts();
    void failNeedsToKnow();
    void previewIsWhatTheUpdateDoes();
    void previewHasAnEnd();
    void previewChangesNothing();
    void valuesPassFromRowToRow_data();
    void valuesPassFromRowToRow();
    void allOrNone();
    void keysTwiceInTheDatabase();
    void whatTheTableDeclares_data();
    void whatTheTableDeclares();
    void aKeyInAnotherForm();
    void triggers_data();
    void triggers();
    void parentsFirst();
    void parentsOfThoseThatGoTogether();
    void stopAndGoOn();
    void tenAtOnce();
};

void tst_OnConflict::policies_data()
{
    QTest::addColumn<int>("policy");
    QTest::addColumn<QString>("counts");
    QTest::addColumn<QStringList>("rejected");
    QTest::addColumn<QStringList>("stored");
    const QStringList before = listOf("1|Ann|ann@x|1|1.8; 2|Ben|ben@x|0|1.75; 3|Cid|cid@x|NULL|NULL");
    QTest::newRow("skip") << static_cast<int>(ConflictPolicy::Skip) << "4=1+1+0+2+0+0"
                          << listOf("2 skipped: id 2 is in people.db with other values; "
                                    "3 skipped: id 3 is in people.db with other values")
                          << before + listOf("4|Dot|dot@x|NULL|NULL");
    QTest::newRow("update") << static_cast<int>(ConflictPolicy::Update) << "4=1+1+2+0+0+0" << QStringList()
                            << listOf("1|Ann|ann@x|1|1.8; 2|Benjamin|ben@x|1|1.75; 3|Cid|NULL|0|2; "
                                      "4|Dot|dot@x|NULL|NULL");
    QTest::newRow("fail") << static_cast<int>(ConflictPolicy::Fail) << "4=0+1+0+0+2+1"
                          << listOf("2 failed: id 2 is in people.db with other values; "
                                    "3 failed: id 3 is in people.db with other values")
                          << before;
}

void tst_OnConflict::policies()
{
    QFETCH(int, policy);
    const auto onConflict = static_cast<ConflictPolicy>(policy);
    Folder folder;
    QVERIFY(folder.run(people(Before), ConflictPolicy::Skip));
    const auto dry = folder.dryRun(people(After), onConflict);
    QVERIFY(dry);
    QTEST(countsText(dry->tables.first()), "counts");
    const auto report = folder.run(people(After), onConflict);
    QVERIFY(report);
    QTEST(countsText(report->tables.first()), "counts");
    QTEST(rejectedTexts(report->tables.first()), "rejected");
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(report->isRefused, onConflict == ConflictPolicy::Fail);
    QCOMPARE(report->outcome,
             onConflict == ConflictPolicy::Fail ? RunReport::Outcome::Failed : RunReport::Outcome::Completed);
    QTEST(folder.people(), "stored");

    // Once more: what was done is not done again.
    const auto again = folder.run(people(After), onConflict);
    QVERIFY(again);
    if (onConflict == ConflictPolicy::Update)
        QCOMPARE(countsText(again->tables.first()), QStringLiteral("4=0+4+0+0+0+0"));
    QTEST(folder.people(), "stored");
}

void tst_OnConflict::failWritesNothing()
{
    Folder folder;
    QVERIFY(execute(folder.path("people.db"),
                    { QStringLiteral("CREATE TABLE people (id INTEGER PRIMARY KEY, name, email, isNew, height)"),
                      QStringLiteral("INSERT INTO people VALUES (1, 'Other', NULL, NULL, NULL)") }));
    const Dataset dataset =
        datasetOf({ People, Letters }, { "id,name,email,isNew,height\n1,Ann,,,\n2,Ben,,,\n", "id,to\n1,1\n2,2\n" });
    RunProgress progress;
    const auto report = run(dataset, folder.options(ConflictPolicy::Fail), progress, {});
    QVERIFY(report);
    QVERIFY(report->isRefused);
    QCOMPARE(countsText(report->tables.at(0)), QStringLiteral("2=0+0+0+0+1+1"));
    QCOMPARE(countsText(report->tables.at(1)), QStringLiteral("2=0+0+0+0+0+2"));
    QCOMPARE(QDir(folder.path("")).entryList(QDir::Files | QDir::Hidden), QStringList { QStringLiteral("people.db") });
    QStringList log;
    for (const LogEntry &entry : progress.take().log)
        log += entry.text;
    QVERIFY(log.contains(QStringLiteral("people row 1 failed: id 1 is in people.db with other values")));
}

void tst_OnConflict::failWithoutConflicts()
{
    Folder folder;
    const auto report = folder.run(people(Before + "4,,x,,\n"), ConflictPolicy::Fail);
    QVERIFY(report);
    QCOMPARE(countsText(report->tables.first()), QStringLiteral("4=3+0+0+1+0+0"));
    QCOMPARE(report->outcome, RunReport::Outcome::Completed);
    const auto again = folder.run(people(Before), ConflictPolicy::Fail);
    QVERIFY(again);
    QCOMPARE(countsText(again->tables.first()), QStringLiteral("3=0+3+0+0+0+0"));
    QVERIFY(!again->isRefused);
}

void tst_OnConflict::failNeedsToKnow()
{
    Folder folder;
    QVERIFY(folder.run(people(Before), ConflictPolicy::Skip));
    ForeignProcess other(folder.path("people.db"), QStringLiteral("BEGIN EXCLUSIVE"));
    QVERIFY(other.holds());
    const auto report = folder.run(people(After), ConflictPolicy::Fail);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Locked);
}

void tst_OnConflict::previewIsWhatTheUpdateDoes()
{
    Folder folder;
    QVERIFY(folder.run(people(Before), ConflictPolicy::Skip));
    const auto dry = folder.dryRun(people(After), ConflictPolicy::Update);
    QVERIFY(dry);
    const QStringList previewed = changeTexts(dry->tables.first().changes);
    QCOMPARE(previewed,
             QStringList({ QStringLiteral("2 name Ben>Benjamin"), QStringLiteral("2 isNew 0>1"),
                           QStringLiteral("3 email cid@x>"), QStringLiteral("3 isNew >0"),
                           QStringLiteral("3 height >2") }));

    // What the file really shows, cell by cell, before and after.
    const QStringList fields = listOf("id; name; email; isNew; height");
    const QStringList before = folder.people();
    QVERIFY(folder.run(people(After), ConflictPolicy::Update));
    const QStringList after = folder.people();
    QStringList done;
    for (qsizetype row = 0; row < before.size(); ++row) {
        const QStringList was = before.at(row).split(u'|').replaceInStrings(QStringLiteral("NULL"), QString());
        const QStringList is = after.at(row).split(u'|').replaceInStrings(QStringLiteral("NULL"), QString());
        for (qsizetype field = 0; field < fields.size(); ++field) {
            if (was.at(field) != is.at(field))
                done += QStringLiteral("%1 %2 %3>%4").arg(is.first(), fields.at(field), was.at(field), is.at(field));
        }
    }
    QCOMPARE(done, previewed);
    const auto nothing = folder.dryRun(people(After), ConflictPolicy::Update);
    QVERIFY(nothing);
    QCOMPARE(nothing->tables.first().changes.size(), 0);
}

void tst_OnConflict::previewHasAnEnd()
{
    const int rows = MostPreviewedRows + 500;
    QByteArray before;
    QByteArray after;
    for (int i = 1; i <= rows; ++i) {
        before += QByteArray::number(i) + ",Old,,,\n";
        after += QByteArray::number(i) + ',' + QByteArray(i == 1 ? 1000 : 3, 'n') + ",,,\n";
    }
    Folder folder;
    QVERIFY(folder.run(people(before), ConflictPolicy::Skip));
    const auto dry = folder.dryRun(people(after), ConflictPolicy::Update);
    QVERIFY(dry);
    QCOMPARE(dry->tables.first().counts.updated, rows);
    QCOMPARE(dry->tables.first().changes.size(), MostPreviewedRows);
    QCOMPARE(dry->tables.first().changes.last().key, QString::number(MostPreviewedRows));
    QVERIFY(dry->tables.first().changes.first().cells.first().after.size() <= 200);
}

void tst_OnConflict::previewChangesNothing()
{
    Folder folder;
    QVERIFY(execute(folder.path("people.db"),
                    { QStringLiteral("PRAGMA journal_mode=WAL"),
                      QStringLiteral("CREATE TABLE people (id INTEGER PRIMARY KEY, name, email, isNew, height)"),
                      QStringLiteral("INSERT INTO people VALUES (1, x'00FF', 'a', 'yes', 'tall')") }));
    const auto files = [&folder] { return QDir(folder.path("")).entryList(QDir::Files | QDir::Hidden); };
    const QStringList before = files();
    const Dataset dataset = people("1,Ann,a,true,1.8\n5,New,,,\n");
    const auto existing = readTargets(*dataset.package, folder.path(""), std::chrono::seconds(1));
    QVERIFY(existing);
    // Whatever the policy, the window shows what differs.
    const Validation validation = validate(dataset, *existing, 1);
    const auto preview = previewUpdates(validation, folder.path(""), std::chrono::seconds(1), 10);
    QVERIFY(preview);
    QCOMPARE(preview->first().rows, 1);
    QStringList fields;
    for (const CellChange &cell : preview->first().first.first().cells)
        fields += cell.field + u'>' + cell.after;
    QCOMPARE(fields,
             QStringList({ QStringLiteral("name>Ann"), QStringLiteral("isNew>1"), QStringLiteral("height>1.8") }));
    QCOMPARE(files(), before);
}

void tst_OnConflict::valuesPassFromRowToRow_data()
{
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<QStringList>("stored");
    QTest::newRow("to a new row") << QByteArray("4,Dot,ann@x,,\n1,Ann,new@x,,\n")
                                  << listOf("1 new@x; 2 ben@x; 3 cid@x; 4 ann@x");
    QTest::newRow("a chain") << QByteArray("1,Ann,ben@x,,\n2,Ben,cid@x,,\n3,Cid,new@x,,\n")
                             << listOf("1 ben@x; 2 cid@x; 3 new@x");
    QTest::newRow("an exchange") << QByteArray("1,Ann,ben@x,,\n2,Ben,ann@x,,\n") << listOf("1 ben@x; 2 ann@x; 3 cid@x");
}

void tst_OnConflict::valuesPassFromRowToRow()
{
    QFETCH(QByteArray, rows);
    Folder folder;
    QVERIFY(folder.run(people(Before), ConflictPolicy::Skip));
    const auto report = folder.run(people(rows), folder.options(ConflictPolicy::Update, 1));
    QVERIFY(report);
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(rejectedTexts(report->tables.first()), QStringList());
    QTEST(ask(folder.path("people.db"), QStringLiteral("SELECT id || ' ' || email FROM people ORDER BY id")), "stored");
}

void tst_OnConflict::allOrNone()
{
    // Ben gives his address to Ann, who is not to be changed: then he keeps it.
    Folder folder;
    QVERIFY(folder.run(people(Before), ConflictPolicy::Skip));
    QVERIFY(execute(folder.path("people.db"),
                    { QStringLiteral("CREATE TRIGGER t BEFORE UPDATE ON people WHEN new.id = 2 "
                                     "BEGIN SELECT RAISE(ABORT, 'no'); END") }));
    const auto report = folder.run(people("1,Ann,ben@x,,\n2,Ben,new@x,,\n3,Cecil,cid@x,,\n"),
                                   folder.options(ConflictPolicy::Update, 10));
    QVERIFY(report);
    QCOMPARE(rejectedTexts(report->tables.first()),
             QStringList({ QStringLiteral("1 failed: a row with which it exchanges values did not go in"),
                           QStringLiteral("2 failed: no") }));
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(folder.people(),
             QStringList({ QStringLiteral("1|Ann|ann@x|1|1.8"), QStringLiteral("2|Ben|ben@x|0|1.75"),
                           QStringLiteral("3|Cecil|cid@x|NULL|NULL") }));
}

void tst_OnConflict::keysTwiceInTheDatabase()
{
    Folder folder;
    QVERIFY(execute(folder.path("people.db"),
                    { QStringLiteral("CREATE TABLE people (id INTEGER, name, email, isNew, height)"),
                      QStringLiteral("INSERT INTO people (id, name) VALUES (1, 'a'), (1, 'b'), (2, 'c')") }));
    const auto report = folder.run(people("1,Ann,,,\n2,Ben,,,\n3,Cid,,,\n"), ConflictPolicy::Update);
    QVERIFY(report);
    QCOMPARE(countsText(report->tables.first()), QStringLiteral("3=1+0+1+0+1+0"));
    QVERIFY(report->tables.first().rejected.first().reasons.first().message.contains(
        QStringLiteral("several of its rows have this key")));
    QCOMPARE(ask(folder.path("people.db"), QStringLiteral("SELECT id, name FROM people ORDER BY id, name")),
             QStringList(
                 { QStringLiteral("1|a"), QStringLiteral("1|b"), QStringLiteral("2|Ben"), QStringLiteral("3|Cid") }));
}

// A table may want other rows deleted at a conflict, or take other keys for the same: no row is lost or overwritten by
// it, and nothing is reported that is not so.
void tst_OnConflict::whatTheTableDeclares_data()
{
    QTest::addColumn<QString>("columns");
    QTest::addColumn<QString>("stored");
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<QString>("counts");
    QTest::addColumn<QStringList>("after");
    const QString two = QStringLiteral("('a', 'Ann'), ('i', 'Ian')");
    const QStringList asStored { QStringLiteral("a|Ann"), QStringLiteral("i|Ian") };
    for (const char *key : { "TEXT PRIMARY KEY", "TEXT" }) {
        const QString columns = QStringLiteral("code %1, name UNIQUE ON CONFLICT REPLACE").arg(QLatin1String(key));
        QTest::addRow("an update would replace, %s", key)
            << columns << two << QByteArray("a,Ian\n") << "1=0+0+0+0+1+0" << asStored;
        QTest::addRow("an insertion would replace, %s", key)
            << columns << two << QByteArray("b,Ian\n") << "1=0+0+0+0+1+0" << asStored;
    }
    QTest::newRow("a key without regard to case")
        << "code TEXT PRIMARY KEY COLLATE NOCASE, name" << two << QByteArray("A,Bob\nc,Cid\n") << "2=1+0+0+0+1+0"
        << QStringList { QStringLiteral("a|Ann"), QStringLiteral("c|Cid"), QStringLiteral("i|Ian") };
    QTest::newRow("two keys without regard to case")
        << "code TEXT COLLATE NOCASE, name" << two << QByteArray("A,Bob\n") << "1=0+0+0+0+1+0" << asStored;
}

void tst_OnConflict::whatTheTableDeclares()
{
    QFETCH(QString, columns);
    QFETCH(QString, stored);
    QFETCH(QByteArray, rows);
    QFETCH(QStringList, after);
    Folder folder;
    QVERIFY(execute(folder.path("codes.db"),
                    { QStringLiteral("CREATE TABLE codes (%1)").arg(columns),
                      QStringLiteral("INSERT INTO codes VALUES ") + stored }));
    const auto report = folder.run(datasetOf({ Codes }, { "code,name\n" + rows }), ConflictPolicy::Update);
    QVERIFY(report);
    QTEST(countsText(report->tables.first()), "counts");
    QCOMPARE(ask(folder.path("codes.db"), QStringLiteral("SELECT code, name FROM codes ORDER BY code")), after);
    QVERIFY(report->auditFindings.isEmpty());
}

void tst_OnConflict::aKeyInAnotherForm()
{
    Folder folder;
    QVERIFY(execute(folder.path("people.db"),
                    { QStringLiteral("CREATE TABLE people (id TEXT PRIMARY KEY, name, email, isNew, height)"),
                      QStringLiteral("INSERT INTO people (id, name) VALUES ('007', 'a')") }));
    const auto report = folder.run(people("7,b,,,\n"), ConflictPolicy::Update);
    QVERIFY(report);
    QCOMPARE(countsText(report->tables.first()), QStringLiteral("1=0+0+0+0+1+0"));
    QVERIFY(rejectedTexts(report->tables.first()).constFirst().contains(QStringLiteral("in another form")));
    QCOMPARE(ask(folder.path("people.db"), QStringLiteral("SELECT id, name FROM people")),
             QStringList(QStringLiteral("007|a")));
    QVERIFY(report->auditFindings.isEmpty());
}

void tst_OnConflict::triggers_data()
{
    QTest::addColumn<QString>("trigger");
    QTest::addColumn<QString>("counts");
    QTest::addColumn<bool>("isAsReported");
    QTest::newRow("keeps the row") << "BEFORE UPDATE ON people BEGIN SELECT RAISE(IGNORE); END"
                                   << "1=0+0+0+0+1+0" << true;
    QTest::newRow("changes the row")
        << "AFTER UPDATE OF name ON people BEGIN UPDATE people SET email = 'x' WHERE id = 1; END"
        << "1=0+0+1+0+0+0" << false;
}

void tst_OnConflict::triggers()
{
    QFETCH(QString, trigger);
    QFETCH(bool, isAsReported);
    Folder folder;
    QVERIFY(folder.run(people(Before), ConflictPolicy::Skip));
    QVERIFY(execute(folder.path("people.db"), { QStringLiteral("CREATE TRIGGER t ") + trigger }));
    const auto report = folder.run(people("1,Anna,ann@x,true,1.80\n"), ConflictPolicy::Update);
    QVERIFY(report);
    QTEST(countsText(report->tables.first()), "counts");
    QCOMPARE(report->auditFindings.isEmpty(), isAsReported);
    QCOMPARE(report->outcome, RunReport::Outcome::Failed);
}

void tst_OnConflict::parentsFirst()
{
    // The letter moves to a person who cannot go in: it stays where it is.
    const auto mail = [](const QByteArray &to) {
        return datasetOf({ People, Letters },
                         { "id,name,email,isNew,height\n1,Ann,,,\n2,Ben,,,\n", "id,to\n7," + to + "\n8,1\n" });
    };
    Folder folder;
    QVERIFY(execute(folder.path("people.db"), { PeopleWithoutBen }));
    QVERIFY(folder.run(mail("1"), ConflictPolicy::Skip));
    const auto report = folder.run(mail("2"), ConflictPolicy::Update);
    QVERIFY(report);
    QCOMPARE(countsText(report->tables.at(1)), QStringLiteral("2=0+1+0+0+1+0"));
    QCOMPARE(rejectedTexts(report->tables.at(1)), QStringList { QStringLiteral("1 failed: to 2 not found") });
    QCOMPARE(ask(folder.path("letters.db"), QStringLiteral("SELECT * FROM letters ORDER BY id")),
             QStringList({ QStringLiteral("7|1"), QStringLiteral("8|1") }));
}

void tst_OnConflict::parentsOfThoseThatGoTogether()
{
    // Two badges exchange their numbers, and one goes to a person who cannot go in: both stay as they are.
    const QByteArray badges = R"({"name": "badges", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "to", "type": "integer"},
        {"name": "number", "constraints": {"unique": true}}],
        "foreignKeys": [{"fields": "to", "reference": {"resource": "people", "fields": "id"}}]}})";
    const auto worn = [&badges](const QByteArray &rows) {
        return datasetOf({ People, badges },
                         { "id,name,email,isNew,height\n1,Ann,,,\n2,Ben,,,\n", "id,to,number\n" + rows });
    };
    Folder folder;
    QVERIFY(execute(folder.path("people.db"), { PeopleWithoutBen }));
    QVERIFY(folder.run(worn("7,1,A\n8,1,B\n"), ConflictPolicy::Skip));
    const auto report = folder.run(worn("7,2,B\n8,1,A\n"), ConflictPolicy::Update);
    QVERIFY(report);
    QCOMPARE(rejectedTexts(report->tables.at(1)),
             QStringList({ QStringLiteral("1 failed: to 2 not found"),
                           QStringLiteral("2 failed: a row with which it exchanges values did not go in") }));
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(ask(folder.path("badges.db"), QStringLiteral("SELECT * FROM badges ORDER BY id")),
             QStringList({ QStringLiteral("7|1|A"), QStringLiteral("8|1|B") }));
}

void tst_OnConflict::stopAndGoOn()
{
    const int rows = 300;
    QByteArray before;
    QByteArray after;
    for (int i = 1; i <= rows; ++i) {
        const QByteArray n = QByteArray::number(i);
        before += n + ",Old,e" + n + ",,\n";
        after += n + ",New,e" + n + ",,\n";
    }
    for (const qsizetype limit : { 0, 1, 100 }) {
        Folder folder;
        QVERIFY(folder.run(people(before), ConflictPolicy::Skip));
        std::stop_source stop;
        RunProgress progress;
        auto running = std::async(std::launch::async, [&] {
            return run(people(after), folder.options(ConflictPolicy::Update, 1), progress, stop.get_token());
        });
        const auto updated = [&progress] {
            const RunUpdate update = progress.take();
            return update.tables.isEmpty() ? 0 : update.tables.constFirst().counts.updated;
        };
        while (updated() < limit && running.wait_for(std::chrono::seconds(0)) != std::future_status::ready) { }
        stop.request_stop();
        const auto report = running.get();
        QVERIFY(report);
        QVERIFY(report->isBalanced());
        QCOMPARE(report->auditFindings, QStringList());
        const qsizetype done = report->tables.first().counts.updated;
        QVERIFY(done >= limit && (limit > 0 || done < rows));
        QCOMPARE(report->tables.first().counts.cancelled, rows - done);
        const QString count = QStringLiteral("SELECT count(*) FROM people WHERE name = 'New'");
        QCOMPARE(ask(folder.path("people.db"), count), QStringList { QString::number(done) });
        const auto rest = folder.run(people(after), ConflictPolicy::Update);
        QVERIFY(rest);
        QCOMPARE(rest->tables.first().counts.unchanged, done);
        QCOMPARE(rest->tables.first().counts.updated, rows - done);
        QCOMPARE(ask(folder.path("people.db"), count), QStringList { QString::number(rows) });
    }
}

void tst_OnConflict::tenAtOnce()
{
    QByteArray before;
    QByteArray after;
    for (int i = 1; i <= 2000; ++i) {
        const QByteArray n = QByteArray::number(i);
        if (i % 3 != 0)
            before += n + ",N" + n + ",e" + n + ",,\n";
        after += n + (i % 3 == 1 ? ",M" : ",N") + n + ",e" + n + ",,\n";
    }
    Folder folder;
    QVERIFY(folder.run(people(before), ConflictPolicy::Skip));
    const auto report = folder.run(people(after), ConflictPolicy::Update);
    QVERIFY(report);
    QCOMPARE(countsText(report->tables.first()), QStringLiteral("2000=666+667+667+0+0+0"));
    QCOMPARE(report->tables.first().peakInFlight, 10);
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(ask(folder.path("people.db"), QStringLiteral("SELECT count(*), sum(name LIKE 'M%') FROM people")),
             QStringList { QStringLiteral("2000|667") });
}

SEEDBED_TEST(tst_OnConflict, QCoreApplication)
#include "tst_onconflict.moc"
