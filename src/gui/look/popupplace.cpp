// SPDX-License-Identifier: MIT
#include "gui/look/popupplace.h"

#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace seedbed {

QPoint popupPlace(const QWidget &widget, QSize size)
{
    const QRect room = widget.screen()->availableGeometry();
    QPoint corner = widget.mapToGlobal(QPoint(0, widget.height()));
    if (corner.y() + size.height() > room.bottom())
        corner.ry() -= widget.height() + size.height();
    corner.setX(std::max(room.left(), std::min(corner.x(), room.right() - size.width())));
    return corner;
}

} // namespace seedbed
