// SPDX-License-Identifier: MIT
#include "cli/progressline.h"
#include "quiettest.h"

using namespace seedbed;
using namespace std::chrono_literals;

class TestProgressLine final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void steps();
    void readingComesFirst();
    void bytes();
    void rows();
    void narrow_data();
    void narrow();
    void rateIsOfTheStep();
    void edges_data();
    void edges();
};

namespace {

Step inserting(qint64 done, qint64 total)
{
    return { QStringLiteral("Inserting"), Step::Unit::Rows, done, total, {} };
}

} // namespace

void TestProgressLine::steps()
{
    RunUpdate update;
    update.tables.resize(2);
    update.tables[0].read = 10;
    update.tables[0].counts.inserted = 7;
    update.tables[1].read = 20;
    update.tables[1].counts.skipped = 2;
    update.phase = RunUpdate::Phase::Checking;
    QCOMPARE(stepOf({}, update).name, QStringLiteral("Checking the databases"));
    QCOMPARE(stepOf({}, update).total, 0);

    update.phase = RunUpdate::Phase::Validating;
    update.rows = 30;
    update.validated = 4;
    QCOMPARE(stepOf({}, update).done, 4);
    QCOMPARE(stepOf({}, update).total, 30);

    update.phase = RunUpdate::Phase::Inserting;
    QCOMPARE(stepOf({}, update).done, 9);
    QCOMPARE(stepOf({}, update).total, 30);
    QCOMPARE(stepOf({}, update).remark, QString());

    update.tables[1].lockRetries = 2;
    QCOMPARE(stepOf({}, update).remark, QStringLiteral("2 waits for a lock"));
}

void TestProgressLine::readingComesFirst()
{
    ReadProgress::Snapshot reading;
    reading.states = { { ReadProgress::State::Finished, 70, 70, 1 }, { ReadProgress::State::Reading, 10, 30, 0 } };
    const Step step = stepOf(reading, {});
    QCOMPARE(step.name, QStringLiteral("Reading"));
    QCOMPARE(step.done, 80);
    QCOMPARE(step.total, 100);

    reading.states[1].state = ReadProgress::State::Finished;
    QCOMPARE(stepOf(reading, {}).name, QStringLiteral("Starting"));
}

void TestProgressLine::bytes()
{
    ProgressLine line;
    Step step { QStringLiteral("Reading"), Step::Unit::Bytes, 0, 800'000'000, {} };
    QCOMPARE(line.text(step, 100ms, 120), QStringLiteral("Reading  [....................] 0 %"));
    step.done = 410'000'000;
    QCOMPARE(line.text(step, 1100ms, 120), QStringLiteral("Reading  [##########..........] 51 %  410 MB/s  1 s left"));
}

void TestProgressLine::rows()
{
    ProgressLine line;
    (void)line.text(inserting(0, 3'000'000), 0ms, 120);
    QCOMPARE(line.text(inserting(1'000'000, 3'000'000), 1s, 120),
             QStringLiteral("Inserting  [######..............] 33 %  1,000,000 of 3,000,000 rows  1,000,000 rows/s  "
                            "2 s left"));
    Step waiting = inserting(1'000'000, 3'000'000);
    waiting.remark = QStringLiteral("2 waits for a lock");
    QCOMPARE(line.text(waiting, 200s, 120),
             QStringLiteral("Inserting  [######..............] 33 %  1,000,000 of 3,000,000 rows  5,000 rows/s  "
                            "7 min left  2 waits for a lock"));
}

void TestProgressLine::narrow_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("expected");

    const QString rest = QStringLiteral("  1 s left");
    const QString bar = QStringLiteral("Inserting  [##########..........] 50 %");
    QTest::newRow("all") << 78 << bar + QStringLiteral("  100 of 200 rows  100 rows/s") + rest;
    QTest::newRow("no count") << 60 << bar + QStringLiteral("  100 rows/s") + rest;
    QTest::newRow("its edge") << 58 << bar + rest;
    QTest::newRow("no rate") << 48 << bar + rest;
    QTest::newRow("no bar") << 47 << QStringLiteral("Inserting  50 %") + rest;
    QTest::newRow("cut") << 12 << QStringLiteral("Inserting  5");
}

void TestProgressLine::narrow()
{
    QFETCH(int, width);
    ProgressLine line;
    (void)line.text(inserting(0, 200), 0ms, width);
    QTEST(line.text(inserting(100, 200), 1s, width), "expected");
}

// Rows that were decided before the first is inserted are no speed of inserting.
void TestProgressLine::rateIsOfTheStep()
{
    ProgressLine line;
    (void)line.text({ QStringLiteral("Validating"), Step::Unit::Rows, 5, 100, {} }, 0s, 120);
    (void)line.text(inserting(900, 1000), 10s, 120);
    QVERIFY(line.text(inserting(950, 1000), 15s, 120).endsWith(QStringLiteral("10 rows/s  5 s left")));
}

void TestProgressLine::edges_data()
{
    QTest::addColumn<qint64>("done");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<QString>("expected");

    QTest::newRow("nobody knows") << qint64(0) << qint64(0) << QStringLiteral("Inserting");
    QTest::newRow("nothing yet") << qint64(0) << qint64(10)
                                 << QStringLiteral("Inserting  [....................] 0 %  0 of 10 rows");
    QTest::newRow("all but one") << qint64(999) << qint64(1000)
                                 << QStringLiteral("Inserting  [###################.] 99 %  999 of 1,000 rows  "
                                                   "500 rows/s  1 s left");
    QTest::newRow("all") << qint64(10) << qint64(10)
                         << QStringLiteral("Inserting  [####################] 100 %  10 of 10 rows  5 rows/s");
    QTest::newRow("more than all") << qint64(12) << qint64(10)
                                   << QStringLiteral("Inserting  [####################] 100 %  12 of 10 rows  "
                                                     "6 rows/s");
}

void TestProgressLine::edges()
{
    QFETCH(qint64, done);
    QFETCH(qint64, total);
    ProgressLine line;
    (void)line.text(inserting(0, total), 0s, 120);
    QTEST(line.text(inserting(done, total), 2s, 120), "expected");
}

SEEDBED_TEST(TestProgressLine, QCoreApplication)
#include "tst_progressline.moc"
