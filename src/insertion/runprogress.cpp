// SPDX-License-Identifier: MIT
#include "insertion/runprogress.h"

#include <algorithm>
#include <utility>

namespace seedbed {

void RunProgress::begin(int tables)
{
    m_timeline.begin(tables);
    const std::scoped_lock lock(m_mutex);
    m_update.tables = QList<TableProgress>(tables);
    m_update.rejected = QList<QList<RejectedRow>>(tables);
    m_update.in = QList<RowIdSet>(tables);
    m_clocks = QList<QElapsedTimer>(tables);
}

void RunProgress::setPhase(RunUpdate::Phase phase)
{
    const std::scoped_lock lock(m_mutex);
    m_update.phase = phase;
}

void RunProgress::log(LogEntry::Level level, const QString &text)
{
    const std::scoped_lock lock(m_mutex);
    m_update.log.append({ QDateTime::currentDateTime(), level, text, false });
}

void RunProgress::logRow(const QString &text)
{
    const std::scoped_lock lock(m_mutex);
    m_update.log.append({ QDateTime::currentDateTime(), LogEntry::Level::Warning, text, true });
}

void RunProgress::setRead(int table, qsizetype rows)
{
    const std::scoped_lock lock(m_mutex);
    m_update.tables[table].read = rows;
}

void RunProgress::setRunning(int table, bool isRunning)
{
    const std::scoped_lock lock(m_mutex);
    TableProgress &progress = m_update.tables[table];
    if (isRunning)
        m_clocks[table].start();
    else if (m_clocks.at(table).isValid())
        progress.seconds = secondsOf(table);
    progress.isRunning = isRunning;
}

void RunProgress::add(int table, const BatchOutcome &outcome)
{
    // There may be very many: they are copied before the lock, and moved in.
    QList<RejectedRow> rejected(outcome.rejected.cbegin(), outcome.rejected.cend());
    const std::scoped_lock lock(m_mutex);
    m_update.tables[table].counts += outcome.counts;
    if (m_update.rejected.at(table).isEmpty())
        std::swap(m_update.rejected[table], rejected);
    else
        m_update.rejected[table].append(std::move(rejected));
    m_update.in[table].add(outcome.in);
}

void RunProgress::setInFlight(int table, int inFlight, int peak)
{
    const std::scoped_lock lock(m_mutex);
    m_update.tables[table].inFlight = inFlight;
    m_update.tables[table].peakInFlight = std::max(m_update.tables.at(table).peakInFlight, peak);
}

void RunProgress::addLockRetry(int table)
{
    const std::scoped_lock lock(m_mutex);
    ++m_update.tables[table].lockRetries;
}

void RunProgress::addLockWait(int table, std::chrono::duration<double> wait)
{
    const std::scoped_lock lock(m_mutex);
    m_update.tables[table].lockWaitSeconds += wait.count();
}

RunUpdate RunProgress::take()
{
    const std::scoped_lock lock(m_mutex);
    return takeLocked();
}

std::optional<RunUpdate> RunProgress::tryTake()
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    return lock ? std::optional(takeLocked()) : std::nullopt;
}

RunUpdate RunProgress::takeLocked()
{
    for (int table = 0; table < m_update.tables.size(); ++table) {
        if (m_update.tables.at(table).isRunning)
            m_update.tables[table].seconds = secondsOf(table);
    }
    // The reader gets lists of its own: one that is shared could be written here while it is read there.
    RunUpdate taken;
    taken.phase = m_update.phase;
    taken.rows = m_validation.rows;
    taken.validated = m_validation.done;
    taken.tables = QList<TableProgress>(m_update.tables.cbegin(), m_update.tables.cend());
    taken.log = std::exchange(m_update.log, {});
    for (int table = 0; table < m_update.tables.size(); ++table) {
        taken.rejected.append(std::exchange(m_update.rejected[table], {}));
        taken.in.append(std::exchange(m_update.in[table], {}));
    }
    return taken;
}

TableProgress RunProgress::progress(int table) const
{
    const std::scoped_lock lock(m_mutex);
    return m_update.tables.at(table);
}

double RunProgress::secondsOf(int table) const
{
    return static_cast<double>(m_clocks.at(table).nsecsElapsed()) / 1e9;
}

} // namespace seedbed
