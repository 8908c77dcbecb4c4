// SPDX-License-Identifier: MIT
// Turns at a file: one at a time, in the order of their numbers, given back on a stop.

#include "insertion/sqlite/writegate.h"
#include "quiettest.h"

#include <QList>
#include <QThreadPool>
#include <QtConcurrent/QtConcurrentMap>

#include <algorithm>
#include <atomic>
#include <mutex>

using namespace seedbed;

class tst_WriteGate final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void oneAtATime();
    void turnsAreInOrder();
    void skippedNumbersAreNotWaitedFor();
    void stopGivesThePlaceBack();
};

void tst_WriteGate::oneAtATime()
{
    WriteGate gate;
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    int unguarded = 0; // a race if the gate lets two in
    QList<int> workers(10, 0);
    std::atomic<qsizetype> next = 0;
    QThreadPool pool;
    pool.setMaxThreadCount(10);
    QtConcurrent::blockingMap(&pool, workers, [&](int &) {
        for (int i = 0; i < 200; ++i) {
            const WriteGate::Turn turn = gate.enter(next++, {});
            most = std::max(most.load(), ++inside);
            ++unguarded;
            --inside;
        }
    });
    QCOMPARE(most.load(), 1);
    QCOMPARE(unguarded, 2000);
}

void tst_WriteGate::turnsAreInOrder()
{
    WriteGate gate;
    constexpr int Workers = 10;
    // The first number comes last: nobody may pass before.
    QList<qsizetype> numbers;
    for (qsizetype number = Workers - 1; number > 0; --number)
        numbers.append(number);
    std::mutex mutex;
    QList<qsizetype> order;
    std::atomic<int> arrived = 0;
    QThreadPool pool;
    pool.setMaxThreadCount(Workers);
    QFuture<void> working = QtConcurrent::map(&pool, numbers, [&](qsizetype &number) {
        ++arrived;
        const WriteGate::Turn mine = gate.enter(number, {});
        const std::scoped_lock lock(mutex);
        order.append(number);
    });
    QTRY_COMPARE(arrived.load(), Workers - 1);
    {
        const std::scoped_lock lock(mutex);
        QVERIFY(order.isEmpty());
    }
    QVERIFY(gate.enter(0, {}));
    working.waitForFinished();
    QCOMPARE(order, (QList<qsizetype> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }));
}

void tst_WriteGate::skippedNumbersAreNotWaitedFor()
{
    WriteGate gate;
    gate.skip(1);
    gate.skip(0);
    gate.skip(3);
    QVERIFY(gate.enter(2, {}));
    QVERIFY(gate.enter(4, {}));
}

void tst_WriteGate::stopGivesThePlaceBack()
{
    WriteGate gate;
    std::stop_source stop;
    std::atomic<int> without = 0;
    std::atomic<qsizetype> next = 1;
    QList<int> workers(3, 0);
    QThreadPool pool;
    pool.setMaxThreadCount(3);
    QFuture<void> waiting;
    {
        const WriteGate::Turn turn = gate.enter(0, {});
        QVERIFY(turn);
        waiting = QtConcurrent::map(&pool, workers, [&](int &) {
            if (!gate.enter(next++, stop.get_token()))
                ++without;
        });
        stop.request_stop();
        waiting.waitForFinished();
        QCOMPARE(without.load(), 3);
    }
    QVERIFY(gate.enter(4, {}));
}

SEEDBED_TEST(tst_WriteGate, QCoreApplication)
#include "tst_writegate.moc"
