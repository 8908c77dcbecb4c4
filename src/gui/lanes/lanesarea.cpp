// SPDX-License-Identifier: MIT
#include "gui/lanes/lanesarea.h"

#include "gui/lanes/lanespainter.h"
#include "gui/look/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace seedbed {

namespace {

constexpr double WheelNotch = 120;
constexpr double MostBarSteps = 1e6; // of a scroll bar, which counts in int
constexpr int Reach = 2;             // pixels about the mouse: what is thinner can be met all the same
constexpr int LeastStep = 4;         // pixels
constexpr int CursorWidth = 2;

} // namespace

LanesArea::LanesArea(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    verticalScrollBar()->setSingleStep(LanesLayout::LanePitch);
}

void LanesArea::setTables(const QList<LaneTable> &tables)
{
    if (tables.isEmpty())
        m_axis.fit();
    m_tables = tables;
    if (m_cursor && !placesOf(tables).contains(m_cursor->place))
        m_cursor.reset();
    m_axis.setEnd(endOf(tables));
    fitBars();
    viewport()->update();
}

void LanesArea::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    viewport()->update();
}

LanesLayout LanesArea::placing() const
{
    QList<qsizetype> workers;
    for (const LaneTable &table : m_tables)
        workers.append(table.timeline.workers.size());
    return { workers, viewport()->width() };
}

QRect LanesArea::laneRect(const LanePlace &place) const
{
    return placing().lane(place).translated(0, LanesPainter::AxisHeight - verticalScrollBar()->value());
}

QString LanesArea::tipAt(const QPoint &point) const
{
    const auto place = placing().laneAt(point.y() - LanesPainter::AxisHeight + verticalScrollBar()->value());
    if (!place || point.x() < LanesLayout::Gutter || point.y() < LanesPainter::AxisHeight)
        return {};
    const LaneTable &table = m_tables.at(place->table);
    const QList<Stretch> &worker = table.timeline.workers.at(place->worker);
    const auto between = [&](double from, double to) {
        return stretchBetween(worker, m_axis.timeAt(axisX(point.x() + from)), m_axis.timeAt(axisX(point.x() + to)));
    };
    std::optional<Stretch> met = between(0, 1);
    if (!met)
        met = between(-Reach, 1 + Reach);
    return met ? tipOf(table, place->worker, *met) : QString();
}

bool LanesArea::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<const QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), plainToolTip(tipAt(help->pos())), viewport());
    return true;
}

void LanesArea::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(viewport());
    const QRect ground = viewport()->rect();
    if (m_tables.isEmpty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(ground.adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    } else {
        const LanesLayout layout = placing();
        const int top = LanesPainter::AxisHeight - verticalScrollBar()->value();
        LanesPainter lanes(painter, m_axis, layout, font());
        painter.translate(0, top);
        for (qsizetype table = 0; table < m_tables.size(); ++table) {
            if (layout.table(table).translated(0, top).intersects(ground))
                lanes.drawTable(m_tables.at(table), table);
        }
        painter.resetTransform();
        lanes.drawAxis();
    }
    if (!hasFocus())
        return;
    painter.setPen(accentColor());
    painter.drawRect(ground.adjusted(0, 0, -1, -1));
    if (m_cursor) {
        painter.setClipRect(ground.adjusted(LanesLayout::Gutter - CursorWidth, LanesPainter::AxisHeight, 0, 0));
        painter.setPen(QPen(accentColor(), CursorWidth));
        painter.drawRect(cursorRect().adjusted(-1, -1, 1, 1));
    }
}

void LanesArea::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_axis.setWidth(viewport()->width() - LanesLayout::Gutter);
    fitBars();
}

double LanesArea::barUnit() const
{
    return std::max(m_axis.scale(), static_cast<double>(m_axis.end().count()) / MostBarSteps);
}

void LanesArea::fitBars()
{
    const QScopedValueRollback<bool> fitting(m_isFitting, true);
    const auto steps = [unit = barUnit()](TimeAxis::Time time) {
        return static_cast<int>(std::lround(static_cast<double>(time.count()) / unit));
    };
    QScrollBar &across = *horizontalScrollBar();
    across.setPageStep(steps(m_axis.visible()));
    across.setSingleStep(std::max(1, across.pageStep() / 20));
    across.setRange(0, m_axis.isFitted() ? 0 : steps(m_axis.end() - m_axis.visible()));
    across.setValue(steps(m_axis.left()));
    const int page = viewport()->height() - LanesPainter::AxisHeight;
    verticalScrollBar()->setPageStep(std::max(1, page));
    verticalScrollBar()->setRange(0, std::max(0, placing().height() - page));
}

