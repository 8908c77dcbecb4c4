// SPDX-License-Identifier: MIT

// seedbed-cli before a person at a terminal: the line of progress, and Ctrl+C in every phase.

#include "commandrunner.h"
#include "quiettest.h"
#include "terminalcli.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <memory>

using namespace seedbed;

class TestCliTerminal final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_folder = std::make_unique<QTemporaryDir>(); }
    void barOnATerminal();
    void nothingWithQuiet();
    void nothingWithoutATerminal();
    void nothingForAShortRun();
    void interruptWhileReading();
    void interruptWhileChecking();
    void interruptWhileValidating();
    void interruptWhileInserting();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    void makePackage(const QByteArray &constraints = "{}") const;
    [[nodiscard]] std::unique_ptr<ForeignLock> makeLockedPackage(ForeignLock::Kind kind = {}) const;
    void endsInterrupted(TerminalCli &cli) const;

    std::unique_ptr<QTemporaryDir> m_folder = std::make_unique<QTemporaryDir>(); // a new one for each test
};

namespace {

// A run that does not stop of itself: what is waited for otherwise is far less.
const QStringList LongRun { QStringLiteral("run"), QStringLiteral("."), QStringLiteral("--lock-timeout"),
                            QStringLiteral("3600") };

QByteArray rows(int count)
{
    QByteArray text = "id,name\n";
    for (int i = 1; i <= count; ++i)
        text += QByteArray::number(i) + ",aaaaaaaaaaaaaabc\n";
    return text;
}

} // namespace

void TestCliTerminal::makePackage(const QByteArray &constraints) const
{
    QVERIFY(writeFile(path("datapackage.json"),
                      R"({"name": "p", "resources": [{"name": "things", "path": "things.csv",
        "schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"},
        {"name": "name", "type": "string", "constraints": )"
                          + constraints + R"(}]}}]})"));
}

// A hundred rows, and a database that another program holds: what keeps a run in the phase that is to be seen.
std::unique_ptr<ForeignLock> TestCliTerminal::makeLockedPackage(ForeignLock::Kind kind) const
{
    makePackage();
    const QString create = QStringLiteral("CREATE TABLE things(id INTEGER PRIMARY KEY, name TEXT)");
    const bool isMade = writeFile(path("things.csv"), rows(100)) && sqlite(path("things.db"), create).isEmpty();
    return isMade ? std::make_unique<ForeignLock>(path("things.db"), kind) : nullptr;
}

void TestCliTerminal::endsInterrupted(TerminalCli &cli) const
{
    cli.interrupt();
    QTRY_VERIFY2(cli.status().has_value(), cli.screen());
    QVERIFY2(cli.status() == 130, cli.screen());
    QVERIFY2(cli.screen().contains("Stopping"), cli.screen());
}

// A lock holds the run where it is until the line has been seen.
void TestCliTerminal::barOnATerminal()
{
    const std::unique_ptr<ForeignLock> lock = makeLockedPackage();
    QVERIFY(lock && lock->isHeld());
    TerminalCli cli(LongRun, m_folder->path());
    QTRY_VERIFY2(cli.screen().contains("Inserting  [....................] 0 %  0 of 100 rows"), cli.screen());
    lock->release();
    QTRY_VERIFY2(cli.status().has_value(), cli.screen());
    QVERIFY2(cli.status() == 0, cli.screen());
    QVERIFY2(cli.screen().endsWith("\r\x1b[K"), cli.screen()); // it is taken away in the end
    QVERIFY(!readFile(path("out")).contains('\x1b'));
    QVERIFY2(readFile(path("out")).contains("100 inserted"), readFile(path("out")));
}

