// SPDX-License-Identifier: MIT
// Other programs hold what the window writes to: it waits, and goes on answering; and of two runs into one folder one
// waits for the other.

#include "cli/commandrunner.h"
#include "gui/program.h"
#include "gui/run/logpane.h"
#include "quiettest.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>

using namespace seedbed;

namespace {

/// The longest that the event loop was away.
class LongestGap final : public QObject
{
public:
    LongestGap()
    {
        connect(&m_timer, &QTimer::timeout, this, [this] { m_longest = std::max(m_longest, m_clock.restart()); });
        m_clock.start();
        m_timer.start(5);
    }

    [[nodiscard]] qint64 milliseconds() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
};

QString textOf(QAbstractItemModel &model)
{
    QString text;
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            text += model.index(row, column).data().toString() + u' ';
    }
    return text;
}

bool isAll() // of what takes long
{
    return qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS");
}

/// A measure means something where nothing else runs; elsewhere only waiting for the lock itself is found.
qint64 mostMilliseconds()
{
    return isAll() ? 100 : 1500;
}

} // namespace

class TestLocksInWindow final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void theWindowAnswersWhileItWaits_data()
    {
        QTest::addColumn<ForeignLock::Kind>("kind");
        QTest::addColumn<int>("seconds");
        QTest::newRow("write lock") << ForeignLock::Kind::Immediate << 3;
        QTest::newRow("exclusive") << ForeignLock::Kind::Exclusive << 3;
        QTest::newRow("reader") << ForeignLock::Kind::Reader << 3;
        if (!isAll())
            return;
        QTest::newRow("write lock, long") << ForeignLock::Kind::Immediate << 30;
        QTest::newRow("exclusive, long") << ForeignLock::Kind::Exclusive << 30;
        QTest::newRow("reader, long") << ForeignLock::Kind::Reader << 30;
    }

    void theWindowAnswersWhileItWaits()
    {
        QFETCH(ForeignLock::Kind, kind);
        QFETCH(int, seconds);
        const QTemporaryDir databases;
        makeUsers(databases);
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.readyRows(), 24);
        QTRY_VERIFY(!program.document.isValidating());
        ForeignLock lock(databases.filePath(QStringLiteral("users.db")), kind);
        QVERIFY(lock.isHeld());
        QTest::qWait(200); // the window is painted

        LongestGap gap;
        program.trigger(QStringLiteral("runAction"));
        QTest::qWait(seconds * 1000);
        QVERIFY(program.isRunning());
        lock.beginRelease();
        QTRY_VERIFY(!program.isRunning());
        qInfo("longest gap of the event loop: %lld ms", gap.milliseconds());
        QVERIFY2(gap.milliseconds() <= mostMilliseconds(), qPrintable(QString::number(gap.milliseconds())));
        QVERIFY2(program.headline().startsWith(QStringLiteral("24 inserted · 6 skipped · 0 failed")),
                 qPrintable(program.headline()));
        QCOMPARE(sampleCounts(databases.path()), everyRowOnce());
    }

    void stopIsAnswered_data() { theWindowAnswersWhileItWaits_data(); }

    void stopIsAnswered()
    {
        QFETCH(ForeignLock::Kind, kind);
        QFETCH(int, seconds);
        const QTemporaryDir databases;
        makeUsers(databases);
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.readyRows(), 24);
        ForeignLock lock(databases.filePath(QStringLiteral("users.db")), kind);
        QVERIFY(lock.isHeld());
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(logOf(program).contains(QStringLiteral("users.db: database is locked")));
        QTest::qWait(seconds * 1000);
        QVERIFY(program.isRunning());
        QElapsedTimer timer;
        timer.start();
        program.trigger(QStringLiteral("stopAction"));
        QTRY_VERIFY(!program.isRunning());
        const qint64 most = isAll() ? 1000 : 5000; // it would wait for many more
        qInfo("stopped within %lld ms", timer.elapsed());
        QVERIFY2(timer.elapsed() <= most, qPrintable(QString::number(timer.elapsed())));
    }

    void theWindowWaitsForTheCommand()
    {
        const QTemporaryDir databases;
        makeUsers(databases);
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.readyRows(), 24);
        ForeignLock lock(databases.filePath(QStringLiteral("users.db")));
        QVERIFY(lock.isHeld());
        RunningCli command(commandLine(), databases.path());
        QTRY_VERIFY(command.err().contains("database is locked")); // so it has the folder

        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(logOf(program).contains(QStringLiteral(": waiting for ") + QString::fromUtf8(command.asHolder())));
        lock.release();
        const CommandResult result = command.wait();
        QVERIFY2(result.status == 0, result.err);
        QTRY_VERIFY(!program.isRunning());
        // What the command put in the window found there.
        QVERIFY2(program.headline().startsWith(QStringLiteral("0 inserted · 24 unchanged · 6 skipped · 0 failed")),
                 qPrintable(program.headline()));
        QCOMPARE(sampleCounts(databases.path()), everyRowOnce());
    }

    void theCommandWaitsForTheWindow()
    {
        const QTemporaryDir databases;
        makeUsers(databases);
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.readyRows(), 24);
        ForeignLock lock(databases.filePath(QStringLiteral("users.db")));
        QVERIFY(lock.isHeld());
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(logOf(program).contains(QStringLiteral("users.db: database is locked")));

        RunningCli command(commandLine(), databases.path());
        const QByteArray process = QByteArray::number(QCoreApplication::applicationPid());
        QTRY_VERIFY2(command.err().contains(": waiting for tests_gui (process " + process + " on "), command.err());
        lock.release();
        QTRY_VERIFY(!program.isRunning());
        QVERIFY2(program.headline().startsWith(QStringLiteral("24 inserted")), qPrintable(program.headline()));
        const CommandResult result = command.wait();
        QVERIFY2(result.status == 0, result.err);
        QCOMPARE(sampleCounts(databases.path()), everyRowOnce());
    }

private:
    static void makeUsers(const QTemporaryDir &databases)
    {
        QCOMPARE(sqlite(databases.filePath(QStringLiteral("users.db")),
                        QStringLiteral("CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, email TEXT)")),
                 QString());
    }

    static QString logOf(Program &program)
    {
        return textOf(*program.find<QAbstractItemView>(QStringLiteral("logView"))->model());
    }

    static QStringList commandLine() { return { QStringLiteral("run"), QStringLiteral("--verbose") }; }
};

SEEDBED_TEST(TestLocksInWindow, QApplication)
#include "tst_locksinwindow.moc"
