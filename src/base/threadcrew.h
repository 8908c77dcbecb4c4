// SPDX-License-Identifier: MIT
#pragma once

// Threads that the system may refuse: whoever has work for several goes on with those there are. QThreadPool cannot be
// used for that: a thread that it could not start is waited for ever.

#include <QtGlobal>

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <iterator>
#include <optional>
#include <thread>
#include <utility>

namespace seedbed {

/// Starts \a work in a thread of its own, which no exception may leave. Nothing where the system refuses one.
template <typename Work>
[[nodiscard]] std::optional<std::jthread> startThread(Work work)
{
    try {
        return std::jthread(std::move(work));
    } catch (const std::exception &) { // no thread, or no memory for one
        return std::nullopt;
    }
}

/// Whether the system lets another thread start now. Costs as much as starting one.
[[nodiscard]] inline bool canStartThread()
{
    return startThread([] {}).has_value();
}

/// Helps with loops over many things, several loops at once: a free helper joins any of them.
/// Thread: any.
class ThreadCrew final
{
public:
    /// So many help at most, beside the threads that call.
    explicit ThreadCrew(int helpers)
        : m_free(helpers)
    {
    }
    Q_DISABLE_COPY_MOVE(ThreadCrew)

    /// Calls \a work for each number below \a count, in the calling thread and in those that help; returns when all are
    /// done. What \a work throws first is thrown here, when every thread has ended; the rest is left undone then.
    void forEachIndex(std::size_t count, const std::function<void(std::size_t)> &work);

    /// Calls \a work for each of \a items, which are numbered from 0.
    template <typename Items, typename Work>
    void forEach(Items &items, Work work)
    {
        forEachIndex(std::size(items), [&](std::size_t i) { work(items[i]); });
    }

private:
    class Loop;
    std::atomic<int> m_free;
};

} // namespace seedbed
