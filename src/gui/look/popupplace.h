// SPDX-License-Identifier: MIT
#pragma once

// Where what belongs to a widget pops up.

#include <QPoint>
#include <QSize>

class QWidget;

namespace seedbed {

/// The corner of something that is below the widget, or above it where there is no room, and on the screen.
[[nodiscard]] QPoint popupPlace(const QWidget &widget, QSize size);

} // namespace seedbed
