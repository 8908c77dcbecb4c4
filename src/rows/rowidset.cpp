// SPDX-License-Identifier: MIT
#include "rows/rowidset.h"

#include <algorithm>

namespace seedbed {
namespace {

quint64 number(RowId id)
{
    return static_cast<quint64>(id);
}

// Whether nothing lies between the end of a and the start of b.
bool reaches(const RowIdRange &a, const RowIdRange &b)
{
    return number(a.last) + 1 >= number(b.first);
}

} // namespace

void RowIdSet::add(RowIdRange range)
{
    if (m_ranges.isEmpty() || number(range.first) > number(m_ranges.constLast().last) + 1) {
        m_ranges.append(range);
        return;
    }
    // [begin, end): those that the new one overlaps or touches.
    const auto begin = std::partition_point(m_ranges.begin(), m_ranges.end(),
                                            [&](const RowIdRange &r) { return !reaches(r, range); });
    const auto end =
        std::partition_point(begin, m_ranges.end(), [&](const RowIdRange &r) { return reaches(range, r); });
    if (begin == end) {
        m_ranges.insert(begin, range);
        return;
    }
    begin->first = std::min(begin->first, range.first);
    begin->last = std::max((end - 1)->last, range.last);
    m_ranges.erase(begin + 1, end);
}

void RowIdSet::add(const RowIdSet &other)
{
    for (const RowIdRange &range : other.m_ranges)
        add(range);
}

void RowIdSet::remove(RowId id)
{
    const auto found = std::partition_point(m_ranges.begin(), m_ranges.end(),
                                            [id](const RowIdRange &r) { return r.last < id; });
    if (found == m_ranges.end() || found->first > id)
        return;
    const RowIdRange before { found->first, RowId { number(id) - 1 } };
    const RowIdRange after { RowId { number(id) + 1 }, found->last };
    const auto position = m_ranges.erase(found);
    const auto next = after.first <= after.last ? m_ranges.insert(position, after) : position;
    if (before.first <= before.last)
        m_ranges.insert(next, before);
}

bool RowIdSet::contains(RowId id) const
{
    const auto found = std::partition_point(m_ranges.cbegin(), m_ranges.cend(),
                                            [id](const RowIdRange &r) { return r.last < id; });
    return found != m_ranges.cend() && found->first <= id;
}

qsizetype RowIdSet::count() const
{
    quint64 count = 0;
    for (const RowIdRange &range : m_ranges)
        count += number(range.last) - number(range.first) + 1;
    return static_cast<qsizetype>(count);
}

} // namespace seedbed
