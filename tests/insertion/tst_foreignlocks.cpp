// SPDX-License-Identifier: MIT
// Another process holds a database: it is waited for, and when it does not let go that is said.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "quiettest.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <future>

using namespace seedbed;

namespace {

const QString CreateUsers = QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)");
const QString CreateProducts =
    QStringLiteral("CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT, price NUMERIC)");
const QString FirstProduct = QStringLiteral("INSERT INTO products VALUES (1, 'Laptop', 1000)");

} // namespace

class tst_ForeignLocks final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void threeSeconds_data();
    void threeSeconds();
    void pastTheLimit_data();
    void pastTheLimit();
    void whatIsThereIsReadPastTheLimit_data();
    void whatIsThereIsReadPastTheLimit();
    void stopIsAnswered();
    void tellsWhatAStopLeftUnread_data();
    void tellsWhatAStopLeftUnread();
    void rowsOfALockedParentAreNotKnown();
    void manyBatchesGiveUpTogether();
};

void tst_ForeignLocks::threeSeconds_data()
{
    QTest::addColumn<QString>("lock");
    QTest::newRow("write lock") << QStringLiteral("BEGIN IMMEDIATE");
    QTest::newRow("exclusive") << QStringLiteral("BEGIN EXCLUSIVE");
    QTest::newRow("reader") << QStringLiteral("BEGIN; SELECT count(*) FROM users");
}

void tst_ForeignLocks::threeSeconds()
{
    QFETCH(QString, lock);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path, { CreateUsers }));
    ForeignProcess holder(path, lock);
    QVERIFY(holder.holds());

    RunProgress progress;
    RunOptions options;
    options.into = folder.path();
    auto running = std::async(std::launch::async, [&] { return run(sampleDataset(), options, progress, {}); });
    QElapsedTimer held;
    held.start();
    QTRY_VERIFY_WITH_TIMEOUT(held.elapsed() >= 3000, 4000);
    QVERIFY(running.wait_for(std::chrono::seconds(0)) != std::future_status::ready);
    holder.release();

    const auto report = running.get();
    QVERIFY(report);
    QCOMPARE(report->tables.at(0).counts.inserted, 8);
    QCOMPARE(report->tables.at(1).counts.inserted, 9);
    QCOMPARE(report->tables.at(2).counts.inserted, 7); // orders waited for their users
    QVERIFY(!report->stayedLocked);
    QVERIFY(report->tables.at(0).lockRetries > 0);
    QVERIFY(report->tables.at(0).lockWait.count() > 2.5);
    qsizetype logged = 0;
    for (const LogEntry &entry : progress.take().log)
        logged += entry.text.contains(QStringLiteral("users.db: database is locked")) ? 1 : 0;
    QCOMPARE(logged, report->tables.at(0).lockRetries);
}

void tst_ForeignLocks::pastTheLimit_data()
{
    threeSeconds_data();
}

void tst_ForeignLocks::pastTheLimit()
{
    QFETCH(QString, lock);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path, { CreateUsers }));
    ForeignProcess holder(path, lock);
    QVERIFY(holder.holds());

    RunOptions options;
    options.into = folder.path();
    options.lockTimeout = std::chrono::milliseconds(700);
    RunProgress progress;
    QElapsedTimer timer;
    timer.start();
    const auto report = run(sampleDataset(), options, progress, {});
    QVERIFY(report);
    QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(report->stayedLocked);
    QVERIFY(report->isBalanced());
    QCOMPARE(report->outcome, RunReport::Outcome::Failed);
    QCOMPARE(report->tables.at(0).counts.failed, 8);
    QCOMPARE(report->tables.at(0).rejected.first().reasons.first().message, QStringLiteral("database is locked"));
    QCOMPARE(report->tables.at(1).counts.inserted, 9);
    QCOMPARE(report->tables.at(2).counts.failed, 7);
    const Reason reason = report->tables.at(2).rejected.first().reasons.first();
    QCOMPARE(reason.text(), QStringLiteral("user_id 1 not found (users row 1: database is locked)"));

    holder.release();
    RunProgress again;
    const auto second = run(sampleDataset(), options, again, {});
    QVERIFY(second);
    QCOMPARE(second->tables.at(0).counts.inserted, 8);
    QCOMPARE(second->tables.at(1).counts.unchanged, 9);
    QCOMPARE(second->tables.at(2).counts.inserted, 7);
}

void tst_ForeignLocks::whatIsThereIsReadPastTheLimit_data()
{
    QTest::addColumn<QString>("lock");
    QTest::newRow("write lock") << QStringLiteral("BEGIN IMMEDIATE");
    QTest::newRow("reader") << QStringLiteral("BEGIN; SELECT count(*) FROM products");
}

void tst_ForeignLocks::whatIsThereIsReadPastTheLimit()
{
    QFETCH(QString, lock);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("products.db"));
    QVERIFY(execute(path, { CreateProducts, FirstProduct }));
    ForeignProcess holder(path, lock);
    QVERIFY(holder.holds());
    RunOptions options;
    options.into = folder.path();
    options.lockTimeout = std::chrono::milliseconds(300);
    RunProgress progress;
    const auto report = run(sampleDataset(), options, progress, {});
    QVERIFY(report);
    QVERIFY(report->stayedLocked);
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(report->tables.at(1).counts.unchanged, 1);
    QCOMPARE(report->tables.at(1).counts.failed, 8);
}

