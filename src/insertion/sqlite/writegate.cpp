// SPDX-License-Identifier: MIT
#include "insertion/sqlite/writegate.h"

#include <utility>

namespace seedbed {

WriteGate::Turn::Turn(Turn &&other) noexcept
    : m_gate(std::exchange(other.m_gate, nullptr))
    , m_number(other.m_number)
{
}

WriteGate::Turn::~Turn()
{
    if (m_gate != nullptr)
        m_gate->skip(m_number);
}

WriteGate::Turn WriteGate::enter(qsizetype number, const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    if (m_moved.wait(lock, stop, [this, number] { return m_turn == number; }))
        return { this, number };
    lock.unlock();
    skip(number);
    return { nullptr, number };
}

void WriteGate::skip(qsizetype number)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (number < m_turn)
            return; // it had its turn, and what failed afterwards is given up
        // Who has the turn passes it on without asking for memory.
        if (number == m_turn)
            ++m_turn;
        else
            m_done.insert(number);
        while (!m_done.empty() && *m_done.begin() == m_turn) {
            m_done.erase(m_done.begin());
            ++m_turn;
        }
    }
    m_moved.notify_all();
}

} // namespace seedbed
