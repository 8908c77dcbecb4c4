// SPDX-License-Identifier: MIT
#include "gui/model/shownrows.h"

#include <algorithm>

namespace seedbed {

void ShownRows::show(RowPositions positions)
{
    m_positions = std::move(positions);
    m_rows.clear();
}

qsizetype ShownRows::count(qsizetype tableRows) const
{
    return m_positions ? static_cast<qsizetype>(m_positions->size()) : tableRows;
}

qsizetype ShownRows::positionOf(qsizetype row) const
{
    return m_positions ? m_positions->at(static_cast<size_t>(row)) : row;
}

qsizetype ShownRows::rowOf(qsizetype position) const
{
    if (!m_positions)
        return position;
    if (m_rows.empty() && !m_positions->empty()) {
        m_rows.assign(static_cast<size_t>(*std::ranges::max_element(*m_positions)) + 1, -1);
        for (size_t row = 0; row < m_positions->size(); ++row)
            m_rows[static_cast<size_t>(m_positions->at(row))] = static_cast<qint32>(row);
    }
    return position < static_cast<qsizetype>(m_rows.size()) ? m_rows.at(static_cast<size_t>(position)) : -1;
}

void ShownRows::insert(qsizetype first, qsizetype last)
{
    if (!m_positions)
        return;
    const auto count = static_cast<qint32>(last - first + 1);
    for (qint32 &position : *m_positions)
        position += position >= first ? count : 0;
    m_positions->reserve(m_positions->size() + static_cast<size_t>(count));
    for (qsizetype position = first; position <= last; ++position)
        m_positions->push_back(static_cast<qint32>(position));
    m_rows.clear();
}

QList<std::pair<qsizetype, qsizetype>> ShownRows::rangesOf(qsizetype first, qsizetype last) const
{
    if (!m_positions)
        return { { first, last + 1 } };
    QList<std::pair<qsizetype, qsizetype>> ranges;
    for (size_t row = 0; row < m_positions->size(); ++row) {
        const qint32 position = (*m_positions)[row];
        if (position < first || position > last)
            continue;
        const auto here = static_cast<qsizetype>(row);
        if (!ranges.isEmpty() && ranges.constLast().second == here)
            ++ranges.last().second;
        else
            ranges.append({ here, here + 1 });
    }
    return ranges;
}

void ShownRows::drop(qsizetype begin, qsizetype end)
{
    if (!m_positions)
        return;
    m_positions->erase(m_positions->begin() + begin, m_positions->begin() + end);
    m_rows.clear();
}

void ShownRows::remove(qsizetype first, qsizetype last)
{
    if (!m_positions)
        return;
    const auto count = static_cast<qint32>(last - first + 1);
    for (qint32 &position : *m_positions)
        position -= position > last ? count : 0;
    m_rows.clear();
}

} // namespace seedbed
