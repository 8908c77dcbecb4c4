// SPDX-License-Identifier: MIT
#include "insertion/sqlite/writegate.h"

#include <algorithm>
#include <utility>

namespace seedbed {

WriteGate::Turn::Turn(Turn &&other) noexcept
    : m_gate(std::exchange(other.m_gate, nullptr))
{
}

WriteGate::Turn::~Turn()
{
    if (m_gate != nullptr)
        m_gate->leave();
}

WriteGate::Turn WriteGate::enter(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    const quint64 ticket = m_next++;
    m_queue.push_back(ticket);
    if (m_moved.wait(lock, stop, [this, ticket] { return m_queue.front() == ticket; }))
        return Turn(this);
    m_queue.erase(std::find(m_queue.begin(), m_queue.end(), ticket));
    lock.unlock();
    m_moved.notify_all();
    return Turn(nullptr);
}

void WriteGate::leave()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_queue.pop_front();
    }
    m_moved.notify_all();
}

} // namespace seedbed