void tst_ForeignLocks::stopIsAnswered()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path, { CreateUsers }));
    ForeignProcess holder(path, QStringLiteral("BEGIN IMMEDIATE"));
    QVERIFY(holder.holds());
    RunProgress progress;
    RunOptions options;
    options.into = folder.path();
    std::stop_source stop;
    auto running =
        std::async(std::launch::async, [&] { return run(sampleDataset(), options, progress, stop.get_token()); });
    const auto hasWaited = [&progress] {
        const RunUpdate update = progress.take();
        return !update.tables.isEmpty() && update.tables.first().lockRetries > 0;
    };
    QTRY_VERIFY(hasWaited());
    QElapsedTimer timer;
    timer.start();
    stop.request_stop();
    const auto report = running.get();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(report);
    QCOMPARE(report->outcome, RunReport::Outcome::Cancelled);
    QCOMPARE(report->tables.at(0).counts.cancelled, 8);
    QVERIFY(report->isBalanced());
}

// Products are locked until the stop, and so are the orders of those that are not there already.
void tst_ForeignLocks::tellsWhatAStopLeftUnread_data()
{
    QTest::addColumn<bool>("isAProductThere");
    QTest::addColumn<QString>("stopAt"); // a line of the log
    QTest::addColumn<bool>("isAudited");
    QTest::newRow("all that was written was read") << false << QStringLiteral("users.db: read again") << true;
    QTest::newRow("orders were written, and not read")
        << true << QStringLiteral("orders.db: 1 committed of rows 1 to 1") << false;
}

void tst_ForeignLocks::tellsWhatAStopLeftUnread()
{
    QFETCH(bool, isAProductThere);
    QFETCH(QString, stopAt);
    QFETCH(bool, isAudited);
    const Dataset dataset = sampleDataset();
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("products.db"));
    QVERIFY(execute(path, { QStringLiteral("PRAGMA journal_mode = WAL"), CreateProducts }));
    if (isAProductThere)
        QVERIFY(execute(path, { FirstProduct }));
    ForeignProcess holder(path, QStringLiteral("BEGIN IMMEDIATE"));
    QVERIFY(holder.holds());
    RunProgress progress;
    RunOptions options;
    options.into = folder.path();
    options.batchRows = 1;
    std::stop_source stop;
    auto running = std::async(std::launch::async, [&] { return run(dataset, options, progress, stop.get_token()); });
    QStringList logged;
    const auto hasLogged = [&](const QString &line) {
        for (const LogEntry &entry : progress.take().log)
            logged += entry.text;
        return logged.contains(line);
    };
    QTRY_VERIFY(hasLogged(stopAt));
    stop.request_stop();
    const auto report = running.get();
    QVERIFY(report);
    QCOMPARE(report->outcome, RunReport::Outcome::Cancelled);
    QVERIFY(report->tables.at(0).counts.inserted > 0);
    QCOMPARE(report->tables.at(2).counts.inserted, isAudited ? 0 : 1);
    QVERIFY(report->isBalanced());
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(report->isAudited, isAudited);
}

void tst_ForeignLocks::rowsOfALockedParentAreNotKnown()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path, { CreateUsers, QStringLiteral("INSERT INTO users VALUES (77, 'Ann', 'ann@example.com')") }));
    Dataset dataset = sampleDataset();
    dataset.tables[2].append(QList<QByteArray> { "11", "77", "1", "1" });
    ForeignProcess holder(path, QStringLiteral("BEGIN EXCLUSIVE"));
    QVERIFY(holder.holds());
    RunOptions options;
    options.into = folder.path();
    options.lockTimeout = std::chrono::milliseconds(400);
    RunProgress progress;
    const auto report = run(dataset, options, progress, {});
    QVERIFY(report);
    const RejectedRow order = report->tables.at(2).rejected.last();
    QCOMPARE(order.row, 11);
    QCOMPARE(order.outcome, RowOutcome::Failed);
    QVERIFY(order.reasons.first().message.startsWith(QStringLiteral("users.db: database is locked")));
    QVERIFY(report->tables.at(0).lockRetries > 0);

    options.isDryRun = true;
    RunProgress dry;
    const auto unknown = run(dataset, options, dry, {});
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, Error::Kind::Locked);

    holder.release();
    options.isDryRun = false;
    RunProgress again;
    const auto second = run(dataset, options, again, {});
    QVERIFY(second);
    QCOMPARE(second->tables.at(2).counts.inserted, 8);
}

void tst_ForeignLocks::manyBatchesGiveUpTogether()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path, { QStringLiteral("PRAGMA journal_mode = WAL"), CreateUsers }));
    Dataset dataset = sampleDataset();
    for (int i = 100; i < 600; ++i) {
        const QByteArray n = QByteArray::number(i);
        dataset.tables[0].append(QList<QByteArray> { n, "Name", "user" + n + "@example.com" });
    }
    ForeignProcess holder(path, QStringLiteral("BEGIN IMMEDIATE"));
    QVERIFY(holder.holds());
    RunOptions options;
    options.into = folder.path();
    options.batchRows = 1;
    options.lockTimeout = std::chrono::milliseconds(500);
    RunProgress progress;
    QElapsedTimer timer;
    timer.start();
    const auto report = run(dataset, options, progress, {});
    QVERIFY(report);
    QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(report->tables.at(0).counts.failed, 508);
}

SEEDBED_TEST(tst_ForeignLocks, QCoreApplication)
#include "tst_foreignlocks.moc"
