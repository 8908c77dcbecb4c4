// SPDX-License-Identifier: MIT
#include "insertion/commitboard.h"

namespace seedbed {

CommitBoard::CommitBoard(const QList<qsizetype> &rows)
    : m_messages(static_cast<size_t>(rows.size()))
{
    for (const qsizetype count : rows)
        m_states.emplace_back(static_cast<size_t>(count), State::Pending);
}

void CommitBoard::settle(RowPlace row, State state, const QString &message)
{
    const std::scoped_lock lock(m_mutex);
    m_states[static_cast<size_t>(row.table)][static_cast<size_t>(row.position)] = state;
    if (!message.isEmpty())
        m_messages[static_cast<size_t>(row.table)].insert(row.position, message);
}

void CommitBoard::announce()
{
    m_settled.notify_all();
}

CommitBoard::State CommitBoard::await(RowPlace row, const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    const State &state = m_states[static_cast<size_t>(row.table)][static_cast<size_t>(row.position)];
    if (!m_settled.wait(lock, stop, [&state] { return state != State::Pending; }))
        return State::Cancelled;
    return state;
}

QString CommitBoard::message(RowPlace row) const
{
    const std::scoped_lock lock(m_mutex);
    return m_messages[static_cast<size_t>(row.table)].value(row.position);
}

} // namespace seedbed
