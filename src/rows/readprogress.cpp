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

void ReadProgress::publish(int table, State state, qint64 bytesRead, qsizetype rowCount, const Table &rows)
{
    QList<Table> next; // and then those before, which go when the mutex is free again
    const QMutexLocker lock(&m_mutex);
    // A list of its own, as somebody may be about to give back the one that there is: see QList's sharing.
    next.reserve(m_snapshot.tables.size());
    for (int i = 0; i < m_snapshot.tables.size(); ++i)
        next.append(i == table ? rows : m_snapshot.tables.at(i));
    TableState &now = m_snapshot.states[table];
    now = { state, bytesRead, now.bytesInAll, rowCount };
    m_snapshot.tables.swap(next);
}

void ReadProgress::fail(int table)
{
    const QMutexLocker lock(&m_mutex);
    m_snapshot.states[table].state = State::Failed;
}

} // namespace seedbed
