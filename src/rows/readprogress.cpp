// SPDX-License-Identifier: MIT
#include "rows/readprogress.h"

#include <QMutexLocker>

namespace seedbed {

qint64 ReadProgress::Snapshot::bytesRead() const
{
    qint64 sum = 0;
    for (const TableState &table : states)
        sum += table.bytesRead;
    return sum;
}

qint64 ReadProgress::Snapshot::bytesInAll() const
{
    qint64 sum = 0;
    for (const TableState &table : states)
        sum += table.bytesInAll;
    return sum;
}

ReadProgress::Snapshot ReadProgress::snapshot() const
{
    const QMutexLocker lock(&m_mutex);
    return m_snapshot;
}

std::optional<ReadProgress::Snapshot> ReadProgress::trySnapshot() const
{
    if (!m_mutex.tryLock())
        return std::nullopt;
    const Snapshot snapshot = m_snapshot;
    m_mutex.unlock();
    return snapshot;
}

void ReadProgress::begin(const std::shared_ptr<const Package> &package, const QList<qint64> &bytesInAll)
{
    Snapshot start;
    start.package = package;
    for (int i = 0; i < package->resources.size(); ++i) {
        start.tables.append(Table(static_cast<int>(package->resources.at(i).schema.fields.size())));
        start.states.append({ State::Waiting, 0, bytesInAll.at(i), 0 });
    }
    const QMutexLocker lock(&m_mutex);
    m_snapshot = start;
}

// Changed is a copy with lists of its own: who looked at those that there are may be giving them back just now. What
// was before goes when the mutex is free again.
void ReadProgress::change(int table, const std::function<void(Table &, TableState &)> &change)
{
    Snapshot next;
    const QMutexLocker lock(&m_mutex);
    next.package = m_snapshot.package;
    next.tables = QList<Table>(m_snapshot.tables.cbegin(), m_snapshot.tables.cend());
    next.states = QList<TableState>(m_snapshot.states.cbegin(), m_snapshot.states.cend());
    change(next.tables[table], next.states[table]);
    std::swap(m_snapshot, next);
}

void ReadProgress::publish(int table, State state, qint64 bytesRead, qsizetype rowCount, const Table &rows)
{
    change(table, [&](Table &published, TableState &now) {
        published = rows;
        now = { state, bytesRead, now.bytesInAll, rowCount };
    });
}

void ReadProgress::fail(int table)
{
    change(table, [](Table &, TableState &now) { now.state = State::Failed; });
}

} // namespace seedbed
