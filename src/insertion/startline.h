// SPDX-License-Identifier: MIT
#pragma once

// Where the workers of a table meet before each begins its first insertion.

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace seedbed {

/// Lets nobody pass until all are there, or a stop is asked.
/// Thread: any; one mutex guards the count.
class StartLine final
{
public:
    /// How many are awaited. To be called before anyone arrives.
    void expect(int count)
    {
        const std::scoped_lock lock(m_mutex);
        m_missing = count;
    }

    /// One is there, and does not wait for the others. Never throws.
    void arrive() noexcept
    {
        {
            const std::scoped_lock lock(m_mutex);
            --m_missing;
        }
        m_moved.notify_all();
    }

    /// One is there, and waits for the others.
    void arriveAndWait(const std::stop_token &stop)
    {
        arrive();
        std::unique_lock lock(m_mutex);
        (void)m_moved.wait(lock, stop, [this] { return m_missing <= 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_moved;
    int m_missing = 0;
};

} // namespace seedbed
