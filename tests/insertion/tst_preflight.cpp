// SPDX-License-Identifier: MIT
// What is no fit target is refused before anything is written, with the file and what to do; what another program made
// with the same columns is taken as it is.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "openumask.h"
#include "quiettest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <unistd.h>

using namespace seedbed;

namespace {

Result<RunReport> runSample(const QString &into, bool isDryRun = false)
{
    RunOptions options;
    options.into = into;
    options.isDryRun = isDryRun;
    RunProgress progress;
    return run(sampleDataset(), options, progress, {});
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A run into \a folder, where there is nothing but users.db, is refused with \a message and leaves it as it was.
void checkRefusal(const QTemporaryDir &folder, const QString &message)
{
    const QString path = folder.filePath(QStringLiteral("users.db"));
    const QByteArray before = contents(path);
    const auto report = runSample(folder.path());
    QVERIFY(!report);
    QVERIFY2(report.error().message.contains(folder.path() + u'/' + message), qPrintable(report.error().message));
    QVERIFY(report.error().message.contains(u';')); // and then what to do
    QVERIFY(report.error().kind == Error::Kind::Refused || report.error().kind == Error::Kind::Unwritable);
    QCOMPARE(contents(path), before);
    QCOMPARE(QDir(folder.path()).entryList({ QStringLiteral("*.db*") }, QDir::AllEntries),
             QStringList { QStringLiteral("users.db") });
}

constexpr int PageSize = 4096;

/// A database with a table users and rows: its schema, the table, and an index of it, a page each.
bool makeThreePages(const QString &path)
{
    return execute(path,
                   { QStringLiteral("PRAGMA page_size = %1").arg(PageSize),
                     QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE)"),
                     QStringLiteral("INSERT INTO users VALUES (1, 'A', 'a@example.com')") })
        && QFileInfo(path).size() == 3 * PageSize;
}

} // namespace

class tst_Preflight final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void refuses_data();
    void refuses();
    void refusesDamage_data();
    void refusesDamage();
    void refusesAFolderThatIsAFile_data();
    void refusesAFolderThatIsAFile();
    void refusesAPipe();
    void takesColumnsThatFillThemselves();
    void takesAnEmptyFile();
    void takesWhatDjangoMade();
    void takesATableWithoutKey();
    void createsPlainTables();
    void createsKeysOfSeveralFields();
    void dryRunWritesNothing();
    void namesEveryTargetThatIsNoGood();
    void refusesALinkToNothing();
    void refusesALink_data();
    void refusesALink();
    void takesAFolderThatIsALink();
    void writesThroughNoLinkBesideTheFile_data();
    void writesThroughNoLinkBesideTheFile();
    void refusesTwoNamesOfOneFile();
    void takesTriggersThatAreAllowed();
    void newFilesAreTheirOwnersOnly();
    void newFilesCanBeUsedByTheirOwner();
    void takesTextsIntoColumnsOfAnyType_data();
    void takesTextsIntoColumnsOfAnyType();
    void refusesAnUnknownFormat();
    void filesThatAreThereKeepTheirPermissions();
    void takesUtf16();
    void takesWhatACrashLeft_data();
    void takesWhatACrashLeft();
    void takesDateAndTimeColumns();
    void keepsNamesApartAsSqliteDoes();
    void leavesNoFilesBesideAWalDatabase();
};

