// SPDX-License-Identifier: MIT
// What lanes are made of: times and pixels, sums and words, colours and patterns.

#include "gui/lanes/lanecursor.h"
#include "gui/lanes/lanelook.h"
#include "gui/lanes/laneslayout.h"
#include "gui/look/applytheme.h"
#include "gui/look/englishplurals.h"
#include "gui/look/theme.h"
#include "quiettest.h"

#include <QApplication>

#include <cmath>
#include <numeric>

using namespace seedbed;
using namespace std::chrono_literals;

namespace {

constexpr int Width = 700;

TimeAxis axisTo(Stretch::Time end)
{
    TimeAxis axis;
    axis.setWidth(Width);
    axis.setEnd(end);
    return axis;
}

Stretch stretch(WorkerState state, Stretch::Time begin, Stretch::Time end, qsizetype rows = 0)
{
    Stretch made { .begin = begin, .end = end, .rows = rows };
    made.spent[static_cast<size_t>(state)] = end - begin;
    return made;
}

// Two workers that write in turn, 10 ms each, after having been opened for 10 ms.
LaneTable inTurn()
{
    using State = WorkerState;
    LaneTable table { QStringLiteral("Users"), QStringLiteral("users.db"), {} };
    table.timeline.peakWriting = 1;
    table.timeline.workers = {
        { stretch(State::Opening, 0ms, 10ms), stretch(State::Writing, 10ms, 20ms, 100),
          stretch(State::WaitingForTurn, 20ms, 30ms), stretch(State::Writing, 30ms, 40ms, 100) },
        { stretch(State::Opening, 0ms, 10ms), stretch(State::WaitingForTurn, 10ms, 20ms),
          stretch(State::Writing, 20ms, 30ms, 100), stretch(State::WaitingForTurn, 30ms, 40ms) },
    };
    return table;
}

// WCAG 2.1, relative luminance.
double luminance(const QColor &color)
{
    const auto linear = [](float part) {
        return part <= 0.04045F ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [low, high] = std::minmax({ luminance(one), luminance(other) });
    return (high + 0.05) / (low + 0.05);
}

} // namespace

class TestLanes : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        static EnglishPlurals plurals;
        QCoreApplication::installTranslator(&plurals);
        QLocale::setDefault(QLocale::c());
    }

    void zoomKeepsTheTimeUnderThePointer_data()
    {
        QTest::addColumn<double>("x");
        QTest::newRow("left edge") << 0.0;
        QTest::newRow("somewhere") << 213.0;
        QTest::newRow("right edge") << double(Width);
    }

    void zoomKeepsTheTimeUnderThePointer()
    {
        QFETCH(double, x);
        TimeAxis axis = axisTo(7s);
        const auto there = axis.timeAt(x);
        for (int step = 0; step < 12; ++step) {
            axis.zoom(1.5, x);
            QVERIFY(std::abs(axis.x(there) - x) < 0.01);
        }
        QVERIFY(!axis.isFitted());
        QVERIFY(axis.visible() < 70ms);
        for (int step = 0; step < 20; ++step)
            axis.zoom(1 / 1.5, x);
        QVERIFY(axis.isFitted());
        QCOMPARE(axis.left(), Stretch::Time(0));
        QCOMPARE(axis.timeAt(Width), Stretch::Time(7s));
    }

    void nothingBesidesTheRunIsShown()
    {
        TimeAxis axis = axisTo(1s);
        axis.zoom(10, 0);
        axis.scrollTo(5s);
        QCOMPARE(axis.timeAt(Width), Stretch::Time(1s));
        axis.scrollTo(-5s);
        QCOMPARE(axis.left(), Stretch::Time(0));
    }

    void whatGrowsIsFollowed()
    {
        TimeAxis axis = axisTo(1s);
        axis.setEnd(2s);
        QCOMPARE(axis.timeAt(Width), Stretch::Time(2s)); // all, as before
        axis.zoom(10, Width);
        axis.setEnd(3s);
        QCOMPARE(axis.timeAt(Width), Stretch::Time(3s)); // the end, as before
        QCOMPARE(axis.visible(), Stretch::Time(200ms));
        axis.scrollTo(100ms);
        axis.setEnd(4s);
        QCOMPARE(axis.left(), Stretch::Time(100ms));
    }

    void ticksAreRound_data()
    {
        QTest::addColumn<Stretch::Time>("end");
        QTest::addColumn<QString>("labels");
        QTest::newRow("microseconds") << Stretch::Time(90us) << QStringLiteral("0 µs, 20 µs, 40 µs, 60 µs, 80 µs");
        QTest::newRow("milliseconds") << Stretch::Time(1234us)
                                      << QStringLiteral("0.0 ms, 0.2 ms, 0.4 ms, 0.6 ms, 0.8 ms, 1.0 ms, 1.2 ms");
        QTest::newRow("a second") << Stretch::Time(1s) << QStringLiteral("0.0 s, 0.2 s, 0.4 s, 0.6 s, 0.8 s, 1.0 s");
        QTest::newRow("minutes") << Stretch::Time(300s)
                                 << QStringLiteral("0 s, 50 s, 100 s, 150 s, 200 s, 250 s, 300 s");
    }

    void ticksAreRound()
    {
        QFETCH(Stretch::Time, end);
        QFETCH(QString, labels);
        QStringList found;
        for (const TimeAxis::Tick &tick : axisTo(end).ticks(90))
            found.append(tick.label);
        QCOMPARE(found.join(QLatin1String(", ")), labels);
    }

    void durationsHaveThreeDigits()
    {
        QCOMPARE(durationText(850us), QStringLiteral("850 µs"));
        QCOMPARE(durationText(12345us), QStringLiteral("12.3 ms"));
        QCOMPARE(durationText(1254ms), QStringLiteral("1.25 s"));
        QCOMPARE(durationText(0us), QStringLiteral("0.00 µs"));
    }

    void columnsHoldAllThatWasDone()
    {
        const LaneTable table = inTurn();
        const TimeAxis axis = axisTo(40ms);
        std::vector<LaneColumn> columns(Width);
        for (const QList<Stretch> &worker : table.timeline.workers)
            addTo(columns, worker, axis);
        double rows = 0;
        double writing = 0;
        for (const LaneColumn &column : columns) {
            rows += column.rows;
            writing += column.shares[static_cast<size_t>(WorkerState::Writing)];
            QVERIFY(column.shares[static_cast<size_t>(WorkerState::Writing)] < 1.001);
        }
        QVERIFY(std::abs(rows - 300) < 1e-6);
        QVERIFY(std::abs(writing - 0.75 * Width) < 1e-6);

        TimeAxis part = axis;
        part.zoom(8, 0.5 * Width); // 17.5 to 22.5 ms
        std::vector<LaneColumn> seen(Width);
        addTo(seen, table.timeline.workers.first(), part);
        QVERIFY(std::abs(seen.front().shares[static_cast<size_t>(WorkerState::Writing)] - 1) < 1e-6);
        QVERIFY(std::abs(seen.back().shares[static_cast<size_t>(WorkerState::WaitingForTurn)] - 1) < 1e-6);
    }

    void whatIsBetweenTwoTimes()
    {
        const QList<Stretch> worker = inTurn().timeline.workers.first();
        QCOMPARE(stretchBetween(worker, 12ms, 13ms)->state(), WorkerState::Writing);
        QCOMPARE(stretchBetween(worker, 12ms, 13ms)->begin, Stretch::Time(10ms));
        QVERIFY(!stretchBetween(worker, 40ms, 50ms));
        const auto several = stretchBetween(worker, 15ms, 35ms);
        QVERIFY(!several->state());
        QCOMPARE(several->rows, 200);
        QCOMPARE(several->length(), Stretch::Time(30ms));
    }

    void keysStepThroughTheLanes()
    {
        using Step = LaneCursor::Step;
        const QList<LaneTable> tables { LaneTable {}, inTurn(), inTurn() };
        const LaneCursor first { { 1, 0 }, 0ms };
        QCOMPARE(placesOf(tables), QList<LanePlace>({ { 1, 0 }, { 1, 1 }, { 2, 0 }, { 2, 1 } }));
        const auto after = [&tables](LaneCursor cursor, const QList<Step> &steps, Stretch::Time least = 1us) {
            for (const Step step : steps)
                cursor = stepped(tables, cursor, step, least);
            return cursor;
        };
        QCOMPARE(after(first, { Step::Up, Step::Back }), first);
        QCOMPARE(after(first, { Step::Down }), LaneCursor({ 1, 1 }, 0ms));
        QCOMPARE(after(first, { Step::Down, Step::Down, Step::On, Step::Up }), LaneCursor({ 1, 1 }, 10ms));
        QCOMPARE(after(first, { Step::Down, Step::Down, Step::Down, Step::Down }), LaneCursor({ 2, 1 }, 0ms));
        QCOMPARE(after(first, { Step::On, Step::On, Step::On, Step::On, Step::On }), LaneCursor({ 1, 0 }, 30ms));
        QCOMPARE(after(first, { Step::On, Step::On, Step::Back }), LaneCursor({ 1, 0 }, 10ms));
        QCOMPARE(after(first, { Step::On }, 15ms), LaneCursor({ 1, 0 }, 20ms)); // what is too short is passed over
        QCOMPARE(after({ { 1, 0 }, 30ms }, { Step::Back }, 15ms), LaneCursor({ 1, 0 }, 10ms));
        QCOMPARE(stretchAt(tables, { { 1, 1 }, 25ms })->state(), WorkerState::Writing);
        QVERIFY(!stretchAt(tables, { { 1, 1 }, 40ms }));
    }

    void tipsSayWhoseWhatAndHowLong()
    {
        const LaneTable table = inTurn();
        const QList<Stretch> &worker = table.timeline.workers.at(1);
        QCOMPARE(tipOf(table, 1, worker.at(1)),
                 QStringLiteral("Users → users.db · worker 2\nWaiting for its turn\nfrom 10.0 ms, for 10.0 ms"));
        QCOMPARE(tipOf(table, 1, worker.at(2)),
                 QStringLiteral("Users → users.db · worker 2\nWriting\nfrom 20.0 ms, for 10.0 ms\n100 rows inserted"));
        QCOMPARE(tipOf(table, 1, *stretchBetween(worker, 15ms, 25ms)),
                 QStringLiteral("Users → users.db · worker 2\n10.0 ms waiting for its turn\n10.0 ms writing\n"
                                "from 10.0 ms, for 20.0 ms\n100 rows inserted"));
    }

    void findingsAreCounted()
    {
        LaneTable table = inTurn();
        QCOMPARE(findingOf(table),
                 QStringLiteral("one connection wrote at a time · 38 % writing, 38 % waiting for their turn, "
                                "25 % opening"));
        QCOMPARE(findingOf(QList<LaneTable> { table, table }),
                 QStringLiteral("One connection per file wrote at a time; workers spent their time 38 % writing, "
                                "38 % waiting for their turn, 25 % opening."));
        table.timeline.workers[0].append(stretch(WorkerState::WaitingForParents, 40ms, 120ms));
        QCOMPARE(findingOf(table),
                 QStringLiteral("one connection wrote at a time · 19 % writing, 50 % waiting for parents, "
                                "19 % for their turn, 13 % opening"));
        table.timeline.peakWriting = 2;
        QVERIFY(findingOf(QList<LaneTable> { table }).startsWith(QLatin1String("Up to 2 connections per file wrote")));
        QVERIFY(findingOf(QList<LaneTable> { LaneTable {} }).isEmpty());
    }

    void statesCanBeTold_data()
    {
        QTest::addColumn<ThemeChoice>("theme");
        QTest::newRow("light") << ThemeChoice::Light;
        QTest::newRow("dark") << ThemeChoice::Dark;
    }

    void statesCanBeTold()
    {
        QFETCH(ThemeChoice, theme);
        applyTheme(theme);
        QSet<QRgb> colors;
        QSet<QByteArray> patterns;
        for (const WorkerState state : LaneOrder) {
            QVERIFY(contrast(laneColor(state), QApplication::palette().color(QPalette::Base)) >= 3);
            colors.insert(laneColor(state).rgb());
            const QImage shape = laneSample(state, 24, 12).createAlphaMask(); // without its colour
            patterns.insert(QByteArray(reinterpret_cast<const char *>(shape.constBits()), shape.sizeInBytes()));
        }
        QCOMPARE(colors.size(), qsizetype(WorkerStateCount));
        QCOMPARE(patterns.size(), qsizetype(WorkerStateCount));
    }

    void aColumnIsFilledFromBelow()
    {
        applyTheme(ThemeChoice::Light);
        LaneColumn column;
        column.shares[static_cast<size_t>(WorkerState::Writing)] = 0.001; // still to be seen
        column.shares[static_cast<size_t>(WorkerState::WaitingForParents)] = 0.5;
        const QImage image = laneImage({ column }, 10);
        QCOMPARE(image.pixelColor(0, 9), laneColor(WorkerState::Writing));
        QCOMPARE(image.pixelColor(0, 8), laneColor(WorkerState::WaitingForParents));
        QCOMPARE(image.pixelColor(0, 5), laneColor(WorkerState::WaitingForParents));
        QCOMPARE(image.pixelColor(0, 4).alpha(), 0); // between two states: the ground
    }

    void lanesFollowEachOther()
    {
        const LanesLayout layout({ 10, 0, 2 }, 500);
        QCOMPARE(layout.laneAt(layout.lane({ 0, 3 }).center().y()), (LanePlace { 0, 3 }));
        QCOMPARE(layout.laneAt(layout.lane({ 2, 1 }).center().y()), (LanePlace { 2, 1 }));
        QVERIFY(!layout.laneAt(layout.header(1).center().y()));
        QVERIFY(!layout.laneAt(layout.chart(2).center().y()));
        QVERIFY(layout.lane({ 0, 9 }).bottom() < layout.chart(0).top());
        QVERIFY(layout.chart(0).bottom() < layout.header(1).top());
        QVERIFY(layout.lane({ 0, 0 }).height() >= 10);
        QVERIFY(layout.chart(2).bottom() < layout.height());
    }
};

SEEDBED_TEST(TestLanes, QApplication)
#include "tst_lanes.moc"
