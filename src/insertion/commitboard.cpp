// SPDX-License-Identifier: MIT
#include "insertion/commitboard.h"

namespace seedbed {

CommitBoard::CommitBoard(const QList<qsizetype> &rows)
    : m_messages(static_cast<size_t>(rows.size()))
{
    for (const qsizetype count : rows)
        m_states.emplace_back(static_cast<size_t>(count));
}

std::atomic<CommitBoard::State> &CommitBoard::stateOf(RowPlace row)
{
    return m_states[static_cast<size_t>(row.table)][static_cast<size_t>(row.position)];
}

const std::atomic<CommitBoard::State> &CommitBoard::stateOf(RowPlace row) const
{
    return m_states[static_cast<size_t>(row.table)][static_cast<size_t>(row.position)];
}

CommitBoard::State CommitBoard::state(RowPlace row) const
{
    return stateOf(row).load(std::memory_order_acquire);
}

void CommitBoard::settle(RowPlace row, State state, const QString &message)
{
    if (!message.isEmpty()) {
        const std::scoped_lock lock(m_mutex);
        m_messages[static_cast<size_t>(row.table)].insert(row.position, message);
    }
    stateOf(row).store(state, std::memory_order_release);
}

void CommitBoard::settle(int table, std::span<const qint32> positions, State state)
{
    auto &states = m_states[static_cast<size_t>(table)];
    for (const qint32 position : positions)
        states[static_cast<size_t>(position)].store(state, std::memory_order_release);
}

void CommitBoard::announce()
{
    // Whoever looked before the lock was taken waits by now, and is told.
    {
        const std::scoped_lock lock(m_mutex);
    }
    m_settled.notify_all();
}

CommitBoard::State CommitBoard::await(RowPlace row, const std::stop_token &stop)
{
    const std::atomic<State> &state = stateOf(row);
    if (const State now = state.load(std::memory_order_acquire); now != State::Pending)
        return now;
    std::unique_lock lock(m_mutex);
    const bool isSettled =
        m_settled.wait(lock, stop, [&state] { return state.load(std::memory_order_acquire) != State::Pending; });
    return isSettled ? state.load(std::memory_order_acquire) : State::Cancelled;
}

QString CommitBoard::message(RowPlace row) const
{
    const std::scoped_lock lock(m_mutex);
    return m_messages[static_cast<size_t>(row.table)].value(row.position);
}

} // namespace seedbed