void tst_Preflight::refuses_data()
{
    QTest::addColumn<QStringList>("statements"); // that make users.db; empty: special, by the row's name
    QTest::addColumn<QString>("message");
    QTest::newRow("not a database") << QStringList() << QStringLiteral("users.db: is not a SQLite database");
    QTest::newRow("folder") << QStringList() << QStringLiteral("users.db: is a folder");
    QTest::newRow("read-only") << QStringList() << QStringLiteral("users.db: is read-only");
    const auto add = [](const char *name, const char *sql, const char *message) {
        QTest::newRow(name) << QStringList { QString::fromLatin1(sql) } << QString::fromLatin1(message);
    };
    add("lacks columns", "CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT)",
        "users.db: table users lacks the columns: name, email; add them");
    add("view", "CREATE VIEW users AS SELECT 1 AS id, 'x' AS name, 'y' AS email", "users.db: users is a view");
    add("virtual table", "CREATE VIRTUAL TABLE users USING fts5(id, name, email)",
        "users.db: users is a virtual table");
    QTest::newRow("triggers") << QStringList {
        QStringLiteral("CREATE TABLE Users (id INTEGER PRIMARY KEY, name, email)"),
        QStringLiteral("CREATE TRIGGER b AFTER INSERT ON users BEGIN SELECT 1; END"),
        QStringLiteral("CREATE TRIGGER a AFTER UPDATE ON users BEGIN SELECT 1; END")
    } << QStringLiteral("users.db: table users has code of its own (trigger a, trigger b), which may change");
    QTest::newRow("index with an expression")
        << QStringList { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name, email)"),
                         QStringLiteral("CREATE INDEX plain ON users (name)"),
                         QStringLiteral("CREATE INDEX low ON users (lower(email))") }
        << QStringLiteral("users.db: table users has code of its own (index low), which may change");
    QTest::newRow("encrypted") << QStringList() << QStringLiteral("users.db: is not a SQLite database");
    add("generated column",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT GENERATED ALWAYS AS (name) VIRTUAL)",
        "users.db: column email of table users is generated");
    add("column that must be filled",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, joined TEXT NOT NULL)",
        "users.db: column joined of table users must not be NULL");
    add("key that must be filled", "CREATE TABLE users (code TEXT NOT NULL PRIMARY KEY, id, name TEXT, email TEXT)",
        "users.db: column code of table users must not be NULL");
    add("part of a key that must be filled",
        "CREATE TABLE users (code INTEGER NOT NULL, id, name TEXT, email TEXT, PRIMARY KEY (code, id))",
        "users.db: column code of table users must not be NULL");
    add("numeric column for texts", "CREATE TABLE users (id INTEGER PRIMARY KEY, name NUMERIC, email TEXT)",
        "users.db: column name of table users is declared NUMERIC");
}

void tst_Preflight::refuses()
{
    QFETCH(QStringList, statements);
    QFETCH(QString, message);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    const QByteArray name = QTest::currentDataTag();
    if (name == "not a database") {
        QVERIFY(write(path, QByteArray(2000, 'x')));
    } else if (name == "encrypted") {
        QByteArray bytes(8192, Qt::Uninitialized);
        QRandomGenerator random(1);
        random.generate(bytes.begin(), bytes.end());
        QVERIFY(write(path, bytes));
    } else if (name == "folder") {
        QVERIFY(QDir().mkpath(path));
    } else if (name == "read-only") {
        QVERIFY(execute(path, { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name, email)") }));
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    } else {
        QVERIFY(execute(path, statements));
    }
    checkRefusal(folder, message);
}

void tst_Preflight::refusesDamage_data()
{
    QTest::addColumn<qint64>("bytes"); // that are left
    QTest::addColumn<int>("pageSize"); // that the header tells
    QTest::addColumn<QString>("message");
    const QString noDatabase = QStringLiteral("users.db: is not a SQLite database");
    const QString damaged = QStringLiteral("users.db: is damaged or cut off");
    const QString cutOff = QStringLiteral("users.db: is cut off");
    constexpr qint64 Whole = 3 * PageSize;
    QTest::newRow("no whole header") << qint64(10) << PageSize << noDatabase;
    QTest::newRow("cut off in the header") << qint64(60) << PageSize << damaged;
    QTest::newRow("cut off in the first page") << qint64(2000) << PageSize << damaged;
    QTest::newRow("cut off at the first page") << qint64(PageSize) << PageSize << damaged;
    QTest::newRow("cut off at a page") << qint64(2 * PageSize) << PageSize << damaged;
    QTest::newRow("cut off in the last page") << Whole - 1000 << PageSize << cutOff;
    QTest::newRow("the last byte cut off") << Whole - 1 << PageSize << cutOff;
    QTest::newRow("no page size") << Whole << 771 << noDatabase; // it is no power of two
    QTest::newRow("least page size") << Whole << 512 << damaged;
    QTest::newRow("half the page size") << Whole << PageSize / 2 << damaged;
    QTest::newRow("twice the page size") << Whole << 2 * PageSize << damaged;
}

void tst_Preflight::refusesDamage()
{
    QFETCH(qint64, bytes);
    QFETCH(int, pageSize);
    QFETCH(QString, message);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(makeThreePages(path));
    QByteArray content = contents(path).first(bytes);
    if (pageSize != PageSize) { // sqlite.org/fileformat.html, 1.3
        QCOMPARE(content.mid(16, 2), QByteArray("\x10\x00", 2));
        content[16] = static_cast<char>(pageSize >> 8);
        content[17] = static_cast<char>(pageSize & 0xff);
    }
    QVERIFY(write(path, content));
    checkRefusal(folder, message);
}

void tst_Preflight::refusesAFolderThatIsAFile_data()
{
    QTest::addColumn<bool>("isDryRun");
    QTest::newRow("run") << false;
    QTest::newRow("dry run") << true;
}

void tst_Preflight::refusesAFolderThatIsAFile()
{
    QFETCH(bool, isDryRun);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("file"));
    QVERIFY(write(path, "x"));
    for (const QString &into : { path, path + QStringLiteral("/and/on") }) {
        const auto report = runSample(into, isDryRun);
        QVERIFY(!report);
        QCOMPARE(report.error().kind, Error::Kind::Unwritable);
        QVERIFY(report.error().message.startsWith(into));
    }
    QCOMPARE(contents(path), QByteArray("x"));
}

void tst_Preflight::refusesAPipe()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), S_IRUSR | S_IWUSR), 0);
    const auto report = runSample(folder.path());
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Refused);
    QVERIFY2(report.error().message.startsWith(path + QStringLiteral(": is not a file;")),
             qPrintable(report.error().message));
}

