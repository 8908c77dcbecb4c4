// SPDX-License-Identifier: MIT
// A run of 3 x 5,000 rows that is killed at any moment, whose disk is full, or whose files may not be written any more:
// every file is whole, no row that was said to be committed is lost, none refers to nothing, and one more run brings
// the files to exactly what they are to hold.

#include "cli/commandrunner.h"
#include "found.h"
#include "quiettest.h"
#include "runlog.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <grp.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

using namespace seedbed;

namespace {

const QByteArray Package = R"({"name": "shop", "resources": [
    {"name": "users", "path": "users.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "email", "constraints": {"unique": true}}]}},
    {"name": "products", "path": "products.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "price", "type": "number"}]}},
    {"name": "orders", "path": "orders.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "user", "type": "integer"}, {"name": "product", "type": "integer"}],
        "foreignKeys": [{"fields": "user", "reference": {"resource": "users", "fields": "id"}},
                        {"fields": "product", "reference": {"resource": "products", "fields": "id"}}]}}]})";
constexpr int RowCount = 5000; // of each table
const QStringList Tables { QStringLiteral("users"), QStringLiteral("products"), QStringLiteral("orders") };

constexpr QFile::Permissions Readable = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
constexpr QFile::Permissions Anybodys = Readable | QFile::WriteOwner | QFile::WriteOther;

QList<GivenTable> givenTables()
{
    QList<GivenTable> tables { { Tables.at(0) },
                               { Tables.at(1) },
                               { Tables.at(2), {}, { { 1, Tables.at(0) }, { 2, Tables.at(1) } } } };
    for (int row = 1; row <= RowCount; ++row) {
        tables[0].rows += QStringLiteral("%1|user%1@example.com").arg(row);
        tables[1].rows += QStringLiteral("%1|%1.25").arg(row);
        tables[2].rows += QStringLiteral("%1|%2|%3").arg(row).arg(RowCount + 1 - row).arg(row * 7 % RowCount + 1);
    }
    return tables;
}

/// How many descriptors a process has of a file.
qsizetype descriptorsOf(const QString &path, qint64 process)
{
    const QDir descriptors(QStringLiteral("/proc/%1/fd").arg(process));
    const QFileInfoList files = descriptors.entryInfoList(QDir::Files | QDir::System);
    return std::count_if(files.cbegin(), files.cend(),
                         [&path](const QFileInfo &file) { return file.symLinkTarget() == path; });
}

/// What is started becomes a user whom permissions keep from something, which they do not do to root.
void becomeAnybody(QProcess &process)
{
    constexpr uid_t Nobody = 65534;
    if (::geteuid() != 0)
        return;
    process.setChildProcessModifier([] {
        if (::setgroups(0, nullptr) != 0 || ::setgid(Nobody) != 0 || ::setuid(Nobody) != 0)
            ::_exit(EXIT_FAILURE);
    });
}

/// Whether anybody can start the program, and so reach the folder where it was built.
bool canStartAsAnybody()
{
    QProcess process;
    prepareCli(process, { QStringLiteral("--version") }, QDir::rootPath());
    becomeAnybody(process);
    process.start(QIODevice::ReadOnly);
    return process.waitForStarted() && waitFor(process).status == 0;
}

/// All that the report says of the rows of a table that did not go in, each message followed by that of its cause.
QSet<QString> messagesOf(const CommandResult &result, const QString &table)
{
    QSet<QString> messages;
    const QJsonArray rejected = tableOf(result.json(), table)[QStringLiteral("rejected")].toArray();
    for (const QJsonValue &row : rejected) {
        const QJsonValue problem = row[QStringLiteral("problems")][0];
        messages.insert(problem[QStringLiteral("message")].toString() + u' '
                        + problem[QStringLiteral("cause")][QStringLiteral("message")].toString());
    }
    return messages;
}

/// A package, and a folder for its databases, which can be made anew.
class Shop final
{
public:
    Shop()
    {
        const QByteArrayList headers { "id,email", "id,price", "id,user,product" };
        m_isReady = writeFile(m_folder.filePath(QStringLiteral("datapackage.json")), Package);
        for (int table = 0; table < Tables.size(); ++table) {
            m_isReady = m_isReady
                && writeFile(m_folder.filePath(Tables.at(table) + QStringLiteral(".csv")),
                             m_tables.at(table).csv(headers.at(table)));
        }
        clear();
    }

