// SPDX-License-Identifier: MIT
// The lanes in the real window: what they show of a run, how they are zoomed, and that they rest while nobody looks.

#include "gui/lanes/lanesarea.h"
#include "gui/program.h"
#include "insertion/databases.h"
#include "quiettest.h"

#include <QApplication>
#include <QHelpEvent>
#include <QScrollBar>
#include <QTabWidget>
#include <QToolButton>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>

using namespace seedbed;

namespace {

constexpr int Workers = 10;

/// Counts how often a widget is painted.
class PaintCounter final : public QObject
{
public:
    using QObject::QObject;
    [[nodiscard]] int count() const { return m_count; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        m_count += event->type() == QEvent::Paint ? 1 : 0;
        return QObject::eventFilter(watched, event);
    }

private:
    int m_count = 0;
};

/// A base, so that it goes after the program, which may still be reading there.
struct Databases {
    QTemporaryDir folder;
};

/// The program with its lanes.
struct LanesProgram : private Databases, Program {
    explicit LanesProgram(const Dataset &dataset)
        : Program(dataset, Databases::folder.path())
    {
    }

    LanesArea *area() { return find<LanesArea>(QStringLiteral("lanesArea")); }
    QString finding() { return find<ElidedLabel>(QStringLiteral("findingLabel"))->text(); }
    void showLanes()
    {
        auto *tabs = find<QTabWidget>(QStringLiteral("resultTabs"));
        tabs->setCurrentWidget(find<QWidget>(QStringLiteral("lanesView")));
    }
    bool run()
    {
        trigger(QStringLiteral("runAction"));
        return QTest::qWaitFor([this] { return !isRunning(); }, 60000);
    }
    QString path(const QString &database) { return Databases::folder.filePath(database); }
};

QString toolTipAt(LanesArea *area, const QPoint &point)
{
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()"); // offscreen, of a new tooltip
    QHelpEvent event(QEvent::ToolTip, point, area->viewport()->mapToGlobal(point));
    QApplication::sendEvent(area->viewport(), &event);
    return QToolTip::text();
}

void wheel(LanesArea *area, const QPointF &point, int notches, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(point, area->viewport()->mapToGlobal(point), {}, { 0, 120 * notches }, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(area->viewport(), &event);
}

} // namespace

class TestLanesView : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void saysWhatToDoBefore()
    {
        LanesProgram program(sampleDataset());
        program.showLanes();
        QVERIFY(program.area()->tables().isEmpty());
        QVERIFY(program.finding().isEmpty());
        QVERIFY(!program.find<QToolButton>(QStringLiteral("zoomInButton"))->isEnabled());
    }

    void aLaneForEveryWorker()
    {
        LanesProgram program(manyRows(500));
        program.showLanes();
        QVERIFY(program.run());
        const QList<LaneTable> &tables = program.area()->tables();
        QCOMPARE(tables.size(), 3);
        QCOMPARE(tables.first().database, QStringLiteral("users.db"));
        const QList<qsizetype> inserted { 500, 450, 450 };
        for (const int table : { Users, Products, Orders }) {
            QCOMPARE(tables.at(table).timeline.workers.size(), Workers);
            QList<Stretch> writing;
            for (const QList<Stretch> &worker : tables.at(table).timeline.workers) {
                std::copy_if(worker.cbegin(), worker.cend(), std::back_inserter(writing),
                             [](const Stretch &s) { return s.state() == WorkerState::Writing; });
            }
            std::sort(writing.begin(), writing.end(),
                      [](const Stretch &a, const Stretch &b) { return a.begin < b.begin; });
            qsizetype rows = 0;
            for (qsizetype i = 0; i < writing.size(); ++i) {
                rows += writing.at(i).rows;
                QVERIFY(i == 0 || writing.at(i - 1).end <= writing.at(i).begin);
            }
            QCOMPARE(rows, inserted.at(table));
        }
        QVERIFY2(program.finding().startsWith(QLatin1String("One connection per file wrote at a time; workers spent ")),
                 qPrintable(program.finding()));
        QCOMPARE(program.finding(), findingOf(tables));
    }

    void tipsAreOfThePlace()
    {
        LanesProgram program(manyRows(500));
        program.showLanes();
        QVERIFY(program.run());
        LanesArea *area = program.area();
        const QList<QList<Stretch>> &workers = area->tables().first().timeline.workers;
        const auto isWriting = [](const Stretch &stretch) { return stretch.state() == WorkerState::Writing; };
        // Which of the workers write is as it happens: the last one that did.
        const auto wrote = std::find_if(workers.crbegin(), workers.crend(), [&isWriting](const QList<Stretch> &worker) {
            return std::any_of(worker.cbegin(), worker.cend(), isWriting);
        });
        QVERIFY(wrote != workers.crend());
        const auto writes = std::find_if(wrote->cbegin(), wrote->cend(), isWriting);
        const auto number = std::distance(wrote, workers.crend()) - 1;
        // So near that a pixel is less than what it shows.
        const auto middle = writes->begin + writes->length() / 2;
        for (int step = 0; step < 12; ++step)
            wheel(area, { LanesLayout::Gutter + area->axis().x(middle), 40 }, 1, Qt::ControlModifier);
        const QPoint point(LanesLayout::Gutter + static_cast<int>(area->axis().x(middle)),
                           area->laneRect({ Users, number }).center().y());
        const QString tip = toolTipAt(area, point);
        for (const QString &part :
             { QStringLiteral("Users → users.db · worker %1").arg(number + 1), QStringLiteral("Writing"),
               QStringLiteral("from %1, for %2").arg(durationText(writes->begin), durationText(writes->length())),
               QStringLiteral("%1 rows inserted").arg(writes->rows) })
            QVERIFY2(tip.contains(part), qPrintable(tip + QLatin1String(" / ") + part));
        QVERIFY(area->tipAt({ 10, point.y() }).isEmpty()); // the number of the worker
    }