void LanesArea::scrollContentsBy(int dx, int /*dy*/)
{
    if (dx != 0 && !m_isFitting)
        m_axis.scrollTo(TimeAxis::Time(std::llround(horizontalScrollBar()->value() * barUnit())));
    viewport()->update();
}

void LanesArea::zoomAt(double factor, double x)
{
    m_axis.zoom(factor, std::clamp(axisX(x), 0.0, static_cast<double>(m_axis.width())));
    fitBars();
    viewport()->update();
    Q_EMIT zoomed();
}

void LanesArea::zoom(double factor)
{
    zoomAt(factor, LanesLayout::Gutter + 0.5 * m_axis.width());
}

void LanesArea::fit()
{
    m_axis.fit();
    fitBars();
    viewport()->update();
    Q_EMIT zoomed();
}

void LanesArea::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    zoomAt(std::pow(ZoomStep, event->angleDelta().y() / WheelNotch), event->position().x());
    event->accept();
}

void LanesArea::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(ZoomStep);
    case Qt::Key_Minus:
        return zoom(1 / ZoomStep);
    case Qt::Key_0:
        return fit();
    case Qt::Key_Up:
        return step(LaneCursor::Step::Up);
    case Qt::Key_Down:
        return step(LaneCursor::Step::Down);
    case Qt::Key_Left:
        return step(LaneCursor::Step::Back);
    case Qt::Key_Right:
        return step(LaneCursor::Step::On);
    case Qt::Key_Home:
        return horizontalScrollBar()->setValue(0);
    case Qt::Key_End:
        return horizontalScrollBar()->setValue(horizontalScrollBar()->maximum());
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LanesArea::step(LaneCursor::Step step)
{
    const QList<LanePlace> places = placesOf(m_tables);
    if (places.isEmpty())
        return;
    const auto least = TimeAxis::Time(std::llround(LeastStep * m_axis.scale()));
    m_cursor = m_cursor ? stepped(m_tables, *m_cursor, step, least) : LaneCursor { places.first(), m_axis.left() };
    showCursor();
}

QRect LanesArea::cursorRect() const
{
    const QRect lane = laneRect(m_cursor->place);
    const std::optional<Stretch> stretch = stretchAt(m_tables, *m_cursor);
    const auto xOf = [this](TimeAxis::Time time) {
        return static_cast<int>(std::clamp(m_axis.x(time), -1.0, m_axis.width() + 1.0));
    };
    const int left = xOf(stretch ? stretch->begin : m_cursor->time);
    const int right = std::max(left + 1, stretch ? xOf(stretch->end) : 0);
    return { LanesLayout::Gutter + left, lane.top(), right - left, lane.height() };
}

void LanesArea::showCursor()
{
    const QRect lane = laneRect(m_cursor->place);
    QScrollBar &down = *verticalScrollBar();
    if (lane.top() < LanesPainter::AxisHeight + LanesLayout::HeaderHeight)
        down.setValue(down.value() + lane.top() - LanesPainter::AxisHeight - LanesLayout::HeaderHeight);
    else if (lane.bottom() >= viewport()->height())
        down.setValue(down.value() + lane.bottom() + 1 - viewport()->height());
    if (const double x = m_axis.x(m_cursor->time); x < 0 || x >= m_axis.width()) {
        m_axis.scrollTo(m_cursor->time - m_axis.visible() / 2);
        fitBars();
    }
    viewport()->update();
    const std::optional<Stretch> stretch = stretchAt(m_tables, *m_cursor);
    const QString tip = stretch ? tipOf(m_tables.at(m_cursor->place.table), m_cursor->place.worker, *stretch)
                                : tr("Worker %L1 was done by then").arg(m_cursor->place.worker + 1);
    setAccessibleDescription(tip);
    const QPoint corner = cursorRect().bottomLeft() + QPoint(0, LanesLayout::LanePitch);
    QToolTip::showText(viewport()->mapToGlobal(corner), plainToolTip(tip), viewport());
}

void LanesArea::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_grip = event->pos();
    viewport()->setCursor(Qt::ClosedHandCursor);
}

void LanesArea::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_grip)
        return;
    const QPoint way = *m_grip - event->pos();
    m_grip = event->pos();
    m_axis.scrollTo(m_axis.timeAt(way.x()));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + way.y());
    fitBars();
    viewport()->update();
}

void LanesArea::mouseReleaseEvent(QMouseEvent * /*event*/)
{
    m_grip.reset();
    viewport()->unsetCursor();
}

} // namespace seedbed
