// SPDX-License-Identifier: MIT
// What lies beside a database: a look makes, changes and deletes none of it, and a run goes through none of it to a
// file of somebody else's.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "insertion/storedtable.h"
#include "insertion/updatepreview.h"
#include "quiettest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

using namespace seedbed;

namespace {

const QString UsersTable = QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)");

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

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> shift);
    return bytes;
}

/// Makes the journal at \a path one of a change of several databases, whose super-journal is \a file
/// (sqlite.org/fileformat2.html, section 3; os_unix.c and pager.c of SQLite 3.40).
bool nameSuperJournal(const QString &path, const QString &file)
{
    const QByteArray name = QFile::encodeName(file);
    quint32 sum = 0;
    for (const char byte : name)
        sum += static_cast<quint32>(static_cast<signed char>(byte));
    QFile journal(path);
    const QByteArray tail = bigEndian(0x40000001) + name + bigEndian(static_cast<quint32>(name.size())) + bigEndian(sum)
        + QByteArrayLiteral("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7");
    return journal.open(QIODevice::Append) && journal.write(tail) == tail.size();
}

/// A folder with users.db, and beside the folder a file that nobody may touch.
class Place final
{
public:
    Place()
    {
        QDir().mkpath(into());
        m_isGood = write(victim(), "precious");
    }

    [[nodiscard]] QString into() const { return m_folder.filePath(QStringLiteral("into")); }
    [[nodiscard]] QString users() const { return into() + QStringLiteral("/users.db"); }
    [[nodiscard]] QString victim() const { return m_folder.filePath(QStringLiteral("victim")); }
    [[nodiscard]] bool isVictimWell() const { return m_isGood && contents(victim()) == "precious"; }

    /// Every file of both folders: its name, permissions, times and bytes.
    [[nodiscard]] QStringList state() const
    {
        QStringList state;
        for (const QString &folder : { m_folder.path(), into() }) {
            for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden | QDir::System)) {
                struct stat facts {
                };
                ::lstat(QFile::encodeName(file.filePath()).constData(), &facts);
                state += QStringLiteral("%1 %2 %3.%4 %5")
                             .arg(file.fileName(), QString::number(facts.st_mode, 8),
                                  QString::number(facts.st_mtim.tv_sec), QString::number(facts.st_mtim.tv_nsec),
                                  file.isFile() ? QString::fromLatin1(contents(file.filePath()).toHex()) : QString());
            }
        }
        return state;
    }

    /// Ends a process in the midst of a transaction of users.db.
    [[nodiscard]] bool crash(const QString &begin = {}) const
    {
        ForeignProcess process(
            users(),
            begin
                + QStringLiteral("PRAGMA cache_size = 2; BEGIN; WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT "
                                 "i + 1 FROM n WHERE i < 3000) INSERT INTO users SELECT i, printf('%0100d', i), NULL "
                                 "FROM n"));
        const bool holds = process.holds();
        process.kill();
        return holds;
    }

private:
    QTemporaryDir m_folder;
    bool m_isGood = false;
};

Result<RunReport> runSample(const QString &into, bool isDryRun = false)
{
    RunOptions options;
    options.into = into;
    options.isDryRun = isDryRun;
    options.lockTimeout = std::chrono::milliseconds(100);
    RunProgress progress;
    return run(sampleDataset(), options, progress, {});
}

/// Every way of looking at a package's databases without a run.
void lookInEveryWay(const Place &place)
{
    const Dataset sample = sampleDataset();
    (void)runSample(place.into(), true);
    const auto there = readTargets(*sample.package, place.into(), std::chrono::milliseconds(100));
    (void)lookAt(sample.package->resources.at(0), place.into());
    StoredTable table;
    table.columns = { QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("email") };
    (void)readRows(sample.package->resources.at(0), place.into(), table, 0, 10);
    const Validation validation =
        validate(sample, there.value_or(QList<ExistingRows>(3)), 1, {}, nullptr, ConflictPolicy::Update);
    (void)previewUpdates(validation, place.into(), std::chrono::milliseconds(100), 10, {});
}

} // namespace