// They are none of the package's, and may not be NULL.
void tst_Preflight::takesColumnsThatFillThemselves()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path,
                    { QStringLiteral("CREATE TABLE users (number INTEGER NOT NULL PRIMARY KEY, id INTEGER NOT NULL, "
                                     "NAME TEXT NOT NULL, email TEXT, joined TEXT NOT NULL DEFAULT 'today', "
                                     "twice INTEGER NOT NULL GENERATED ALWAYS AS (2 * id) VIRTUAL)") }));
    const auto report = runSample(folder.path());
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->tables.at(0).counts.inserted, 8);
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(ask(path, QStringLiteral("SELECT count(DISTINCT number), min(joined), max(twice) FROM users")),
             QStringList { QStringLiteral("8|today|18") });
}

void tst_Preflight::refusesTwoNamesOfOneFile()
{
    const QTemporaryDir folder;
    const QString users = folder.filePath(QStringLiteral("users.db"));
    const QString orders = folder.filePath(QStringLiteral("orders.db"));
    QVERIFY(execute(users, { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name, email)") }));
    QCOMPARE(::link(QFile::encodeName(users), QFile::encodeName(orders)), 0);
    const QByteArray before = contents(users);
    const auto report = runSample(folder.path());
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Refused);
    for (const QString &path : { users, orders }) {
        QVERIFY2(report.error().message.contains(path + QStringLiteral(": has a second name (it is a hard link)")),
                 qPrintable(report.error().message));
    }
    QCOMPARE(contents(users), before);
}

// What a trigger changes shows: the rows are read back.
void tst_Preflight::takesTriggersThatAreAllowed()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path,
                    { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name, email)"),
                      QStringLiteral("CREATE TABLE log (id)"),
                      QStringLiteral(
                          "CREATE TRIGGER a AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.id); END") }));
    RunOptions options;
    options.into = folder.path();
    options.allowTriggers = true;
    RunProgress progress;
    const auto report = run(sampleDataset(), options, progress, {});
    QVERIFY(report);
    QCOMPARE(report->tables.at(0).counts.inserted, 8);
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(ask(path, QStringLiteral("SELECT count(*) FROM log")), QStringList(QStringLiteral("8")));

    QVERIFY(execute(path,
                    { QStringLiteral("DELETE FROM users"),
                      QStringLiteral("CREATE TRIGGER b AFTER INSERT ON users WHEN new.id = 3 "
                                     "BEGIN UPDATE users SET name = 'Mallory' WHERE id = 3; END") }));
    const auto changed = run(sampleDataset(), options, progress, {});
    QVERIFY(changed);
    QCOMPARE(changed->auditFindings.size(), 1);
    QCOMPARE(changed->outcome, RunReport::Outcome::Failed);
}

