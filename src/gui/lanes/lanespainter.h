// SPDX-License-Identifier: MIT
#pragma once

// Draws the lanes of a run, the rows per second beneath them, and the times above.

#include "gui/lanes/lanefacts.h"
#include "gui/lanes/laneslayout.h"

#include <QFont>
#include <QPainter>
#include <QPalette>

namespace seedbed {

/// Paints one picture; what it is of outlives it.
/// Thread: GUI thread.
class LanesPainter final
{
public:
    static constexpr int AxisHeight = 22;

    LanesPainter(QPainter &painter, const TimeAxis &axis, const LanesLayout &layout, const QFont &font);

    /// A table with all that belongs to it, where the layout has it.
    void drawTable(const LaneTable &table, qsizetype index);
    /// The labels of the ticks, at the top.
    void drawAxis();

private:
    void drawHeader(const LaneTable &table, const QRect &place);
    void drawTicks(const QRect &place);
    void drawLane(const QList<Stretch> &worker, const LanePlace &place, std::vector<LaneColumn> &sums);
    void drawChart(const std::vector<LaneColumn> &sums, const QRect &place);

    QPainter &m_painter;
    const TimeAxis &m_axis;
    const LanesLayout &m_layout;
    const QList<TimeAxis::Tick> m_ticks;
    const QPalette m_palette;
    const QFont m_font;
    QFont m_small;
};

} // namespace seedbed
