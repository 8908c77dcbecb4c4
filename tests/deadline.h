// SPDX-License-Identifier: MIT
#pragma once

// Ends what would take far too long: for tests of work whose cost is to be linear. A time so long that no slow machine
// meets it, and that the product of two large numbers of rows does.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace seedbed {

/// Asks for a stop if a time has passed while it lives.
class Deadline final
{
public:
    explicit Deadline(std::chrono::seconds time)
        : m_thread([this, time](const std::stop_token &isOver) {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any().wait_for(lock, isOver, time, [] { return false; });
            if (!isOver.stop_requested())
                m_stop.request_stop();
        })
    {
    }
    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::jthread m_thread; // the last member: it uses the others
};

} // namespace seedbed