void tst_Preflight::newFilesAreTheirOwnersOnly()
{
    const OpenUmask umask;
    const QTemporaryDir folder;
    QVERIFY(runSample(folder.path()));
    const QStringList names = QDir(folder.path()).entryList({ QStringLiteral("*.db*") }, QDir::Files);
    QCOMPARE(names.size(), 3);
    for (const QString &name : names)
        QCOMPARE(QFile::permissions(folder.filePath(name)) & ForOthers, QFile::Permissions());
}

void tst_Preflight::newFilesCanBeUsedByTheirOwner()
{
    const QTemporaryDir folder;
    const mode_t before = ::umask(0777);
    const auto report = runSample(folder.path());
    ::umask(before);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    struct stat facts {
    };
    QCOMPARE(::stat(QFile::encodeName(folder.filePath(QStringLiteral("users.db"))).constData(), &facts), 0);
    QCOMPARE(facts.st_mode & 0777U, 0600U);
}

void tst_Preflight::takesTextsIntoColumnsOfAnyType_data()
{
    QTest::addColumn<QString>("table");
    QTest::newRow("UUID") << QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name UUID, email JSON)");
    QTest::newRow("STRICT ANY") << QStringLiteral(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name ANY, email ANY) STRICT");
}

void tst_Preflight::takesTextsIntoColumnsOfAnyType()
{
    QFETCH(QString, table);
    const QTemporaryDir folder;
    QVERIFY(execute(folder.filePath(QStringLiteral("users.db")), { table }));
    const auto report = runSample(folder.path());
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->tables.first().counts.inserted, 8);
}

void tst_Preflight::refusesAnUnknownFormat()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path, { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)") }));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(18) && file.write("\x03") == 1);
    file.close();
    checkRefusal(folder, QStringLiteral("users.db: is in a format that this version of SQLite does not write"));
}

void tst_Preflight::filesThatAreThereKeepTheirPermissions()
{
    const OpenUmask umask;
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("products.db"));
    QVERIFY(write(path, {}));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
    QVERIFY(runSample(folder.path()));
    QCOMPARE(QFile::permissions(path) & ForOthers, QFile::ReadGroup | QFile::ReadOther);
}

void tst_Preflight::takesAnEmptyFile()
{
    const QTemporaryDir folder;
    QVERIFY(write(folder.filePath(QStringLiteral("users.db")), {}));
    const auto report = runSample(folder.path());
    QVERIFY(report);
    QCOMPARE(report->tables.at(0).counts.inserted, 8);
}

void tst_Preflight::takesWhatDjangoMade()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    const QString schema = QStringLiteral("CREATE TABLE \"users\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "
                                          "\"name\" varchar(255), \"email\" varchar(255))");
    QVERIFY(execute(path, { schema, QStringLiteral("INSERT INTO users VALUES (1, 'Alice', 'alice@example.com')") }));
    const auto report = runSample(folder.path());
    QVERIFY(report);
    QCOMPARE(report->tables.at(0).counts.inserted, 7);
    QCOMPARE(report->tables.at(0).counts.unchanged, 1);
    QCOMPARE(ask(path, QStringLiteral("SELECT sql FROM sqlite_master WHERE name = 'users'")), QStringList { schema });
}

void tst_Preflight::takesATableWithoutKey()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path, { QStringLiteral("CREATE TABLE users (email text, ID integer, NAME text, note text)") }));
    const auto first = runSample(folder.path());
    QVERIFY(first);
    QCOMPARE(first->tables.at(0).counts.inserted, 8);
    const auto second = runSample(folder.path());
    QVERIFY(second);
    QCOMPARE(second->tables.at(0).counts.inserted, 0);
    QCOMPARE(second->tables.at(0).counts.unchanged, 8);
    QCOMPARE(ask(path, QStringLiteral("SELECT count(*), count(DISTINCT id) FROM users")),
             QStringList { QStringLiteral("8|8") });
}