void TestCliTerminal::nothingWithQuiet()
{
    const std::unique_ptr<ForeignLock> lock = makeLockedPackage();
    QVERIFY(lock && lock->isHeld());
    TerminalCli cli({ QStringLiteral("run"), QStringLiteral("."), QStringLiteral("--quiet"),
                      QStringLiteral("--lock-timeout"), QStringLiteral("1") },
                    m_folder->path());
    QTRY_VERIFY(cli.status().has_value());
    QCOMPARE(cli.status(), 4);
    QCOMPARE(cli.screen(), QByteArray());
}

void TestCliTerminal::nothingWithoutATerminal()
{
    const std::unique_ptr<ForeignLock> lock = makeLockedPackage();
    QVERIFY(lock && lock->isHeld());
    const CommandResult result =
        runCli({ QStringLiteral("run"), QStringLiteral("."), QStringLiteral("--lock-timeout"), QStringLiteral("1") },
               m_folder->path());
    QCOMPARE(result.status, 4);
    QVERIFY2(!result.err.contains("Inserting"), result.err);
    QVERIFY2(!result.err.contains('\x1b') && !result.err.contains('\r'), result.err);
}

// The sample takes no time; where a busy machine makes it long, it is tried again.
void TestCliTerminal::nothingForAShortRun()
{
    for (int i = 0; i < 20; ++i) {
        QElapsedTimer clock;
        clock.start();
        TerminalCli cli({ QStringLiteral("validate"), QStringLiteral("--into"), QStringLiteral("nowhere") },
                        m_folder->path());
        QTRY_VERIFY(cli.status().has_value());
        const bool wasShort = clock.elapsed() < 300;
        QCOMPARE(cli.status(), 0);
        if (!wasShort)
            continue;
        QCOMPARE(cli.screen(), QByteArray());
        return;
    }
    QFAIL("Of 20 runs over the sample none took less than 300 ms.");
}

// Empty lines, which take long to read and no memory.
void TestCliTerminal::interruptWhileReading()
{
    makePackage();
    QVERIFY(writeFile(path("things.csv"), "id,name\n"));
    QFile file(path("things.csv"));
    QVERIFY(file.open(QIODevice::Append));
    const QByteArray piece(1 << 20, '\n');
    for (int i = 0; i < 600; ++i)
        QCOMPARE(file.write(piece), piece.size());
    file.close();
    TerminalCli cli(LongRun, m_folder->path());
    QTRY_VERIFY2(cli.screen().contains("Reading"), cli.screen());
    endsInterrupted(cli);
    QCOMPARE(databasesIn(m_folder->path()), QStringList());
}

void TestCliTerminal::interruptWhileChecking()
{
    const std::unique_ptr<ForeignLock> lock = makeLockedPackage(ForeignLock::Kind::Exclusive);
    QVERIFY(lock && lock->isHeld());
    TerminalCli cli(LongRun, m_folder->path());
    QTRY_VERIFY2(cli.screen().contains("Checking the databases"), cli.screen());
    endsInterrupted(cli);
}

// A pattern that tries thousands of ways before it refuses a name.
void TestCliTerminal::interruptWhileValidating()
{
    makePackage(R"({"pattern": "(?=a)(a|aa|aaa)*[bc]"})");
    QVERIFY(writeFile(path("things.csv"), rows(100'000)));
    TerminalCli cli(LongRun, m_folder->path());
    QTRY_VERIFY2(cli.screen().contains("Validating"), cli.screen());
    endsInterrupted(cli);
    QVERIFY(readFile(path("out")).contains("0 inserted"));
}

void TestCliTerminal::interruptWhileInserting()
{
    const std::unique_ptr<ForeignLock> lock = makeLockedPackage();
    QVERIFY(lock && lock->isHeld());
    TerminalCli cli(LongRun, m_folder->path());
    QTRY_VERIFY2(cli.screen().contains("Inserting"), cli.screen());
    endsInterrupted(cli);
    QVERIFY(readFile(path("out")).contains("100 cancelled"));
}

SEEDBED_TEST(TestCliTerminal, QCoreApplication)
#include "tst_cliterminal.moc"
