// SPDX-License-Identifier: MIT
// Turns at a file: one at a time, first come first served, given back on a stop.

#include "insertion/sqlite/writegate.h"
#include "quiettest.h"

#include <QList>
#include <QThreadPool>
#include <QtConcurrent/QtConcurrentMap>

#include <algorithm>
#include <atomic>

using namespace seedbed;

class tst_WriteGate final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void oneAtATime();
    void everybodyHasTheSameShare();
    void stopGivesThePlaceBack();
};

void tst_WriteGate::oneAtATime()
{
    WriteGate gate;
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    int unguarded = 0; // a race if the gate lets two in
    QList<int> workers(10, 0);
    QThreadPool pool;
    pool.setMaxThreadCount(10);
    QtConcurrent::blockingMap(&pool, workers, [&](int &) {
        for (int i = 0; i < 200; ++i) {
            const WriteGate::Turn turn = gate.enter({});
            most = std::max(most.load(), ++inside);
            ++unguarded;
            --inside;
        }
    });
    QCOMPARE(most.load(), 1);
    QCOMPARE(unguarded, 2000);
}

void tst_WriteGate::everybodyHasTheSameShare()
{
    WriteGate gate;
    constexpr int Workers = 10;
    constexpr int Turns = 5000;
    std::atomic<int> left = Turns;
    std::atomic<int> arrived = 0;
    QList<int> counts(Workers, 0);
    QThreadPool pool;
    pool.setMaxThreadCount(Workers);
    QFuture<void> working;
    {
        // Nobody begins before all have come to the gate.
        const WriteGate::Turn turn = gate.enter({});
        working = QtConcurrent::map(&pool, counts, [&](int &count) {
            ++arrived;
            while (left > 0) {
                const WriteGate::Turn mine = gate.enter({});
                --left;
                ++count;
            }
        });
        QTRY_COMPARE(arrived.load(), Workers);
    }
    working.waitForFinished();
    const auto [least, most] = std::minmax_element(counts.cbegin(), counts.cend());
    QVERIFY2(*most <= 2 * *least, qPrintable(QStringLiteral("%1 against %2").arg(*most).arg(*least)));
}

void tst_WriteGate::stopGivesThePlaceBack()
{
    WriteGate gate;
    std::stop_source stop;
    std::atomic<int> without = 0;
    QList<int> workers(3, 0);
    QThreadPool pool;
    pool.setMaxThreadCount(3);
    QFuture<void> waiting;
    {
        const WriteGate::Turn turn = gate.enter({});
        QVERIFY(turn);
        waiting = QtConcurrent::map(&pool, workers, [&](int &) {
            if (!gate.enter(stop.get_token()))
                ++without;
        });
        stop.request_stop();
        waiting.waitForFinished();
        QCOMPARE(without.load(), 3);
    }
    QVERIFY(gate.enter({}));
}

QTEST_GUILESS_MAIN(tst_WriteGate)
#include "tst_writegate.moc"