void tst_Preflight::createsPlainTables()
{
    const QTemporaryDir folder;
    QVERIFY(runSample(folder.path()));
    const QString sql = QStringLiteral("SELECT sql FROM sqlite_master");
    QCOMPARE(ask(folder.filePath(QStringLiteral("users.db")), sql),
             QStringList { QStringLiteral(
                 "CREATE TABLE \"users\" (\"id\" INTEGER PRIMARY KEY, \"name\" TEXT, \"email\" TEXT)") });
    QCOMPARE(ask(folder.filePath(QStringLiteral("products.db")), sql),
             QStringList { QStringLiteral(
                 "CREATE TABLE \"products\" (\"id\" INTEGER PRIMARY KEY, \"name\" TEXT, \"price\" NUMERIC)") });
}

void tst_Preflight::createsKeysOfSeveralFields()
{
    const QTemporaryDir folder;
    const QByteArray seats = R"({"name": "seats", "schema": {"primaryKey": ["row", "seat"], "fields": [
        {"name": "seat", "type": "integer"}, {"name": "row"}, {"name": "guest"}]}})";
    const Dataset dataset = datasetOf({ seats }, { "seat,row,guest\n1,A,x\n2,A,y\n1,B,z\n1,A,w\n" });
    RunOptions options;
    options.into = folder.path();
    RunProgress progress;
    const auto report = run(dataset, options, progress, {});
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->totals().inserted, 3);
    QCOMPARE(report->totals().skipped, 1);
    const QString path = folder.filePath(QStringLiteral("seats.db"));
    QCOMPARE(ask(path, QStringLiteral("SELECT sql FROM sqlite_master WHERE type = 'table'")),
             QStringList { QStringLiteral("CREATE TABLE \"seats\" (\"seat\" INTEGER, \"row\" TEXT, \"guest\" TEXT, "
                                          "PRIMARY KEY (\"row\", \"seat\"))") });
    const auto again = run(dataset, options, progress, {});
    QVERIFY(again);
    QCOMPARE(again->totals().unchanged, 3);
    QCOMPARE(again->totals().inserted, 0);
}

void tst_Preflight::dryRunWritesNothing()
{
    const QTemporaryDir folder;
    const QString into = folder.filePath(QStringLiteral("not/yet"));
    const auto report = runSample(into, true);
    QVERIFY(report);
    QVERIFY(report->isDryRun);
    QCOMPARE(report->tables.at(2).counts.inserted, 7);
    QCOMPARE(report->tables.at(2).counts.skipped, 3);
    QVERIFY(report->isBalanced());
    QVERIFY(!QDir(into).exists());
}

void tst_Preflight::namesEveryTargetThatIsNoGood()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("users.db")));
    QVERIFY(write(folder.filePath(QStringLiteral("orders.db")), QByteArray(600, '?')));
    const auto report = runSample(folder.path());
    QVERIFY(!report);
    QVERIFY(report.error().message.contains(QStringLiteral("users.db: is a folder")));
    QVERIFY(report.error().message.contains(QStringLiteral("orders.db: is not a SQLite database")));
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("products.db"))));
}

void tst_Preflight::refusesALinkToNothing()
{
    const QTemporaryDir folder;
    QVERIFY(QFile::link(QStringLiteral("/nonexistent/users.db"), folder.filePath(QStringLiteral("users.db"))));
    const auto report = runSample(folder.path());
    QVERIFY(!report);
    QVERIFY(report.error().message.contains(QStringLiteral("users.db: is a link to /nonexistent/users.db")));
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("products.db"))));
}

void tst_Preflight::refusesALink_data()
{
    QTest::addColumn<bool>("isDryRun");
    QTest::addColumn<bool>("isRelative");
    QTest::newRow("run") << false << false;
    QTest::newRow("dry run") << true << false;
    QTest::newRow("relative") << false << true;
}

