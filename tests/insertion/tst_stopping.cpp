// SPDX-License-Identifier: MIT
// A stop is answered soon, whatever is under way over many rows, and the next run completes what was begun.

#include "databases.h"
#include "insertion/inserter.h"
#include "quiettest.h"
#include "rows/readprogress.h"

#include <QDir>
#include <QTemporaryDir>

#include <chrono>
#include <functional>
#include <thread>

using namespace seedbed;

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int Rows = 20'000;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr Milliseconds Limit { 2000 };
#else
constexpr Milliseconds Limit { 200 };
#endif

Dataset largeShop()
{
    Dataset shop = sampleDataset();
    shop.tables = { seedbed::Table(3), seedbed::Table(3), seedbed::Table(4) };
    for (int row = 1; row <= Rows; ++row) {
        const QByteArray id = QByteArray::number(row);
        const QByteArray other = QByteArray::number(1 + (row * 7919LL) % Rows);
        shop.tables[0].append(QList<QByteArray> { id, "Somebody", "user" + id + "@example.com" });
        shop.tables[1].append(QList<QByteArray> { id, "Something", "9.50" });
        shop.tables[2].append(QList<QByteArray> { id, other, id, "1" });
    }
    return shop;
}

/// How long \a work took to end after a stop that is asked \a after its start; nothing if it had ended before.
std::optional<Milliseconds> answerTo(Milliseconds after, const std::function<void(const std::stop_token &)> &work)
{
    std::stop_source stop;
    std::optional<Clock::time_point> asked;
    std::jthread asker([&](const std::stop_token &isOver) {
        const auto end = Clock::now() + after;
        while (Clock::now() < end && !isOver.stop_requested())
            std::this_thread::sleep_for(Milliseconds(0.5));
        if (isOver.stop_requested())
            return;
        asked = Clock::now();
        stop.request_stop();
    });
    work(stop.get_token());
    const Clock::time_point end = Clock::now();
    asker.request_stop();
    asker.join();
    return asked && *asked < end ? std::optional<Milliseconds>(end - *asked) : std::nullopt;
}

} // namespace

class tst_Stopping final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void reading();
    void running_data();
    void running();

private:
    [[nodiscard]] Result<RunReport> runInto(const QString &folder, const std::stop_token &stop = {});

    Dataset m_shop;
    QTemporaryDir m_package;
    Milliseconds m_readingTime { 0 };
    Milliseconds m_runTime { 0 };
};

Result<RunReport> tst_Stopping::runInto(const QString &folder, const std::stop_token &stop)
{
    RunProgress progress;
    RunOptions options;
    options.into = folder;
    return run(m_shop, options, progress, stop);
}

void tst_Stopping::initTestCase()
{
    prepareDatabaseDrivers();
    m_shop = largeShop();
    QVERIFY(saveDatasetAs(m_shop, m_package.path()));
    auto begin = Clock::now();
    QVERIFY(readDataset(m_package.path()));
    m_readingTime = Clock::now() - begin;
    const QTemporaryDir folder;
    begin = Clock::now();
    const auto report = runInto(folder.path());
    m_runTime = Clock::now() - begin;
    QVERIFY(report);
    QCOMPARE(report->totals().inserted, 3 * Rows);
}

void tst_Stopping::reading()
{
    int answers = 0;
    for (const double share : { 0.1, 0.3, 0.5, 0.7 }) {
        Result<Dataset> dataset;
        const auto time = answerTo(share * m_readingTime, [&](const std::stop_token &stop) {
            dataset = readDataset(m_package.path(), nullptr, stop);
        });
        if (!time)
            continue; // it was quicker this time
        ++answers;
        QVERIFY2(*time < Limit, QByteArray::number(time->count()));
        QVERIFY(dataset || dataset.error().kind == Error::Kind::Stopped);
    }
    QVERIFY(answers > 0);
}

void tst_Stopping::running_data()
{
    QTest::addColumn<double>("share");
    for (const double share : { 0.1, 0.3, 0.5, 0.7, 0.9 })
        QTest::addRow("after %.2f of it", share) << share;
}

void tst_Stopping::running()
{
    QFETCH(double, share);
    constexpr int Tries = 3; // a machine that is busy with something else makes a try slower, and none quicker
    Milliseconds quickest { 1e9 };
    for (int i = 0; i < Tries && quickest >= Limit; ++i) {
        const QTemporaryDir folder;
        Result<RunReport> report;
        const auto time =
            answerTo(share * m_runTime, [&](const std::stop_token &stop) { report = runInto(folder.path(), stop); });
        QVERIFY(report);
        QVERIFY(report->isBalanced());
        QVERIFY(report->auditFindings.isEmpty());
        quickest = std::min(quickest, time.value_or(Milliseconds(0)));
        for (const TableReport &table : report->tables) {
            const QString path = QDir(folder.path()).filePath(table.database);
            if (table.counts.inserted > 0)
                QCOMPARE(ask(path, QStringLiteral("SELECT count(*) FROM ") + table.table),
                         QStringList { QString::number(table.counts.inserted) });
            QCOMPARE(table.counts.inserted + table.counts.cancelled, Rows);
        }
        const auto again = runInto(folder.path());
        QVERIFY(again);
        QCOMPARE(again->outcome, RunReport::Outcome::Completed);
        QCOMPARE(again->totals().unchanged, report->totals().inserted);
        QCOMPARE(again->totals().inserted, 3 * Rows - report->totals().inserted);
    }
    QVERIFY2(quickest < Limit, QByteArray::number(quickest.count()));
}

SEEDBED_TEST(tst_Stopping, QCoreApplication)
#include "tst_stopping.moc"
