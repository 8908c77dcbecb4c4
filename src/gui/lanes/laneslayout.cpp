// SPDX-License-Identifier: MIT
#include "gui/lanes/laneslayout.h"

namespace seedbed {

LanesLayout::LanesLayout(const QList<qsizetype> &workers, int width)
    : m_workers(workers)
    , m_tops { 0 }
    , m_width(width)
{
    for (const qsizetype count : workers) {
        const int chart = count > 0 ? ChartGap + ChartHeight : 0;
        m_tops.append(m_tops.last() + HeaderHeight + static_cast<int>(count) * LanePitch + chart + TableGap);
    }
}

QRect LanesLayout::table(qsizetype table) const
{
    return { 0, m_tops.at(table), m_width, m_tops.at(table + 1) - m_tops.at(table) };
}

QRect LanesLayout::header(qsizetype table) const
{
    return { 0, m_tops.at(table), m_width, HeaderHeight };
}

QRect LanesLayout::lane(const LanePlace &place) const
{
    return { Gutter, lanesTop(place.table) + static_cast<int>(place.worker) * LanePitch, m_width - Gutter, LaneHeight };
}

QRect LanesLayout::chart(qsizetype table) const
{
    return { Gutter, m_tops.at(table + 1) - TableGap - ChartHeight, m_width - Gutter, ChartHeight };
}

std::optional<LanePlace> LanesLayout::laneAt(int y) const
{
    for (qsizetype table = 0; table < tableCount(); ++table) {
        const int below = y - lanesTop(table);
        if (below >= 0 && below < m_workers.at(table) * LanePitch)
            return LanePlace { table, below / LanePitch };
    }
    return std::nullopt;
}

} // namespace seedbed
