// SPDX-License-Identifier: MIT
#pragma once

// Whose turn it is to write into a database file that lets one connection write at a time.

#include <QtGlobal>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>

namespace seedbed {

/// First come, first served. The database's own waiting is not fair: measured with ten threads, one wrote 2 962 rows
/// while another wrote one.
/// Thread: any; one mutex guards the queue.
class WriteGate final
{
public:
    /// A turn; destroying it passes the turn on. Without a turn (a stop was asked) it is false.
    class Turn final
    {
    public:
        Turn(Turn &&other) noexcept;
        Turn &operator=(Turn &&) = delete;
        ~Turn();
        explicit operator bool() const { return m_gate != nullptr; }

    private:
        friend class WriteGate;
        explicit Turn(WriteGate *gate)
            : m_gate(gate)
        {
        }
        WriteGate *m_gate;
    };

    /// Waits for a turn, or for a stop.
    [[nodiscard]] Turn enter(const std::stop_token &stop);

private:
    void leave();

    std::mutex m_mutex;
    std::condition_variable_any m_moved;
    std::deque<quint64> m_queue; // the first has the turn
    quint64 m_next = 0;
};

} // namespace seedbed