class tst_SideFiles final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void aLookLeavesAllAsItIs_data();
    void aLookLeavesAllAsItIs();
    void aLookBesideAWriterInItsLog();
    void aLookSaysWhatACrashLeft();
    void superJournalsWouldBeDeleted();
    void aRunRefusesASuperJournal();
    void noConnectionDeletesASuperJournal();
    void aRunRefusesWhatIsNoFile_data();
    void aRunRefusesWhatIsNoFile();
    void aRunRefusesStrangeFiles_data();
    void aRunRefusesStrangeFiles();
    void aRunRefusesALogWithoutItsDatabase();
    void nothingGoesThroughANameThatIsGone();
    void nothingGoesThroughASecondName_data();
    void nothingGoesThroughASecondName();
    void refusesPathsThatSqliteDoesNotTake_data();
    void refusesPathsThatSqliteDoesNotTake();
};

void tst_SideFiles::aLookLeavesAllAsItIs_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<int>("rows"); // that lookAt() counts; -1: it cannot
    QTest::newRow("nothing") << QString() << -1;
    QTest::newRow("plain") << QStringLiteral("plain") << 1;
    QTest::newRow("hot journal") << QStringLiteral("journal") << -1;
    QTest::newRow("hot journal with a super-journal") << QStringLiteral("journal, super") << -1;
    QTest::newRow("empty database, a log beside it") << QStringLiteral("empty, -wal") << -1;
    QTest::newRow("empty database, a journal beside it") << QStringLiteral("empty, -journal") << -1;
    QTest::newRow("log mode, closed") << QStringLiteral("wal") << 1;
    QTest::newRow("log mode, crashed") << QStringLiteral("wal, crashed") << 1;
    QTest::newRow("log mode, crashed, no shared memory") << QStringLiteral("wal, crashed, no shm") << -1;
    QTest::newRow("an empty log beside it") << QStringLiteral("plain, empty -wal") << 1;
    QTest::newRow("a letter as its log") << QStringLiteral("plain, letter -wal") << -1;
    QTest::newRow("a letter as its journal") << QStringLiteral("plain, letter -journal") << -1;
}

void tst_SideFiles::aLookLeavesAllAsItIs()
{
    QFETCH(QString, left);
    QFETCH(int, rows);
    const Place place;
    const bool isWal = left.startsWith(u"wal");
    if (left.startsWith(u"empty")) {
        QVERIFY(write(place.users(), {}));
        QVERIFY(write(place.users() + left.sliced(7), "a letter"));
    } else if (!left.isEmpty()) {
        QVERIFY(execute(place.users(),
                        { isWal ? QStringLiteral("PRAGMA journal_mode = WAL") : QStringLiteral("SELECT 1"), UsersTable,
                          QStringLiteral("INSERT INTO users VALUES (1, 'A', 'a@example.com')") }));
    }
    if (left.contains(u"crashed"))
        QVERIFY(place.crash(QStringLiteral("PRAGMA wal_autocheckpoint = 0; UPDATE users SET name = 'B'; ")));
    if (left.startsWith(u"journal"))
        QVERIFY(place.crash());
    if (left.endsWith(u"no shm"))
        QVERIFY(QFile::remove(place.users() + QStringLiteral("-shm")));
    if (left.endsWith(u"super"))
        QVERIFY(nameSuperJournal(place.users() + QStringLiteral("-journal"), place.victim()));
    if (left.endsWith(u"empty -wal"))
        QVERIFY(write(place.users() + QStringLiteral("-wal"), {}));
    if (const qsizetype letter = left.indexOf(u"letter "); letter >= 0)
        QVERIFY(write(place.users() + left.sliced(letter + 7), "a letter"));
    const QStringList before = place.state();

    lookInEveryWay(place);
    QCOMPARE(place.state(), before);
    const auto table = lookAt(sampleDataset().package->resources.at(0), place.into());
    QCOMPARE(table ? static_cast<int>(table->rowCount) : -1, rows);
}

