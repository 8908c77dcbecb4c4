// SPDX-License-Identifier: MIT

// seedbed-cli beside other programs: their locks, another run, and signals.

#include "commandrunner.h"
#include "quiettest.h"

#include <QJsonArray>
#include <QTemporaryDir>

#include <csignal>
#include <memory>

using namespace seedbed;

class TestCliLocks final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_folder = std::make_unique<QTemporaryDir>(); }
    void lockIsWaitedFor_data();
    void lockIsWaitedFor();
    void lockThatStays();
    void folderInUse();
    void theSecondCommandWaits();
    void twoCommandsAtOnce();
    void interrupted_data();
    void interrupted();
    void secondSignalEndsAtOnce();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    void makeUsersDatabase() const;
    [[nodiscard]] CommandResult run(const QStringList &arguments) const;

    std::unique_ptr<QTemporaryDir> m_folder = std::make_unique<QTemporaryDir>(); // a new one for each test
};

namespace {

int countOf(const CommandResult &result, const char *resource, const char *field)
{
    return tableOf(result.json(), QString::fromUtf8(resource)).value(QString::fromUtf8(field)).toInt(-1);
}

void signalProcess(const QProcess &process, int signal)
{
    ::kill(static_cast<pid_t>(process.processId()), signal);
}

} // namespace

void TestCliLocks::makeUsersDatabase() const
{
    QCOMPARE(sqlite(path("users.db"),
                    QStringLiteral("CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, "
                                   "email TEXT)")),
             QString());
}

CommandResult TestCliLocks::run(const QStringList &arguments) const
{
    return runCli(QStringList { QStringLiteral("run"), QStringLiteral("--format"), QStringLiteral("json") } + arguments,
                  m_folder->path());
}

