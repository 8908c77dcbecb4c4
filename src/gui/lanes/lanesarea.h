// SPDX-License-Identifier: MIT
#pragma once

// Where the lanes of a run are looked at: scrolled, zoomed into, and asked by mouse and keys what they show.

#include "gui/lanes/lanecursor.h"
#include "gui/lanes/lanefacts.h"
#include "gui/lanes/laneslayout.h"

#include <QAbstractScrollArea>

namespace seedbed {

/// Tables of a run, below each other, with one axis of time for all.
/// Thread: GUI thread.
class LanesArea final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit LanesArea(QWidget *parent = nullptr);

    /// What is shown of time stays, but that all of it stays all of it.
    void setTables(const QList<LaneTable> &tables);
    [[nodiscard]] const QList<LaneTable> &tables() const { return m_tables; }
    /// What stands here while there are none.
    void setPlaceholder(const QString &text);

    [[nodiscard]] const TimeAxis &axis() const { return m_axis; }
    /// About the middle.
    void zoom(double factor);
    void fit();

    /// Where a lane is now, in the viewport.
    [[nodiscard]] QRect laneRect(const LanePlace &place) const;
    /// What there is to say of a point of the viewport; empty where there is nothing.
    [[nodiscard]] QString tipAt(const QPoint &point) const;

    /// Where the keyboard is; nowhere before the first step.
    [[nodiscard]] const std::optional<LaneCursor> &cursor() const { return m_cursor; }

    static constexpr double ZoomStep = 1.5;

Q_SIGNALS:
    void zoomed();

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] LanesLayout placing() const;
    [[nodiscard]] double axisX(double x) const { return x - LanesLayout::Gutter; }
    void zoomAt(double factor, double x);
    void step(LaneCursor::Step step);
    /// What the keyboard is at.
    [[nodiscard]] QRect cursorRect() const;
    void showCursor();
    void fitBars();
    [[nodiscard]] double barUnit() const;

    QList<LaneTable> m_tables;
    TimeAxis m_axis;
    QString m_placeholder;
    std::optional<LaneCursor> m_cursor;
    std::optional<QPoint> m_grip; // where the mouse holds what it drags
    bool m_isFitting = false;     // the scroll bars follow the axis, as everything is shown
};

} // namespace seedbed
