// SPDX-License-Identifier: MIT
// seedbed-cli where the system allows it few open files, threads, little memory or short files: an end in time, without
// a signal, and a report that is what the databases show.

#include "commandrunner.h"
#include "quiettest.h"
#include "testpaths.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>
#include <unistd.h>

using namespace seedbed;

namespace {

bool isAll()
{
    return qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS");
}

/// Tables of which each refers to the one before.
bool makeChain(const QString &folder, int tables, int rows)
{
    QByteArrayList resources;
    QByteArray csv = "id,up\n";
    for (int row = 1; row <= rows; ++row)
        csv += QByteArray::number(row) + ',' + QByteArray::number(row) + '\n';
    bool isMade = true;
    for (int table = 0; table < tables; ++table) {
        const QByteArray name = 't' + QByteArray::number(table);
        QByteArray keys;
        if (table > 0)
            keys = R"(, "foreignKeys": [{"fields": "up", "reference": {"fields": "id", "resource": "t)"
                + QByteArray::number(table - 1) + R"("}}])";
        resources += R"({"name": ")" + name + R"(", "path": ")" + name + R"(.csv", "schema": {"primaryKey": "id",
            "fields": [{"name": "id", "type": "integer"}, {"name": "up", "type": "integer"}])"
            + keys + "}}";
        isMade = isMade && writeFile(QDir(folder).filePath(QString::fromLatin1(name) + QStringLiteral(".csv")), csv);
    }
    return isMade
        && writeFile(QDir(folder).filePath(QStringLiteral("datapackage.json")),
                     R"({"name": "chain", "resources": [)" + resources.join(',') + "]}");
}

/// Under AddressSanitizer looking for leaks takes a thread of its own, which may be refused.
void lookForNoLeaks(QProcess &process)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString name = QStringLiteral("ASAN_OPTIONS");
    environment.insert(name, environment.value(name) + QStringLiteral(":detect_leaks=0"));
    process.setProcessEnvironment(environment);
}

} // namespace

class TestCliLimits final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_folder = std::make_unique<QTemporaryDir>(); }
    void fewOpenFiles_data();
    void fewOpenFiles();
    void asManyFilesAsAreAskedFor();
    void theLimitOfFilesIsRaised();
    void fewThreads_data();
    void fewThreads();
    void littleMemory_data();
    void littleMemory();
    void shortFiles();
    void theReaderOfTheReportIsGone();

private:
    [[nodiscard]] QString package() const { return m_folder->filePath(QStringLiteral("package")); }
    [[nodiscard]] QString into() const { return m_folder->filePath(QStringLiteral("into")); }
    [[nodiscard]] bool makePackage(int tables, int rows) const
    {
        return QDir().mkpath(package()) && makeChain(package(), tables, rows);
    }
    /// A run under limits as prlimit takes them, in at most ten seconds.
    [[nodiscard]] CommandResult run(const QStringList &limits) const;
    /// Fails where the status is none of an end in order, or the report is not what the databases show.
    void checkTruth(const CommandResult &result, int tables) const;

    std::unique_ptr<QTemporaryDir> m_folder = std::make_unique<QTemporaryDir>(); // a new one for each test
};