void tst_SideFiles::aLookBesideAWriterInItsLog()
{
    const Place place;
    QVERIFY(execute(place.users(), { QStringLiteral("PRAGMA journal_mode = WAL"), UsersTable }));
    const ForeignProcess other(place.users(),
                               QStringLiteral("INSERT INTO users VALUES (1, 'A', 'a@example.com'); BEGIN IMMEDIATE; "
                                              "INSERT INTO users VALUES (2, 'B', 'b@example.com')"));
    QVERIFY(other.holds());
    const QStringList before = place.state();
    const auto table = lookAt(sampleDataset().package->resources.at(0), place.into());
    QVERIFY2(table, table ? "" : qPrintable(table.error().message));
    QCOMPARE(table->rowCount, 1);
    lookInEveryWay(place);
    QCOMPARE(place.state(), before);
}

void tst_SideFiles::aLookSaysWhatACrashLeft()
{
    const Place place;
    QVERIFY(execute(place.users(), { UsersTable }));
    QVERIFY(place.crash());
    const auto dryRun = runSample(place.into(), true);
    QVERIFY(!dryRun);
    QCOMPARE(dryRun.error().kind, Error::Kind::Unreadable);
    QCOMPARE(dryRun.error().message,
             place.users()
                 + QStringLiteral(": was left in the middle of a change by a crash, so its rows cannot be read; a run "
                                  "recovers it"));
    const auto report = runSample(place.into());
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->totals().inserted, 24);
    QVERIFY(runSample(place.into(), true));
}

// Where SQLite itself did not, the tests below would prove nothing.
void tst_SideFiles::superJournalsWouldBeDeleted()
{
    const Place place;
    QVERIFY(execute(place.users(), { UsersTable }));
    QVERIFY(place.crash());
    QVERIFY(nameSuperJournal(place.users() + QStringLiteral("-journal"), place.victim()));
    const ForeignProcess shell(place.users(), QStringLiteral("SELECT count(*) FROM users"));
    QVERIFY(shell.holds());
    QVERIFY(!QFile::exists(place.victim()));
}

void tst_SideFiles::aRunRefusesASuperJournal()
{
    for (const QString &name : { QString(), QString(QChar(QChar::ByteOrderMark)) }) { // the latter is no text to Qt
        const Place place;
        const QString named = name.isEmpty() ? place.victim() : name;
        QVERIFY(execute(place.users(), { UsersTable }));
        QVERIFY(place.crash());
        QVERIFY(nameSuperJournal(place.users() + QStringLiteral("-journal"), named));
        const QStringList before = place.state();
        const auto report = runSample(place.into());
        QVERIFY(!report);
        QCOMPARE(report.error().kind, Error::Kind::Refused);
        const QString message = QStringLiteral("names %1, which SQLite would delete")
                                    .arg(name.isEmpty() ? named : QStringLiteral("another file"));
        QVERIFY2(report.error().message.contains(message), qPrintable(report.error().message));
        QCOMPARE(place.state(), before);
    }
}

// Not even where it came there after the journal was looked at.
void tst_SideFiles::noConnectionDeletesASuperJournal()
{
    const Place place;
    QVERIFY(execute(place.users(), { UsersTable }));
    QVERIFY(place.crash());
    QVERIFY(nameSuperJournal(place.users() + QStringLiteral("-journal"), place.victim()));
    (void)ask(place.users(), QStringLiteral("SELECT count(*) FROM users"));
    QVERIFY(place.isVictimWell());
    SqliteConnection connection(place.users(), SqliteConnection::Mode::ReadWrite);
    (void)connection.execute(QStringLiteral("INSERT INTO users VALUES (1, 'A', 'a@example.com')"));
    QVERIFY(place.isVictimWell());
}

void tst_SideFiles::aRunRefusesWhatIsNoFile_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("message");
    const std::pair<const char *, const char *> kinds[] = { { "link", ": is a link to " },
                                                            { "dangling link", ": is a link to " },
                                                            { "hard link", ": has a second name" },
                                                            { "pipe", ": is not a file" },
                                                            { "folder", ": is a folder" } };
    for (const char *suffix : { "", "-wal", "-shm", "-journal" }) {
        for (const auto &[kind, message] : kinds) {
            QTest::addRow("%s users.db%s", kind, suffix)
                << QString::fromLatin1(suffix) << QString::fromLatin1(kind) << QString::fromLatin1(message);
        }
    }
}

