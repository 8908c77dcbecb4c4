// SPDX-License-Identifier: MIT
#include "rows/rowidlist.h"

#include <algorithm>

namespace seedbed {

namespace {

RowId advanced(RowId id, qsizetype count)
{
    return static_cast<RowId>(static_cast<quint64>(id) + static_cast<quint64>(count));
}

} // namespace

RowIdList::RowIdList(RowId first, qsizetype count)
{
    addRun(first, count);
}

RowId RowIdList::at(qsizetype position) const
{
    Q_ASSERT_X(position >= 0 && position < m_size, "RowIdList::at", "no such position");
    const Run &run = m_runs.at(runOf(position));
    return advanced(run.first, position - run.start);
}

qsizetype RowIdList::indexOf(RowId id) const
{
    const auto positionIn = [this, id](qsizetype run) -> qsizetype {
        const Run &r = m_runs.at(run);
        if (id < r.first || id >= advanced(r.first, endOf(run) - r.start))
            return -1;
        return r.start + static_cast<qsizetype>(static_cast<quint64>(id) - static_cast<quint64>(r.first));
    };
    if (m_isAscending) {
        const auto after = std::upper_bound(m_runs.cbegin(), m_runs.cend(), id,
                                            [](RowId value, const Run &run) { return value < run.first; });
        return after == m_runs.cbegin() ? -1 : positionIn(after - m_runs.cbegin() - 1);
    }
    for (qsizetype run = 0; run < m_runs.size(); ++run) {
        if (const qsizetype position = positionIn(run); position >= 0)
            return position;
    }
    return -1;
}

void RowIdList::insert(qsizetype before, const RowIdList &ids)
{
    Q_ASSERT_X(before >= 0 && before <= m_size, "RowIdList::insert", "no such position");
    if (before == m_size) {
        addRuns(ids, 0, ids.m_size);
        return;
    }
    RowIdList whole = sliced(0, before);
    whole.addRuns(ids, 0, ids.m_size);
    whole.addRuns(*this, before, m_size - before);
    *this = std::move(whole);
}

void RowIdList::remove(qsizetype first, qsizetype count)
{
    RowIdList rest = sliced(0, first);
    rest.addRuns(*this, first + count, m_size - first - count);
    *this = std::move(rest);
}

RowIdList RowIdList::sliced(qsizetype first, qsizetype count) const
{
    RowIdList part;
    part.addRuns(*this, first, count);
    return part;
}

/// The run that \a position is in.
qsizetype RowIdList::runOf(qsizetype position) const
{
    if (m_runs.size() == 1)
        return 0;
    const auto after = std::upper_bound(m_runs.cbegin(), m_runs.cend(), position,
                                        [](qsizetype value, const Run &run) { return value < run.start; });
    return after - m_runs.cbegin() - 1;
}

qsizetype RowIdList::endOf(qsizetype run) const
{
    return run + 1 < m_runs.size() ? m_runs.at(run + 1).start : m_size;
}

void RowIdList::addRun(RowId first, qsizetype count)
{
    if (count == 0)
        return;
    if (m_size > 0) {
        const RowId before = last();
        m_isAscending = m_isAscending && before < first;
        if (advanced(before, 1) == first) {
            m_size += count;
            return;
        }
    }
    m_runs.append({ first, m_size });
    m_size += count;
}

/// Adds what is in [first, first + count) of \a other.
void RowIdList::addRuns(const RowIdList &other, qsizetype first, qsizetype count)
{
    const qsizetype last = first + count;
    for (qsizetype run = count == 0 ? other.m_runs.size() : other.runOf(first); run < other.m_runs.size(); ++run) {
        const Run &r = other.m_runs.at(run);
        if (r.start >= last)
            return;
        const qsizetype from = std::max(first, r.start);
        addRun(advanced(r.first, from - r.start), std::min(last, other.endOf(run)) - from);
    }
}

} // namespace seedbed
