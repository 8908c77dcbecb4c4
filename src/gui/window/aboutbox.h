// SPDX-License-Identifier: MIT
#pragma once

// What Help > About shows.

class QWidget;

namespace seedbed {

/// Opens the box over \a window and returns at once.
/// Thread: GUI thread.
void showAbout(QWidget &window);

} // namespace seedbed