CommandResult TestCliLimits::run(const QStringList &limits) const
{
    QProcess process;
    prepareCli(process, {}, m_folder->path());
    process.setProgram(QStringLiteral("prlimit"));
    process.setArguments(limits
                         + QStringList { QStringLiteral(SEEDBED_CLI), QStringLiteral("run"), package(),
                                         QStringLiteral("--into"), into(), QStringLiteral("--format"),
                                         QStringLiteral("json"), QStringLiteral("--lock-timeout"),
                                         QStringLiteral("2") });
    lookForNoLeaks(process);
    QElapsedTimer timer;
    timer.start();
    process.start(QIODevice::ReadOnly);
    CommandResult result = waitFor(process);
    if (timer.elapsed() > 10'000)
        result.status = -1; // as good as one that hangs
    return result;
}

void TestCliLimits::checkTruth(const CommandResult &result, int tables) const
{
    const QByteArray all = QByteArray::number(result.status) + ": " + result.err;
    QVERIFY2((QList<int> { 0, 1, 3, 4 }).contains(result.status), all);
    const QJsonObject report = result.json();
    QVERIFY2(result.status == 3 || !report.isEmpty(), all);
    QVERIFY2(result.status == 0 || !result.err.isEmpty() || !report.isEmpty(), all);
    for (int table = 0; table < tables && !report.isEmpty(); ++table) {
        const QString name = QStringLiteral("t%1").arg(table);
        const QString database = QDir(into()).filePath(name + QStringLiteral(".db"));
        const QString there = QFile::exists(database)
            ? sqlite(database, QStringLiteral("SELECT count(*) FROM sqlite_master WHERE name = '%1'").arg(name))
            : QStringLiteral("0");
        const QString rows = there == QStringLiteral("1")
            ? sqlite(database, QStringLiteral("SELECT count(*) FROM ") + name)
            : QStringLiteral("0");
        const QJsonObject told = tableOf(report, name);
        QCOMPARE(rows.toInt(), told[QStringLiteral("inserted")].toInt() + told[QStringLiteral("unchanged")].toInt());
    }
    QVERIFY2(report.isEmpty() || result.status == 3 || report[QStringLiteral("tables")].toArray().size() == tables,
             all);
}

void TestCliLimits::fewOpenFiles_data()
{
    QTest::addColumn<int>("tables");
    QTest::addColumn<int>("files");
    QTest::addColumn<int>("workers"); // 0: refused
    QTest::newRow("40 tables, 1024 files") << 40 << 1024 << 8;
    QTest::newRow("40 tables, 256 files") << 40 << 256 << 1;
    QTest::newRow("40 tables, 64 files") << 40 << 64 << 0;
    QTest::newRow("100 tables, 1024 files") << 100 << 1024 << 2;
    QTest::newRow("100 tables, 256 files") << 100 << 256 << 0;
    QTest::newRow("100 tables, 64 files") << 100 << 64 << 0;
    QTest::newRow("300 tables, 1024 files") << 300 << 1024 << 0;
    QTest::newRow("300 tables, 256 files") << 300 << 256 << 0;
    QTest::newRow("300 tables, 64 files") << 300 << 64 << 0;
    QTest::newRow("3 tables, 64 files") << 3 << 64 << 4;
    QTest::newRow("3 tables, 16 files") << 3 << 16 << 0;
    QTest::newRow("3 tables, 10 files") << 3 << 10 << 0;
}

void TestCliLimits::fewOpenFiles()
{
    QFETCH(int, tables);
    QFETCH(int, files);
    QFETCH(int, workers);
    QVERIFY(makePackage(tables, 12));
    const CommandResult result = run({ QStringLiteral("--nofile=%1:%1").arg(files) });
    QVERIFY2(result.status == (workers > 0 ? 0 : 3), QByteArray::number(result.status) + ": " + result.err);
    QVERIFY2(result.err.contains("ulimit -n"), result.err);
    if (workers == 0) {
        QVERIFY(!QFile::exists(into())); // nothing was written
        return;
    }
    checkTruth(result, tables);
    const int told = tableOf(result.json(), QStringLiteral("t0"))[QStringLiteral("workers")].toInt();
    QVERIFY2(told >= 1 && std::abs(told - workers) <= 1, qPrintable(QString::number(told))); // other files may be open
    QVERIFY2(result.err.contains("connections per table: only " + QByteArray::number(told)), result.err);
}

void TestCliLimits::asManyFilesAsAreAskedFor()
{
    constexpr int Tables = 20;
    QVERIFY(makePackage(Tables, 12));
    const CommandResult refused = run({ QStringLiteral("--nofile=40:40") });
    QCOMPARE(refused.status, 3);
    const QRegularExpressionMatch match =
        QRegularExpression(QStringLiteral("need (\\d+),")).match(QString::fromUtf8(refused.err));
    QVERIFY2(match.hasMatch(), refused.err);
    const CommandResult result = run({ QStringLiteral("--nofile=%1:%1").arg(match.captured(1)) });
    QVERIFY2(result.status == 0, result.err);
    checkTruth(result, Tables);
}

void TestCliLimits::theLimitOfFilesIsRaised()
{
    QVERIFY(makePackage(3, 12));
    const CommandResult result = run({ QStringLiteral("--nofile=32:512") });
    QVERIFY2(result.status == 0, result.err);
    QCOMPARE(tableOf(result.json(), QStringLiteral("t0"))[QStringLiteral("workers")].toInt(), 10);
    QVERIFY2(!result.err.contains("ulimit"), result.err);
}

void TestCliLimits::fewThreads_data()
{
    QTest::addColumn<int>("threads");
    for (const int threads : { 1, 2, 3, 4, 5, 6, 9, 14, 25, 40 })
        QTest::addRow("%d", threads) << threads;
}

// No limit of threads holds for root: an account that nobody has runs the program.
void TestCliLimits::fewThreads()
{
    QFETCH(int, threads);
    if (::geteuid() != 0)
        QSKIP("NOT tested: threads that are refused, as no other user can start the program here");
    constexpr int Tables = 3;
    QVERIFY(makePackage(Tables, 12));
    const QString program = m_folder->filePath(QStringLiteral("cli"));
    QVERIFY(QFile::copy(QStringLiteral(SEEDBED_CLI), program)); // the folder above may be closed to others
    for (const QString &path : { m_folder->path(), m_folder->path() + QStringLiteral("/cli"), package() })
        QVERIFY(QFile::setPermissions(path, QFile::Permissions(0x7755)));
    QVERIFY(QDir().mkpath(into()) && QFile::setPermissions(into(), QFile::Permissions(0x7777)));
    QProcess process;
    process.setWorkingDirectory(into());
    lookForNoLeaks(process);
    process.start(QStringLiteral("setpriv"),
                  { QStringLiteral("--reuid=54321"), QStringLiteral("--regid=54321"), QStringLiteral("--clear-groups"),
                    QStringLiteral("prlimit"), QStringLiteral("--nproc=%1:%1").arg(threads), program,
                    QStringLiteral("run"), package(), QStringLiteral("--into"), into(), QStringLiteral("--format"),
                    QStringLiteral("json") });
    QElapsedTimer timer;
    timer.start();
    const CommandResult result = waitFor(process);
    QVERIFY(timer.elapsed() < 10'000);
    if (result.status == 127 || result.err.contains("setpriv"))
        QSKIP("NOT tested: threads that are refused, as another user cannot start the program here");
    checkTruth(result, Tables);
    // The main one, that of the run, and one for each table.
    QVERIFY2(result.status == (threads < 2 + Tables ? 3 : 0), QByteArray::number(result.status) + ": " + result.err);
    QVERIFY2(threads > 2 + 10 * Tables || result.err.contains("ulimit -u"), result.err);
    QCOMPARE(databasesIn(into()).size(), result.status == 0 ? Tables : 0);
}

void TestCliLimits::littleMemory_data()
{
    QTest::addColumn<int>("megabytes");
    for (int megabytes = 65; megabytes <= 255; megabytes += isAll() ? 2 : 10)
        QTest::addRow("%d MB", megabytes) << megabytes;
}

void TestCliLimits::littleMemory()
{
    QFETCH(int, megabytes);
    if constexpr (SEEDBED_LIMITS_MEMORY == 0)
        QSKIP("NOT tested: memory that is refused, as a sanitizer's own is beyond every limit");
    constexpr int Tables = 3;
    QVERIFY(makePackage(Tables, 20'000));
    const CommandResult result = run({ QStringLiteral("--as=%1").arg(megabytes * 1'000'000) });
    if (result.status == 127)
        QSKIP("NOT tested: so little memory, as the program cannot be loaded into it");
    checkTruth(result, Tables);
    QVERIFY2(result.status != 3 || result.err.contains("ulimit -"), result.err);
    const CommandResult next = run({});
    QVERIFY2(next.status == 0, next.err);
    checkTruth(next, Tables);
}

// Rows that no longer fit fail, and say so.
void TestCliLimits::shortFiles()
{
    constexpr int Tables = 2;
    QVERIFY(makePackage(Tables, 20'000));
    const CommandResult result = run({ QStringLiteral("--fsize=150000") });
    QVERIFY2(result.status == 1, QByteArray::number(result.status) + ": " + result.err);
    checkTruth(result, Tables);
    QVERIFY(tableOf(result.json(), QStringLiteral("t0"))[QStringLiteral("failed")].toInt() > 0);
    const CommandResult next = run({});
    QVERIFY2(next.status == 0, next.err);
    checkTruth(next, Tables);
}

void TestCliLimits::theReaderOfTheReportIsGone()
{
    constexpr int Tables = 3;
    QVERIFY(makePackage(Tables, 2000));
    QProcess shell;
    shell.start(QStringLiteral("bash"),
                { QStringLiteral("-c"),
                  QStringLiteral("\"$0\" run \"$1\" --into \"$2\" --verbose 2> >(exec 0<&-) | true; "
                                 "exit \"${PIPESTATUS[0]}\""),
                  QStringLiteral(SEEDBED_CLI), package(), into() });
    const CommandResult result = waitFor(shell);
    QVERIFY2(result.status == 3, QByteArray::number(result.status));
    QCOMPARE(databasesIn(into()).size(), Tables); // no log of a database beside them
    for (int table = 0; table < Tables; ++table) {
        const QString name = QStringLiteral("t%1").arg(table);
        QCOMPARE(sqlite(QDir(into()).filePath(name + QStringLiteral(".db")),
                        QStringLiteral("SELECT count(*) FROM ") + name),
                 QStringLiteral("2000"));
    }
    QVERIFY(!QFile::exists(QDir(into()).filePath(QStringLiteral(".seedbed.lock"))));
}

SEEDBED_TEST(TestCliLimits, QCoreApplication)
#include "tst_clilimits.moc"