// A package from elsewhere may bring one along that leads to a database of another program.
void tst_Preflight::refusesALink()
{
    QFETCH(bool, isDryRun);
    QFETCH(bool, isRelative);
    const QTemporaryDir folder;
    const QString there = folder.filePath(QStringLiteral("theirs"));
    const QString here = folder.filePath(QStringLiteral("here"));
    QVERIFY(QDir().mkpath(there) && QDir().mkpath(here));
    const QString target = there + QStringLiteral("/people.db");
    QVERIFY(execute(target,
                    { QStringLiteral("PRAGMA journal_mode = WAL"),
                      QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)") }));
    const QString link = here + QStringLiteral("/users.db");
    QVERIFY(QFile::link(isRelative ? QStringLiteral("../theirs/people.db") : target, link));
    const QByteArray before = contents(target);

    const auto report = runSample(here, isDryRun);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Refused);
    QCOMPARE(report.error().message,
             QStringLiteral("%1: is a link to %2, and what is not in the folder itself is not written to; choose the "
                            "folder where the file really is, or put the file itself here")
                 .arg(link, target));
    QCOMPARE(contents(target), before);
    QCOMPARE(QDir(there).entryList(QDir::Files), QStringList { QStringLiteral("people.db") });
    QCOMPARE(QDir(here).entryList({ QStringLiteral("*.db*") }, QDir::Files),
             QStringList { QStringLiteral("users.db") });
}

void tst_Preflight::takesAFolderThatIsALink()
{
    const QTemporaryDir folder;
    const QString there = folder.filePath(QStringLiteral("there"));
    QVERIFY(QDir().mkpath(there));
    const QString link = folder.filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(there, link));
    const auto first = runSample(link);
    QVERIFY2(first, first ? "" : qPrintable(first.error().message));
    const auto second = runSample(link);
    QVERIFY(second);
    QCOMPARE(second->tables.at(0).counts.unchanged, 8);
    QCOMPARE(ask(there + QStringLiteral("/users.db"), QStringLiteral("SELECT count(*) FROM users")),
             QStringList { QStringLiteral("8") });
}

void tst_Preflight::writesThroughNoLinkBesideTheFile_data()
{
    QTest::addColumn<QString>("suffix");
    for (const char *suffix : { "-journal", "-wal", "-shm" })
        QTest::newRow(suffix) << QString::fromLatin1(suffix);
}

// Whatever comes of the run: SQLite does not follow what has the place of its own files.
void tst_Preflight::writesThroughNoLinkBesideTheFile()
{
    QFETCH(QString, suffix);
    const QTemporaryDir folder;
    const QTemporaryDir elsewhere;
    const QString target = elsewhere.filePath(QStringLiteral("letter.txt"));
    QVERIFY(write(target, "not a log"));
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path,
                    { QStringLiteral("PRAGMA journal_mode = WAL"),
                      QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)") }));
    QVERIFY(QFile::link(target, path + suffix));
    const auto report = runSample(folder.path());
    QCOMPARE(contents(target), QByteArray("not a log"));
    if (!report)
        QVERIFY2(report.error().message.contains(path), qPrintable(report.error().message));
}

void tst_Preflight::takesUtf16()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path,
                    { QStringLiteral("PRAGMA encoding = 'UTF-16'"),
                      QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)"),
                      QStringLiteral("INSERT INTO users VALUES (1, 'Alice', 'alice@example.com')") }));
    const auto report = runSample(folder.path());
    QVERIFY(report);
    QCOMPARE(report->tables.at(0).counts.unchanged, 1);
    QCOMPARE(report->tables.at(0).counts.inserted, 7);
    QCOMPARE(report->auditFindings, QStringList());
}

void tst_Preflight::takesWhatACrashLeft_data()
{
    QTest::addColumn<QString>("begin"); // until the transaction that the crash cuts short
    QTest::addColumn<QString>("left");
    QTest::addColumn<int>("unchanged");
    QTest::newRow("rollback journal") << QString() << QStringLiteral("-journal") << 0;
    QTest::newRow("write-ahead log") << QStringLiteral("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; "
                                                       "INSERT INTO users VALUES (1, 'Alice', 'alice@example.com'); ")
                                     << QStringLiteral("-wal") << 1;
}

