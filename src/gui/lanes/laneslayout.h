// SPDX-License-Identifier: MIT
#pragma once

// Where the lanes are: one table below the other, each with a line of text, its lanes and a chart.

#include <QList>
#include <QRect>

#include <optional>

namespace seedbed {

/// A worker of a table.
/// Thread: any (a value).
struct LanePlace {
    qsizetype table = 0;
    qsizetype worker = 0;

    friend bool operator==(const LanePlace &, const LanePlace &) = default;
};

/// Places in a width of pixels, from 0 at the top; the axis is not among them.
/// Thread: any (a value).
class LanesLayout final
{
public:
    static constexpr int Gutter = 64; ///< left of the times: numbers of workers, rates
    static constexpr int LaneHeight = 11;
    static constexpr int LanePitch = 13;
    static constexpr int HeaderHeight = 24;
    static constexpr int ChartGap = 5;
    static constexpr int ChartHeight = 36;
    static constexpr int TableGap = 12;

    /// \a workers: of each table.
    LanesLayout(const QList<qsizetype> &workers, int width);

    [[nodiscard]] qsizetype tableCount() const { return m_tops.size() - 1; }
    [[nodiscard]] int height() const { return m_tops.last(); }
    /// All of a table.
    [[nodiscard]] QRect table(qsizetype table) const;
    [[nodiscard]] QRect header(qsizetype table) const;
    /// The rectangle in which times are drawn.
    [[nodiscard]] QRect lane(const LanePlace &place) const;
    [[nodiscard]] QRect chart(qsizetype table) const;
    /// The worker whose lane is there.
    [[nodiscard]] std::optional<LanePlace> laneAt(int y) const;

private:
    [[nodiscard]] int lanesTop(qsizetype table) const { return m_tops.at(table) + HeaderHeight; }

    QList<qsizetype> m_workers;
    QList<int> m_tops; // of the tables, and the end of the last
    int m_width;
};

} // namespace seedbed
