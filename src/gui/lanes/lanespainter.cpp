// SPDX-License-Identifier: MIT
#include "gui/lanes/lanespainter.h"

#include "gui/lanes/lanelook.h"
#include "gui/look/theme.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLocale>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(LanesView)
};

constexpr int TickSpacing = 90;
constexpr int Gap = 8;
constexpr double SmallFont = 0.85;

// 1 500 000 as "1.5 M": it has little room.
QString shortNumber(double number)
{
    const QLocale locale;
    if (number >= 1e6)
        return Text::tr("%1 M", "million").arg(locale.toString(number / 1e6, 'g', 3));
    if (number >= 1e4)
        return Text::tr("%1 k", "thousand").arg(locale.toString(number / 1e3, 'g', 3));
    return locale.toString(std::lround(number));
}

} // namespace

LanesPainter::LanesPainter(QPainter &painter, const TimeAxis &axis, const LanesLayout &layout, const QFont &font)
    : m_painter(painter)
    , m_axis(axis)
    , m_layout(layout)
    , m_ticks(axis.ticks(TickSpacing))
    , m_palette(QGuiApplication::palette())
    , m_font(font)
    , m_small(font)
{
    m_small.setPointSizeF(font.pointSizeF() * SmallFont);
}

void LanesPainter::drawTable(const LaneTable &table, qsizetype index)
{
    drawHeader(table, m_layout.header(index));
    const QList<QList<Stretch>> &workers = table.timeline.workers;
    if (workers.isEmpty())
        return;
    const QRect first = m_layout.lane({ index, 0 });
    const QRect chart = m_layout.chart(index);
    drawTicks({ first.topLeft(), chart.bottomRight() });
    std::vector<LaneColumn> sums(static_cast<size_t>(m_axis.width()));
    for (qsizetype worker = 0; worker < workers.size(); ++worker)
        drawLane(workers.at(worker), { index, worker }, sums);
    drawChart(sums, chart);
}

void LanesPainter::drawHeader(const LaneTable &table, const QRect &place)
{
    QFont bold = m_font;
    bold.setWeight(QFont::DemiBold);
    const QString title = Text::tr("%1 → %2").arg(table.title, table.database);
    const int titleWidth = QFontMetrics(bold).horizontalAdvance(title) + 2 * Gap;
    m_painter.setFont(bold);
    m_painter.setPen(m_palette.color(QPalette::Text));
    m_painter.drawText(place.adjusted(Gap, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine, title);
    m_painter.setFont(m_font);
    m_painter.setPen(m_palette.color(QPalette::PlaceholderText));
    const QRect rest = place.adjusted(Gap + titleWidth, 0, -Gap, 0);
    m_painter.drawText(rest, Qt::AlignVCenter | Qt::TextSingleLine,
                       QFontMetrics(m_font).elidedText(findingOf(table), Qt::ElideRight, rest.width()));
}

void LanesPainter::drawTicks(const QRect &place)
{
    m_painter.setPen(m_palette.color(QPalette::Midlight));
    for (const TimeAxis::Tick &tick : m_ticks) {
        const int x = place.left() + static_cast<int>(m_axis.x(tick.time));
        m_painter.drawLine(x, place.top(), x, place.bottom());
    }
}

void LanesPainter::drawLane(const QList<Stretch> &worker, const LanePlace &place, std::vector<LaneColumn> &sums)
{
    const QRect lane = m_layout.lane(place);
    m_painter.setFont(m_small);
    m_painter.setPen(m_palette.color(QPalette::PlaceholderText));
    m_painter.drawText(QRect(0, lane.top(), lane.left() - Gap, lane.height()),
                       Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, QLocale().toString(place.worker + 1));
    m_painter.fillRect(QRect(lane.left(), lane.bottom() + 1, lane.width(), 1), m_palette.color(QPalette::Midlight));
    std::vector<LaneColumn> columns(sums.size());
    addTo(columns, worker, m_axis);
    for (size_t column = 0; column < columns.size(); ++column)
        sums[column].rows += columns[column].rows;
    const auto left = static_cast<qint64>(static_cast<double>(m_axis.left().count()) / m_axis.scale());
    m_painter.drawImage(lane.topLeft(), laneImage(columns, lane.height(), left));
}

void LanesPainter::drawChart(const std::vector<LaneColumn> &sums, const QRect &place)
{
    double most = 0;
    for (const LaneColumn &column : sums)
        most = std::max(most, column.rows);
    const double top = roundUp(std::max(1.0, most * 1e9 / m_axis.scale())); // rows per second
    const double pixels = (place.height() - 1) * 1e9 / m_axis.scale() / top;
    QPainterPath line(QPointF(place.left(), place.bottom() + 0.5));
    for (size_t column = 0; column < sums.size(); ++column) {
        const double y = place.bottom() + 0.5 - sums[column].rows * pixels;
        const double x = place.left() + static_cast<double>(column);
        if (y != line.currentPosition().y())
            line.lineTo(x, line.currentPosition().y());
        line.lineTo(x, y);
    }
    line.lineTo(place.right() + 1, line.currentPosition().y());
    QPainterPath area = line;
    area.lineTo(place.right() + 1, place.bottom() + 0.5);
    m_painter.fillPath(area, stateTint(State::In));
    m_painter.setPen(laneColor(WorkerState::Writing));
    m_painter.drawPath(line);

    const QRect label(0, place.top(), place.left() - Gap, place.height());
    m_painter.setFont(m_small);
    m_painter.setPen(m_palette.color(QPalette::PlaceholderText));
    m_painter.drawText(label, Qt::AlignRight | Qt::AlignTop | Qt::TextDontClip, shortNumber(top));
    m_painter.drawText(label, Qt::AlignRight | Qt::AlignBottom | Qt::TextDontClip, Text::tr("rows/s"));
}

void LanesPainter::drawAxis()
{
    const QRect place(0, 0, LanesLayout::Gutter + m_axis.width(), AxisHeight);
    m_painter.fillRect(place, m_palette.color(QPalette::AlternateBase));
    m_painter.setPen(m_palette.color(QPalette::Midlight));
    m_painter.drawLine(place.bottomLeft(), place.bottomRight());
    m_painter.setFont(m_small);
    for (const TimeAxis::Tick &tick : m_ticks) {
        const int x = LanesLayout::Gutter + static_cast<int>(m_axis.x(tick.time));
        m_painter.setPen(m_palette.color(QPalette::PlaceholderText));
        m_painter.drawLine(x, place.bottom() - 4, x, place.bottom());
        m_painter.drawText(QRect(x + 4, 0, TickSpacing, AxisHeight - 2), Qt::AlignVCenter, tick.label);
    }
}

} // namespace seedbed
