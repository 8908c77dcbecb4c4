// SPDX-License-Identifier: MIT

// A race on purpose, between workers that are driven and share things as those of insertion/ do: QtConcurrent::map on
// a pool of its own. ThreadSanitizer must report it in spite of the suppressions, and nothing with the argument
// --mended.

#include <QList>
#include <QThreadPool>
#include <QtConcurrentMap>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

int main(int argc, char *[])
{
    constexpr int workers = 10;
    const bool isMended = argc > 1;
    QThreadPool pool;
    pool.setMaxThreadCount(workers);
    QList<int> workerSlots(workers);

    int inserted = 0; // guarded by the mutex, if it is mended
    std::mutex mutex;
    std::atomic<int> waiting = workers;
    QtConcurrent::map(&pool, workerSlots, [&](int &) {
        // All begin together; that the order is relaxed makes it say nothing about what comes after.
        waiting.fetch_sub(1, std::memory_order_relaxed);
        while (waiting.load(std::memory_order_relaxed) > 0)
            std::this_thread::yield();
        for (int i = 0; i < 1000; ++i) {
            std::unique_lock lock(mutex, std::defer_lock);
            if (isMended)
                lock.lock();
            ++inserted;
        }
    }).waitForFinished();

    std::printf("%d\n", inserted);
    return 0;
}
