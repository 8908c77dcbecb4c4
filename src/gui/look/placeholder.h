// SPDX-License-Identifier: MIT
#pragma once

// What a view says where it has nothing to show.

#include <QAbstractItemView>
#include <QPainter>

namespace seedbed {

/// To be called in the view's paintEvent, after its own.
/// Thread: GUI thread.
inline void paintPlaceholder(const QAbstractItemView &view, const QString &text)
{
    QPainter painter(view.viewport());
    painter.setPen(view.palette().color(QPalette::PlaceholderText));
    painter.drawText(view.viewport()->rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, text);
}

} // namespace seedbed
