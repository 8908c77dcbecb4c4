// SPDX-License-Identifier: MIT
// Loops that others help with, as far as there are others.

#include "base/threadcrew.h"
#include "quiettest.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <new>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace seedbed;

class TestThreadCrew final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    // First: a stack that a thread left is taken again, whatever the limit.
    void goesOnAloneWhereThreadsAreRefused()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("NOT tested: threads that are refused, as a sanitizer's own memory is beyond every limit");
#endif
        rlimit before {};
        QCOMPARE(::getrlimit(RLIMIT_AS, &before), 0);
        rlimit none = before;
        none.rlim_cur = 1'000'000; // less than is in use: no stack can be had
        QCOMPARE(::setrlimit(RLIMIT_AS, &none), 0);
        const bool isRefused = !canStartThread();
        int done = 0; // by one thread
        ThreadCrew(3).forEachIndex(10, [&done](size_t) { ++done; });
        QCOMPARE(::setrlimit(RLIMIT_AS, &before), 0);
        QCOMPARE(done, 10);
        QVERIFY(isRefused);
        QVERIFY(canStartThread());
    }

    void everyItemOnce_data()
    {
        QTest::addColumn<int>("helpers");
        QTest::addColumn<int>("items");
        for (const int helpers : { 0, 1, 7 }) {
            for (const int items : { 0, 1, 2, 1000 })
                QTest::addRow("%d helpers, %d items", helpers, items) << helpers << items;
        }
    }

    void everyItemOnce()
    {
        QFETCH(int, helpers);
        QFETCH(int, items);
        std::vector<std::atomic<int>> times(static_cast<size_t>(items));
        ThreadCrew crew(helpers);
        crew.forEach(times, [](std::atomic<int> &count) { ++count; });
        QVERIFY(std::all_of(times.begin(), times.end(), [](const auto &count) { return count == 1; }));
    }

    // Each waits for the others: without helpers it would not end.
    void severalAtOnce()
    {
        constexpr int Threads = 4;
        std::atomic<int> inside = 0;
        ThreadCrew crew(Threads - 1);
        crew.forEachIndex(Threads, [&inside](size_t) {
            ++inside;
            while (inside < Threads)
                std::this_thread::yield();
        });
        QCOMPARE(inside.load(), Threads);
    }

    void loopsWithinLoopsShareTheHelpers()
    {
        ThreadCrew outer(2);
        ThreadCrew inner(2);
        std::mutex mutex;
        std::set<std::thread::id> now;
        std::atomic<int> done = 0;
        size_t most = 0;
        outer.forEachIndex(8, [&](size_t) {
            inner.forEachIndex(50, [&](size_t) {
                {
                    const std::scoped_lock lock(mutex);
                    now.insert(std::this_thread::get_id());
                    most = std::max(most, now.size());
                }
                ++done;
                const std::scoped_lock lock(mutex);
                now.erase(std::this_thread::get_id());
            });
        });
        QCOMPARE(done.load(), 400);
        QVERIFY(most <= 5);
    }

    void theFirstExceptionIsThrownWhenAllAreDone()
    {
        ThreadCrew crew(3);
        std::atomic<int> inside = 0;
        try {
            crew.forEachIndex(1'000'000, [&inside](size_t i) {
                ++inside;
                if (i == 10) {
                    --inside;
                    throw std::runtime_error("ten");
                }
                --inside;
            });
            QFAIL("nothing was thrown");
        } catch (const std::runtime_error &error) {
            QCOMPARE(error.what(), "ten");
        }
        QCOMPARE(inside.load(), 0);
        std::atomic<int> later = 0;
        crew.forEachIndex(10, [&later](size_t) { ++later; });
        QCOMPARE(later.load(), 10);
    }
};

SEEDBED_TEST(TestThreadCrew, NoApplication)
#include "tst_threadcrew.moc"
