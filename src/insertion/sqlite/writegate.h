// SPDX-License-Identifier: MIT
#pragma once

// Whose turn it is to write into a database file that lets one connection write at a time.

#include <QtGlobal>

#include <condition_variable>
#include <mutex>
#include <set>
#include <stop_token>

namespace seedbed {

/// Turns in the order of the batches' numbers, whoever comes first: rows that go in by ascending keys fill a database's
/// pages one after the other, at a third less cost than any other order. The database's own waiting is neither in order
/// nor fair: measured with ten threads, one wrote 2 962 rows while another wrote one.
/// Thread: any; one mutex guards the turns.
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
        Turn(WriteGate *gate, qsizetype number)
            : m_gate(gate)
            , m_number(number)
        {
        }
        WriteGate *m_gate;
        qsizetype m_number;
    };

    /// Waits until every number below \a number had its turn or was skipped, or for a stop. Each number from 0 on must
    /// come once, here or to skip().
    [[nodiscard]] Turn enter(qsizetype number, const std::stop_token &stop);
    /// Says that nothing will come under this number, or nothing more.
    void skip(qsizetype number);

private:
    std::mutex m_mutex;
    std::condition_variable_any m_moved;
    qsizetype m_turn = 0;       // all numbers below are done
    std::set<qsizetype> m_done; // numbers above that are done already
};

} // namespace seedbed
