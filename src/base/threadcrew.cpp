// SPDX-License-Identifier: MIT
#include "base/threadcrew.h"

#include <mutex>
#include <vector>

namespace seedbed {

// One loop, in the thread that called.
class ThreadCrew::Loop final
{
public:
    Loop(std::atomic<int> &freeHelpers, std::size_t count, const std::function<void(std::size_t)> &work)
        : m_freeHelpers(freeHelpers)
        , m_count(count)
        , m_work(work)
    {
    }
    Q_DISABLE_COPY_MOVE(Loop)

    void run()
    {
        for (std::size_t i = m_next++; i < m_count; i = m_next++) {
            recruit(); // one may have become free
            workOn(i);
        }
        m_helpers.clear(); // each is waited for
        if (m_error)
            std::rethrow_exception(m_error);
    }

private:
    void recruit() noexcept
    {
        while (!m_isRefused && m_next < m_count) {
            int available = m_freeHelpers;
            while (available > 0 && !m_freeHelpers.compare_exchange_weak(available, available - 1)) { }
            if (available <= 0)
                return;
            if (!addHelper()) {
                m_isRefused = true;
                ++m_freeHelpers;
            }
        }
    }

    bool addHelper() noexcept
    {
        try {
            m_helpers.emplace_back([this] {
                for (std::size_t i = m_next++; i < m_count; i = m_next++)
                    workOn(i);
                ++m_freeHelpers;
            });
            return true;
        } catch (const std::exception &) { // no thread, or no memory for one
            return false;
        }
    }

    void workOn(std::size_t i) noexcept
    {
        try {
            m_work(i);
        } catch (...) {
            m_next = m_count;
            const std::scoped_lock lock(m_mutex);
            if (!m_error)
                m_error = std::current_exception();
        }
    }

    std::atomic<int> &m_freeHelpers;
    const std::size_t m_count;
    const std::function<void(std::size_t)> &m_work;
    std::atomic<std::size_t> m_next = 0;
    bool m_isRefused = false;
    std::mutex m_mutex; // guards the error
    std::exception_ptr m_error;
    std::vector<std::jthread> m_helpers; // the last member: they use the others
};

void ThreadCrew::forEachIndex(std::size_t count, const std::function<void(std::size_t)> &work)
{
    Loop(m_free, count, work).run();
}

} // namespace seedbed