void tst_SideFiles::aRunRefusesWhatIsNoFile()
{
    QFETCH(QString, suffix);
    QFETCH(QString, kind);
    QFETCH(QString, message);
    const Place place;
    if (!suffix.isEmpty())
        QVERIFY(execute(place.users(), { UsersTable }));
    const QString path = place.users() + suffix;
    const QByteArray name = QFile::encodeName(path);
    if (kind == u"link")
        QVERIFY(QFile::link(place.victim(), path));
    else if (kind == u"dangling link")
        QVERIFY(QFile::link(QStringLiteral("/nonexistent/file"), path));
    else if (kind == u"hard link")
        QCOMPARE(::link(QFile::encodeName(place.victim()).constData(), name.constData()), 0);
    else if (kind == u"pipe")
        QCOMPARE(::mkfifo(name.constData(), S_IRUSR | S_IWUSR), 0);
    else
        QVERIFY(QDir().mkpath(path));
    const QStringList before = place.state();
    for (const bool isDryRun : { true, false }) {
        const auto report = runSample(place.into(), isDryRun);
        QVERIFY(!report);
        QCOMPARE(report.error().kind, Error::Kind::Refused);
        QVERIFY2(report.error().message.contains(path + message), qPrintable(report.error().message));
        QVERIFY(report.error().message.contains(u';')); // and then what to do
    }
    lookInEveryWay(place);
    QCOMPARE(place.state(), before);
}

void tst_SideFiles::aRunRefusesStrangeFiles_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("content");
    const QByteArray film = QByteArray::fromHex("00000018667479706d703432") + QByteArray(5000, 'x');
    for (const char *suffix : { "-journal", "-wal", "-shm" }) {
        const QString name = QString::fromLatin1(suffix);
        QTest::addRow("text as %s", suffix) << name << QByteArray("Dear diary");
        QTest::addRow("film as %s", suffix) << name << film;
        QTest::addRow("letter as %s", suffix) << name << QByteArray("7");
        QTest::addRow("a page of text as %s", suffix) << name << QByteArray(32768, 'x');
    }
}

// SQLite takes whatever has the name of its journal for one, and deletes it.
void tst_SideFiles::aRunRefusesStrangeFiles()
{
    QFETCH(QString, suffix);
    QFETCH(QByteArray, content);
    for (const QString &mode : { QString(), QStringLiteral("DELETE"), QStringLiteral("WAL") }) {
        const Place place;
        if (!mode.isEmpty())
            QVERIFY(execute(place.users(), { QStringLiteral("PRAGMA journal_mode = ") + mode, UsersTable }));
        QVERIFY(write(place.users() + suffix, content));
        const QStringList before = place.state();
        for (const bool isDryRun : { true, false }) {
            const auto report = runSample(place.into(), isDryRun);
            QVERIFY2(!report, qPrintable(mode));
            QVERIFY2(report.error().message.contains(place.users() + suffix
                                                     + QStringLiteral(": is no file of SQLite's")),
                     qPrintable(report.error().message));
        }
        QCOMPARE(place.state(), before);
    }
}

// Nothing tells whose rows it holds.
void tst_SideFiles::aRunRefusesALogWithoutItsDatabase()
{
    const Place place;
    QVERIFY(execute(place.users(), { QStringLiteral("PRAGMA journal_mode = WAL"), UsersTable }));
    QVERIFY(place.crash());
    QVERIFY(QFile::exists(place.users() + QStringLiteral("-wal")));
    QVERIFY(QFile::remove(place.users()));
    const QStringList before = place.state();
    for (const bool isDryRun : { true, false }) {
        const auto report = runSample(place.into(), isDryRun);
        QVERIFY(!report);
        QVERIFY2(report.error().message.contains(QStringLiteral("-wal: belongs to a database that is not here")),
                 qPrintable(report.error().message));
    }
    QCOMPARE(place.state(), before);
}