    [[nodiscard]] bool isReady() const { return m_isReady && m_into->isValid(); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString into() const { return m_into->path(); }
    void clear() { m_into = std::make_unique<QTemporaryDir>(m_folder.filePath(QStringLiteral("into"))); }
    [[nodiscard]] QString path(const QString &table) const { return m_into->filePath(table + QStringLiteral(".db")); }

    void start(QProcess &process) const
    {
        prepareCli(process,
                   { QStringLiteral("run"), m_folder.path(), QStringLiteral("--into"), m_into->path(),
                     QStringLiteral("--verbose"), QStringLiteral("--format"), QStringLiteral("json") },
                   m_folder.path());
        process.start(QIODevice::ReadOnly);
    }
    void startAsAnybody(QProcess &process) const
    {
        for (const QString &folder : { m_folder.path(), m_into->path() })
            QFile::setPermissions(folder, Anybodys);
        becomeAnybody(process);
        start(process);
    }

    [[nodiscard]] const QList<GivenTable> &tables() const { return m_tables; }
    /// What the databases hold.
    [[nodiscard]] Found found() const { return Found(into(), m_tables); }

private:
    const QList<GivenTable> m_tables = givenTables();
    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_into;
    bool m_isReady = false;
};

} // namespace

class TestLargeRuns final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    // Thirty connections are made for the first time, and the program ends.
    void startsAndEnds()
    {
        const QRegularExpression logLine(QStringLiteral("^[0-9:.]+ (debug|info|warning): "));
        const int starts = IsFull ? 500 : 10;
        for (int start = 0; start < starts; ++start) {
            const QTemporaryDir folder;
            const CommandResult result = runCli({ QStringLiteral("run"), QStringLiteral("--verbose"),
                                                  QStringLiteral("--fail-on"), QStringLiteral("none") },
                                                folder.path());
            QCOMPARE(result.status, 0);
            QVERIFY2(result.out.contains("24 inserted, 6 skipped"), result.out);
            const QStringList lines = QString::fromUtf8(result.err).split(u'\n', Qt::SkipEmptyParts);
            QCOMPARE(lines.filter(QStringLiteral(" 10 connections,")).size(), 3);
            QCOMPARE(lines.filter(logLine), lines); // a warning of Qt's is no line of the log
        }
    }

    void killedAtAnyMoment()
    {
        // All of them take many minutes.
        const int wanted = IsFull ? 300 : 6;
        Shop shop;
        QVERIFY(shop.isReady());
        const auto [firstRows, whole] = timesOf(shop);
        QVERIFY(whole > 0);
        const quint32 seed = QRandomGenerator::system()->generate();
        QRandomGenerator random(seed);
        QStringList wrong;
        int kills = 0;
        int told = 0;   // kills before which rows were said to be committed
        int midway = 0; // kills that left a part of the rows
        // A few may all come too soon or too late.
        for (int attempt = 0; attempt < 20 * wanted && (kills < wanted || told < wanted / 3 || midway == 0);
             ++attempt) {
            shop.clear();
            QProcess process;
            shop.start(process);
            // Anywhere in an equal share of the run, or, every other one, of what follows the first rows.
            const bool hasRows = attempt % 2 == 1;
            if (hasRows)
                awaitRows(process);
            const double share = (attempt % wanted + random.generateDouble()) / wanted;
            const auto after = static_cast<int>((hasRows ? whole - firstRows : whole) * share);
            (void)process.waitForFinished(after);
            process.kill();
            const CommandResult result = waitFor(process);
            if (process.exitStatus() != QProcess::CrashExit)
                continue; // it was done
            ++kills;
            told += result.err.contains(Committed) ? 1 : 0;
            const Found found = shop.found();
            midway += found.count() > 0 && found.count() < Tables.size() * RowCount ? 1 : 0;
            const QStringList texts = found.wrong() + found.lost(result.err) + wrongAfterOneMoreRun(shop);
            for (const QString &text : texts)
                wrong += QStringLiteral("seed %1, attempt %2, killed after %3 ms: %4")
                             .arg(seed)
                             .arg(attempt)
                             .arg(after)
                             .arg(text);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        qInfo("%d kills, %d of them after rows were said to be committed, %d with a part of the rows in", kills, told,
              midway);
        QVERIFY(kills >= wanted);
        QVERIFY(told >= wanted / 3); // or hardly anything could have been lost
        QVERIFY(midway > 0);
    }

    void madeReadOnlyMidway_data()
    {
        QTest::addColumn<bool>("isFolder");
        QTest::addColumn<bool>("isOpen"); // all workers have their files, and only wait to write
        QTest::newRow("a file, before it is opened to write") << false << false;
        QTest::newRow("a file that is open") << false << true;
        QTest::newRow("the folder, before a file is opened to write") << true << false;
        QTest::newRow("the folder of files that are open") << true << true;
    }

    // Another program's lock holds the run up meanwhile: with a log that is to be made the run waits before its workers
    // open the file, with one that is there they wait with it in their hands.
    void madeReadOnlyMidway()
    {
        QFETCH(bool, isFolder);
        QFETCH(bool, isOpen);
        if (!canStartAsAnybody())
            QSKIP("NOT tested: files that are made read-only, as another user cannot start the program here");
        Shop shop;
        QVERIFY(shop.isReady());
        const QString users = shop.path(Tables.at(0));
        QCOMPARE(sqlite(users,
                        QStringLiteral("PRAGMA journal_mode = %1; CREATE TABLE users (id INTEGER PRIMARY KEY, email "
                                       "TEXT UNIQUE)")
                            .arg(isOpen ? QStringLiteral("wal") : QStringLiteral("delete"))),
                 isOpen ? QStringLiteral("wal") : QStringLiteral("delete"));
        QVERIFY(QFile::setPermissions(users, Anybodys));
        ForeignLock lock(users);
        QVERIFY(lock.isHeld());
        QProcess process;
        process.setReadChannel(QProcess::StandardError);
        shop.startAsAnybody(process);
        QByteArray said;
        const auto isHeldUp = [&] {
            said += process.readAllStandardError();
            return said.contains("users.db: database is locked")
                && (isOpen ? isAllOpen(process, shop, said) : isAllPrepared(process, shop));
        };
        const QDeadlineTimer patience(std::chrono::minutes(1));
        while (!isHeldUp() && !patience.hasExpired())
            (void)process.waitForReadyRead(20);
        QVERIFY2(!patience.hasExpired() && process.state() == QProcess::Running, said);
        const QString closed = isFolder ? shop.into() : users;
        QVERIFY(QFile::setPermissions(closed, isFolder ? Readable : QFile::ReadOwner | QFile::ReadOther));
        lock.release();
        CommandResult result = waitFor(process);
        result.err = said + result.err;
        QVERIFY(QFile::setPermissions(closed, Anybodys));

        const Found found = shop.found();
        QCOMPARE(found.wrong() + found.untrue(result), QStringList());
        for (const QString &table : Tables) {
            const bool isIn = isOpen || (!isFolder && table == Tables.at(1));
            QCOMPARE(found.keys(table).size(), isIn ? RowCount : 0);
            const QSet<QString> messages = messagesOf(result, table);
            QCOMPARE(messages.isEmpty(), isIn);
            for (const QString &message : messages)
                QVERIFY2(message.contains((isFolder ? table : Tables.at(0)) + QStringLiteral(".db")),
                         qPrintable(message));
        }
        // In a folder that is closed not every file can be read again at the end.
        const QJsonArray findings = result.json()[QStringLiteral("auditFindings")].toArray();
        QVERIFY2(findings.isEmpty()
                     || (isFolder && isOpen && findings[0].toString().contains(QLatin1String("products.db"))),
                 result.out);
        QCOMPARE(result.status, isOpen && findings.isEmpty() ? 0 : 1);
        QProcess again;
        shop.startAsAnybody(again);
        QCOMPARE(wrongAfter(again, shop), QStringList());
    }

    // A small disk, which only a process of its own can see: what it shows is copied from there.
    void theDiskIsFull()
    {
        Shop shop;
        QVERIFY(shop.isReady());
        const QTemporaryDir shown;
        QVERIFY(writeFile(shown.filePath(QStringLiteral("script")), R"(
            set -eu
            mount -t tmpfs -o size=400k none "$INTO" || exit 77
            for turn in full roomy; do
                status=0
                "$CLI" run "$PACKAGE" --into "$INTO" --format json >"$SHOWN/$turn.json" 2>"$SHOWN/$turn.err" ||
                    status=$?
                echo $status >"$SHOWN/$turn.status"
                mkdir "$SHOWN/$turn"
                cp "$INTO"/*.db* "$SHOWN/$turn"
                mount -o remount,size=64m none "$INTO"
            done
        )"));
        const std::optional<QString> rights = rightsToMount();
        if (!rights)
            QSKIP("NOT tested: a disk that is full, as no process may have mounts of its own here");
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CLI"), QStringLiteral(SEEDBED_CLI));
        environment.insert(QStringLiteral("PACKAGE"), shop.folder());
        environment.insert(QStringLiteral("INTO"), shop.into());
        environment.insert(QStringLiteral("SHOWN"), shown.path());
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral("unshare"),
                      { *rights, QStringLiteral("bash"), shown.filePath(QStringLiteral("script")) });
        const CommandResult script = waitFor(process);
        if (script.status == 77)
            QSKIP("NOT tested: a disk that is full, as none can be mounted here");
        QVERIFY2(script.status == 0, script.err);

        const auto turn = [&shown](const QString &name) {
            const auto file = [&](const char *suffix) {
                return readFile(shown.filePath(name + QLatin1String(suffix)));
            };
            return CommandResult { file(".status").trimmed().toInt(), file(".json"), file(".err") };
        };
        const CommandResult full = turn(QStringLiteral("full"));
        const Found inFull(shown.filePath(QStringLiteral("full")), shop.tables());
        QCOMPARE(inFull.wrong() + inFull.untrue(full), QStringList());
        QVERIFY2(inFull.count() > 0 && inFull.count() < Tables.size() * RowCount,
                 qPrintable(QString::number(inFull.count())));
        QCOMPARE(full.status, 1);
        QVERIFY(full.out.contains("database or disk is full"));

        const CommandResult roomy = turn(QStringLiteral("roomy"));
        QCOMPARE(roomy.status, 0);
        const Found inRoomy(shown.filePath(QStringLiteral("roomy")), shop.tables());
        QCOMPARE(inRoomy.wrong() + inRoomy.missing() + inRoomy.untrue(roomy), QStringList());
    }

private:
    static constexpr QByteArrayView Committed = " committed of rows ";
    static constexpr qsizetype MostLog = 1 << 20; // bytes
    const bool IsFull = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS");

    /// Waits until a run says that rows were committed.
    static void awaitRows(QProcess &process)
    {
        process.setReadChannel(QProcess::StandardError);
        while (!process.peek(MostLog).contains(Committed) && process.waitForReadyRead())
            continue;
    }

    /// When a run said that its first rows were committed, and when it ended, in milliseconds; nothing where it failed.
    [[nodiscard]] static std::pair<double, double> timesOf(const Shop &shop)
    {
        QElapsedTimer timer;
        timer.start();
        QProcess process;
        shop.start(process);
        awaitRows(process);
        const auto firstRows = static_cast<double>(timer.elapsed());
        if (waitFor(process).status != 0)
            return {};
        return { firstRows, static_cast<double>(timer.elapsed()) };
    }

    /// Whether the databases but that of users are made and closed again.
    [[nodiscard]] static bool isAllPrepared(const QProcess &process, const Shop &shop)
    {
        return std::all_of(Tables.cbegin() + 1, Tables.cend(), [&](const QString &table) {
            const QString path = shop.path(table);
            return QFileInfo(path).size() > 0 && descriptorsOf(path, process.processId()) == 0;
        });
    }

    /// Whether all products are in, and all workers of the other tables have their files.
    [[nodiscard]] static bool isAllOpen(const QProcess &process, const Shop &shop, const QByteArray &log)
    {
        constexpr int Workers = 10;
        const auto isOpen = [&](const QString &table) {
            return descriptorsOf(shop.path(table) + QStringLiteral("-wal"), process.processId()) >= Workers;
        };
        return keysCommitted(log, Tables.at(1)).size() == RowCount && isOpen(Tables.at(0)) && isOpen(Tables.at(2));
    }

    /// With what unshare gives a process mounts of its own; nothing where it may not.
    [[nodiscard]] static std::optional<QString> rightsToMount()
    {
        for (const QString &rights : { QStringLiteral("-m"), QStringLiteral("-Urm") }) {
            QProcess process;
            process.start(QStringLiteral("unshare"), { rights, QStringLiteral("true") });
            if (waitFor(process).status == 0)
                return rights;
        }
        return std::nullopt;
    }

    [[nodiscard]] static QStringList wrongAfterOneMoreRun(const Shop &shop)
    {
        QProcess process;
        shop.start(process);
        return wrongAfter(process, shop);
    }

    /// What is wrong at the end of a run that is to bring the databases to what they are to hold.
    [[nodiscard]] static QStringList wrongAfter(QProcess &process, const Shop &shop)
    {
        const CommandResult result = waitFor(process);
        QStringList wrong;
        if (result.status != 0)
            wrong += QStringLiteral("one more run: ") + QString::fromUtf8(result.err);
        const Found found = shop.found();
        return wrong + found.wrong() + found.missing();
    }
};

QTEST_APPLESS_MAIN(TestLargeRuns)
#include "tst_largeruns.moc"
