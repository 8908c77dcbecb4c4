// SPDX-License-Identifier: MIT
#pragma once

// A line of plain text that gives way: what has no room is left out, and is in the tooltip.

#include "gui/look/theme.h"

#include <QLabel>

#include <optional>

namespace seedbed {

/// A QLabel on one line, with an optional sign before it; it never asks for more width than there is.
/// Thread: GUI thread.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setElideMode(Qt::TextElideMode mode);
    /// The text with the sign of a state before it, or none.
    void setLine(const QString &text, std::optional<State> state = {});
    /// The whole text, for which the one that is shown may be short.
    void setWholeText(const QString &shown, const QString &whole);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<State> m_state;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace seedbed