// A file of another name that was linked there, and unlinked again once it was open.
void tst_SideFiles::nothingGoesThroughANameThatIsGone()
{
    const Place place;
    QVERIFY(execute(place.users(), { QStringLiteral("PRAGMA journal_mode = WAL"), UsersTable }));
    const QByteArray before = contents(place.victim());
    const QByteArray victim = QFile::encodeName(place.victim());
    const QByteArray shared = QFile::encodeName(place.users() + QStringLiteral("-shm"));
    std::atomic<bool> isDone = false;
    std::thread attacker([&] {
        while (!isDone) {
            (void)::link(victim.constData(), shared.constData());
            (void)::unlink(shared.constData());
        }
    });
    for (int i = 0; i < 500; ++i) {
        SqliteConnection connection(place.users(), SqliteConnection::Mode::ReadWrite);
        (void)connection.execute(QStringLiteral("SELECT count(*) FROM users"));
    }
    isDone = true;
    attacker.join();
    QCOMPARE(contents(place.victim()), before);
}

void tst_SideFiles::nothingGoesThroughASecondName_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QString>("mode");
    QTest::newRow("database") << QString() << QStringLiteral("DELETE");
    QTest::newRow("journal") << QStringLiteral("-journal") << QStringLiteral("DELETE");
    QTest::newRow("log") << QStringLiteral("-wal") << QStringLiteral("WAL");
    QTest::newRow("shared memory") << QStringLiteral("-shm") << QStringLiteral("WAL");
}

// What came there after the files were looked at is seen on the descriptor.
void tst_SideFiles::nothingGoesThroughASecondName()
{
    QFETCH(QString, suffix);
    QFETCH(QString, mode);
    const Place place;
    QVERIFY(execute(place.users(), { QStringLiteral("PRAGMA journal_mode = ") + mode, UsersTable }));
    const QString other = place.into() + QStringLiteral("/other");
    if (suffix.isEmpty()) {
        QVERIFY(QFile::copy(place.users(), other));
        QVERIFY(QFile::remove(place.users()));
    } else {
        QVERIFY(write(other, {}));
    }
    QCOMPARE(::link(QFile::encodeName(other).constData(), QFile::encodeName(place.users() + suffix).constData()), 0);
    const QByteArray before = contents(other);
    {
        SqliteConnection connection(place.users(), SqliteConnection::Mode::ReadWrite);
        QVERIFY(!connection.execute(QStringLiteral("INSERT INTO users VALUES (1, 'A', 'a@example.com')")).isOk());
    }
    QCOMPARE(contents(other), before);
}

void tst_SideFiles::refusesPathsThatSqliteDoesNotTake_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("message");
    QTest::newRow("too long") << QStringLiteral("%1/%1/%1/%1").arg(QString(120, u'a'))
                              << QStringLiteral("the path is longer than SQLite takes");
    QTest::newRow("a name too long for its journal")
        << QString() << QStringLiteral("the name is too long for a database");
    QTest::newRow("not UTF-8") << QStringLiteral("a\uFFFDb") << QStringLiteral("bytes that are not UTF-8");
    QTest::newRow("in memory") << QStringLiteral(":memory:") << QStringLiteral("a database in memory");
}

void tst_SideFiles::refusesPathsThatSqliteDoesNotTake()
{
    QFETCH(QString, folder);
    QFETCH(QString, message);
    const Place place;
    const QStringList before = QDir(place.into()).entryList(QDir::AllEntries | QDir::Hidden);
    for (const bool isDryRun : { true, false }) {
        const QByteArray longName = R"({"name": "p", "seedbed": {"database": ")" + QByteArray(250, 'x')
            + R"("}, "schema": {"fields": [{"name": "a"}]}})";
        RunOptions options;
        options.into = place.into() + u'/' + folder;
        options.isDryRun = isDryRun;
        RunProgress progress;
        const auto report =
            run(folder.isEmpty() ? datasetOf({ longName }, { "a\nx\n" }) : sampleDataset(), options, progress, {});
        QVERIFY(!report);
        QCOMPARE(report.error().kind, Error::Kind::Refused);
        QVERIFY2(report.error().message.contains(message), qPrintable(report.error().message));
    }
    QCOMPARE(QDir(place.into()).entryList(QDir::AllEntries | QDir::Hidden), before);
}

SEEDBED_TEST(tst_SideFiles, QCoreApplication)
#include "tst_sidefiles.moc"