void TestCliLocks::lockIsWaitedFor_data()
{
    QTest::addColumn<ForeignLock::Kind>("kind");
    QTest::addColumn<int>("seconds");
    QTest::newRow("write lock") << ForeignLock::Kind::Immediate << 3;
    QTest::newRow("exclusive") << ForeignLock::Kind::Exclusive << 3;
    QTest::newRow("reader") << ForeignLock::Kind::Reader << 3;
    if (!qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS"))
        return;
    QTest::newRow("write lock, long") << ForeignLock::Kind::Immediate << 30;
    QTest::newRow("exclusive, long") << ForeignLock::Kind::Exclusive << 30;
    QTest::newRow("reader, long") << ForeignLock::Kind::Reader << 30;
}

void TestCliLocks::lockIsWaitedFor()
{
    QFETCH(ForeignLock::Kind, kind);
    QFETCH(int, seconds);
    makeUsersDatabase();
    ForeignLock lock(path("users.db"), kind);
    QVERIFY(lock.isHeld());
    RunningCli cli({ QStringLiteral("run"), QStringLiteral("--format"), QStringLiteral("json"),
                     QStringLiteral("--verbose") },
                   m_folder->path());
    QTRY_VERIFY(cli.err().contains("locked"));
    QTest::qWait(1000 * seconds);
    QCOMPARE(cli.process().state(), QProcess::Running);
    lock.release();

    const CommandResult result = cli.wait();
    QVERIFY2(result.status == 0, result.err);
    QCOMPARE(countOf(result, "users", "inserted"), 8);
    QCOMPARE(countOf(result, "products", "inserted"), 9);
    QCOMPARE(countOf(result, "orders", "inserted"), 7);
    QVERIFY(countOf(result, "users", "lockRetries") > 0);
    const QJsonObject users = tableOf(result.json(), QStringLiteral("users"));
    QVERIFY(users.value(QStringLiteral("lockWaitSeconds")).toDouble() >= seconds);
    QVERIFY2(result.err.contains("users.db"), result.err);
    QCOMPARE(sampleCounts(m_folder->path()), everyRowOnce());
}

void TestCliLocks::lockThatStays()
{
    makeUsersDatabase();
    ForeignLock lock(path("users.db"));
    QVERIFY(lock.isHeld());
    const CommandResult locked = run({ QStringLiteral("--lock-timeout"), QStringLiteral("1") });
    QVERIFY2(locked.status == 4, QByteArray::number(locked.status) + ": " + locked.err);
    QCOMPARE(countOf(locked, "users", "failed"), 8);
    QCOMPARE(countOf(locked, "users", "inserted"), 0);
    QCOMPARE(countOf(locked, "products", "inserted"), 9);
    const QJsonArray rejected =
        tableOf(locked.json(), QStringLiteral("users")).value(QStringLiteral("rejected")).toArray();
    int lockedRows = 0;
    for (const QJsonValue &row : rejected) {
        if (row[QStringLiteral("outcome")].toString() != QStringLiteral("failed"))
            continue;
        const QString message = row[QStringLiteral("problems")].toArray().first()[QStringLiteral("message")].toString();
        QVERIFY2(message.contains(QStringLiteral("database is locked")), qPrintable(message));
        ++lockedRows;
    }
    QCOMPARE(lockedRows, 8);

    lock.release();
    const CommandResult second = run({});
    QVERIFY2(second.status == 0, second.err);
    QCOMPARE(countOf(second, "users", "inserted"), 8);
    QCOMPARE(countOf(second, "products", "unchanged"), 9);
    QCOMPARE(sqlite(path("users.db"), QStringLiteral("SELECT count(*) FROM users")), QStringLiteral("8"));
    QCOMPARE(sqlite(path("orders.db"), QStringLiteral("SELECT count(*) FROM orders")), QStringLiteral("7"));
}

void TestCliLocks::folderInUse()
{
    makeUsersDatabase();
    ForeignLock lock(path("users.db"));
    QVERIFY(lock.isHeld());
    RunningCli first({ QStringLiteral("run"), QStringLiteral("--verbose") }, m_folder->path());
    QTRY_VERIFY(first.err().contains("locked"));

    const CommandResult second = run({ QStringLiteral("--lock-timeout"), QStringLiteral("0.2") });
    QVERIFY2(second.status == 4, QByteArray::number(second.status) + ": " + second.err);
    QCOMPARE(second.out, QByteArray());
    const QByteArray held = m_folder->path().toUtf8() + ": " + first.asHolder();
    QVERIFY2(second.err.contains(held), second.err);
    QVERIFY2(second.err.contains(" is writing into this folder"), second.err);

    lock.release();
    QCOMPARE(first.wait().status, 0);
}

void TestCliLocks::theSecondCommandWaits()
{
    const QStringList arguments { QStringLiteral("run"), QStringLiteral("--format"), QStringLiteral("json"),
                                  QStringLiteral("--verbose") };
    makeUsersDatabase();
    ForeignLock lock(path("users.db"));
    QVERIFY(lock.isHeld());
    RunningCli first(arguments, m_folder->path());
    QTRY_VERIFY(first.err().contains("locked")); // so it has the folder
    RunningCli second(arguments, m_folder->path());
    QTRY_VERIFY2(second.err().contains(": waiting for " + first.asHolder()), second.err());
    QCOMPARE(first.process().state(), QProcess::Running);
    lock.release();

    const CommandResult one = first.wait();
    QVERIFY2(one.status == 0, one.err);
    const CommandResult other = second.wait();
    QVERIFY2(other.status == 0, other.err);
    const QList<std::pair<const char *, int>> rows { { "users", 8 }, { "products", 9 }, { "orders", 7 } };
    for (const auto &[table, count] : rows) {
        QCOMPARE(countOf(one, table, "inserted"), count);
        QCOMPARE(countOf(other, table, "inserted"), 0);
        QCOMPARE(countOf(other, table, "unchanged"), count);
    }
    QCOMPARE(sampleCounts(m_folder->path()), everyRowOnce());
}

// Whichever comes first.
void TestCliLocks::twoCommandsAtOnce()
{
    const QStringList arguments { QStringLiteral("run"), QStringLiteral("--format"), QStringLiteral("json") };
    RunningCli first(arguments, m_folder->path());
    RunningCli second(arguments, m_folder->path());
    const CommandResult one = first.wait();
    QVERIFY2(one.status == 0, one.err);
    const CommandResult other = second.wait();
    QVERIFY2(other.status == 0, other.err);
    QCOMPARE(countOf(one, "orders", "inserted") + countOf(other, "orders", "inserted"), 7);
    QCOMPARE(sampleCounts(m_folder->path()), everyRowOnce());
}

void TestCliLocks::interrupted_data()
{
    QTest::addColumn<int>("signal");

    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestCliLocks::interrupted()
{
    QFETCH(int, signal);
    makeUsersDatabase();
    ForeignLock lock(path("users.db"));
    QVERIFY(lock.isHeld());
    RunningCli cli({ QStringLiteral("run"), QStringLiteral("--format"), QStringLiteral("json"),
                     QStringLiteral("--verbose") },
                   m_folder->path());
    QTRY_VERIFY(cli.err().contains("locked"));
    signalProcess(cli.process(), signal);

    const CommandResult result = cli.wait();
    QVERIFY2(result.status == 130, QByteArray::number(result.status) + ": " + result.err);
    QVERIFY2(result.err.contains("Stopping"), result.err);
    const QJsonObject report = result.json();
    QCOMPARE(report.value(QStringLiteral("outcome")).toString(), QStringLiteral("cancelled"));
    QVERIFY(countOf(result, "users", "cancelled") > 0);
    QCOMPARE(countOf(result, "users", "inserted"), 0);
}

void TestCliLocks::secondSignalEndsAtOnce()
{
    makeUsersDatabase();
    ForeignLock lock(path("users.db"));
    QVERIFY(lock.isHeld());
    RunningCli cli({ QStringLiteral("run"), QStringLiteral("--verbose") }, m_folder->path());
    QTRY_VERIFY(cli.err().contains("locked"));
    // Both come while it does nothing, so that the first one cannot be answered before the second is there.
    signalProcess(cli.process(), SIGSTOP);
    const QString state = QStringLiteral("/proc/%1/status").arg(cli.process().processId());
    QTRY_VERIFY(readFile(state).contains("State:\tT"));
    for (const int signal : { SIGINT, SIGTERM, SIGCONT })
        signalProcess(cli.process(), signal);
    const CommandResult result = cli.wait();
    QCOMPARE(result.status, 130);
    QVERIFY2(result.err.contains("Stopping"), result.err);
    QCOMPARE(result.out, QByteArray()); // no report, as one signal alone has
}

SEEDBED_TEST(TestCliLocks, QCoreApplication)
#include "tst_clilocks.moc"