// What was committed stays, also where it is in the log alone; what was not goes.
void tst_Preflight::takesWhatACrashLeft()
{
    QFETCH(QString, begin);
    QFETCH(QString, left);
    QFETCH(int, unchanged);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path, { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)") }));
    ForeignProcess crashed(path,
                           begin
                               + QStringLiteral("PRAGMA cache_size = 2; BEGIN; WITH RECURSIVE n(i) AS (SELECT 2 UNION "
                                                "ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO users SELECT i, "
                                                "printf('%0100d', i), NULL FROM n"));
    QVERIFY(crashed.holds());
    crashed.kill();
    QVERIFY(QFileInfo(path + left).size() > 0);
    const auto report = runSample(folder.path());
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->tables.at(0).counts.unchanged, unchanged);
    QCOMPARE(report->tables.at(0).counts.inserted, 8 - unchanged);
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(QDir(folder.path()).entryList({ QStringLiteral("users.db*") }, QDir::Files),
             QStringList { QStringLiteral("users.db") }); // all of it is in the file itself
    QCOMPARE(ask(path, QStringLiteral("SELECT count(*), min(name) FROM users")),
             QStringList { QStringLiteral("8|Alice") });
    QCOMPARE(ask(path, QStringLiteral("PRAGMA integrity_check")), QStringList { QStringLiteral("ok") });
}

void tst_Preflight::takesDateAndTimeColumns()
{
    const QTemporaryDir folder;
    const QByteArray visits = R"({"name": "visits", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "at", "type": "datetime"}, {"name": "on", "type": "date"},
        {"name": "from", "type": "time"}]}})";
    const Dataset dataset = datasetOf({ visits }, { "id,at,on,from\n1,2024-02-29T10:00:00Z,2024-02-29,10:00\n" });
    const QString path = folder.filePath(QStringLiteral("visits.db"));
    QVERIFY(execute(path,
                    { QStringLiteral("CREATE TABLE visits (id integer PRIMARY KEY, at datetime, \"on\" date, "
                                     "\"from\" Time)") }));
    RunOptions options;
    options.into = folder.path();
    RunProgress progress;
    const auto report = run(dataset, options, progress, {});
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->totals().inserted, 1);
    QCOMPARE(ask(path, QStringLiteral("SELECT * FROM visits")),
             QStringList { QStringLiteral("1|2024-02-29T10:00:00Z|2024-02-29|10:00") });
}

void tst_Preflight::keepsNamesApartAsSqliteDoes()
{
    const QTemporaryDir folder;
    const QByteArray cafes = R"({"name": "cafes", "schema": {"primaryKey": "ID", "fields": [
        {"name": "ID", "type": "integer"}, {"name": "\u00c9tat"}]}})";
    const Dataset dataset = datasetOf({ cafes }, { "ID,\xc3\x89tat\n1,x\n" });
    QVERIFY(execute(folder.filePath(QStringLiteral("cafes.db")),
                    { QStringLiteral("CREATE TABLE Cafes (id INTEGER PRIMARY KEY, \u00e9tat TEXT)") }));
    RunOptions options;
    options.into = folder.path();
    RunProgress progress;
    const auto report = run(dataset, options, progress, {});
    QVERIFY(!report);
    QVERIFY(report.error().message.contains(QStringLiteral("lacks the columns: \u00c9tat")));
}

void tst_Preflight::leavesNoFilesBesideAWalDatabase()
{
    const QTemporaryDir folder;
    QVERIFY(execute(folder.filePath(QStringLiteral("users.db")),
                    { QStringLiteral("PRAGMA journal_mode = WAL"),
                      QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)") }));
    QVERIFY(runSample(folder.path(), true));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList { QStringLiteral("users.db") });
    QVERIFY(runSample(folder.path()));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files),
             QStringList({ QStringLiteral("orders.db"), QStringLiteral("products.db"), QStringLiteral("users.db") }));
}

SEEDBED_TEST(tst_Preflight, QCoreApplication)
#include "tst_preflight.moc"