    void keysGoThroughWhatWasDone()
    {
        LanesProgram program(manyRows(500));
        program.showLanes();
        LanesArea *area = program.area();
        QTest::keyClick(area, Qt::Key_Down); // there is nothing yet
        QVERIFY(!area->cursor());
        QVERIFY(program.run());
        area->setFocus();
        const auto press = [area](Qt::Key key) { QTest::keyClick(area, key); };
        QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()"); // offscreen, of a new tooltip
        press(Qt::Key_Down);
        QCOMPARE(area->cursor()->place, (LanePlace { Users, 0 }));
        for (int lane = 0; lane < 2 * Workers + 3; ++lane)
            press(Qt::Key_Down);
        QCOMPARE(area->cursor()->place, (LanePlace { Orders, 3 }));
        QVERIFY(area->viewport()->rect().contains(area->laneRect(area->cursor()->place)));
        press(Qt::Key_Right);
        const QString tip = QToolTip::text();
        QVERIFY2(tip.contains(QStringLiteral("Orders → orders.db · worker 4")), qPrintable(tip));
        QVERIFY(tip.contains(durationText(stretchAt(area->tables(), *area->cursor())->begin)));
        const auto there = area->cursor()->time;
        press(Qt::Key_Right);
        const auto further = area->cursor()->time;
        QVERIFY(further > there);
        press(Qt::Key_Left);
        QVERIFY(area->cursor()->time < further);
        for (int step = 0; step < 12; ++step)
            press(Qt::Key_Plus);
        area->horizontalScrollBar()->setValue(area->horizontalScrollBar()->maximum());
        press(Qt::Key_Left);
        const double x = area->axis().x(area->cursor()->time);
        QVERIFY(x >= 0 && x < area->axis().width()); // what the keyboard is at is shown
    }

    void zoomKeepsTheTimeUnderThePointer()
    {
        LanesProgram program(manyRows(200));
        program.showLanes();
        QVERIFY(program.run());
        LanesArea *area = program.area();
        QVERIFY(area->axis().isFitted());
        QVERIFY(area->horizontalScrollBar()->maximum() == 0);
        const double x = 300;
        const auto there = area->axis().timeAt(x - LanesLayout::Gutter);
        for (int step = 0; step < 4; ++step)
            wheel(area, { x, 60 }, 1, Qt::ControlModifier);
        QVERIFY(std::abs(area->axis().x(there) + LanesLayout::Gutter - x) < 1);
        QVERIFY(area->axis().visible() < area->axis().end() / 4);
        QVERIFY(area->horizontalScrollBar()->maximum() > 0);

        // A drag moves what is under the mouse, the bar what is shown.
        QTest::mousePress(area->viewport(), Qt::LeftButton, {}, { 300, 60 });
        QTest::mouseMove(area->viewport(), { 340, 60 });
        QTest::mouseRelease(area->viewport(), Qt::LeftButton, {}, { 340, 60 });
        QVERIFY(std::abs(area->axis().x(there) + LanesLayout::Gutter - 340) < 1.5);
        area->horizontalScrollBar()->setValue(0);
        QCOMPARE(area->axis().left(), Stretch::Time(0));
        QTest::keyClick(area, Qt::Key_End);
        QVERIFY(area->axis().left() > Stretch::Time(0));

        area->setFocus();
        const auto before = area->axis().visible();
        QTest::keyClick(area, Qt::Key_Minus);
        QVERIFY(area->axis().visible() > before);
        QTest::keyClick(area, Qt::Key_Plus);
        QTest::keyClick(area, Qt::Key_Plus);
        QVERIFY(area->axis().visible() < before);
        QTest::mouseClick(program.find<QToolButton>(QStringLiteral("fitButton")), Qt::LeftButton);
        QVERIFY(area->axis().isFitted());
        QVERIFY(!program.find<QToolButton>(QStringLiteral("zoomOutButton"))->isEnabled());
    }

    void restsWhileHidden()
    {
        LanesProgram program(manyRows(2000));
        LanesArea *area = program.area();
        PaintCounter paints;
        area->viewport()->installEventFilter(&paints);
        QVERIFY(!area->isVisible());
        QVERIFY(program.run());
        QVERIFY(area->tables().isEmpty());
        QCOMPARE(paints.count(), 0);
        program.showLanes();
        QCOMPARE(area->tables().size(), 3); // it looks when it is looked at
        QTRY_VERIFY(paints.count() > 0);
    }

    void followsARun()
    {
        LanesProgram program(manyRows(100));
        QVERIFY(execute(program.path(QStringLiteral("users.db")),
                        { QStringLiteral("PRAGMA journal_mode=WAL"),
                          QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)") }));
        ForeignProcess holder(program.path(QStringLiteral("users.db")), QStringLiteral("BEGIN IMMEDIATE"));
        QVERIFY(holder.holds());
        program.showLanes();
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY2(program.finding().contains(QLatin1String("for another program's lock")),
                     qPrintable(program.headline()));
        QTRY_VERIFY(program.finding().contains(QLatin1String("for parents")));
        QVERIFY(program.isRunning());
        holder.release();
        QTRY_VERIFY(!program.isRunning());
        program.document.setDataset(sampleDataset()); // another package: what ran is not of it
        QVERIFY(program.area()->tables().isEmpty());
    }
};

SEEDBED_TEST(TestLanesView, QApplication)
#include "tst_lanesview.moc"
