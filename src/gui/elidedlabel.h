// SPDX-License-Identifier: MIT
#pragma once

// A line of plain text that gives way: what has no room is left out, and is in the tooltip.

#include <QLabel>

namespace seedbed {

/// A QLabel on one line, with an optional sign before it; it never asks for more width than there is.
/// Thread: GUI thread.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setElideMode(Qt::TextElideMode mode);
    /// The text with a sign before it, or none.
    void setLine(const QIcon &icon, const QString &text);
    /// The whole text, for which the one that is shown may be short.
    void setWholeText(const QString &shown, const QString &whole);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace seedbed
