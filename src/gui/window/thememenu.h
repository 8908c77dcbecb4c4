// SPDX-License-Identifier: MIT
#pragma once

// View > Theme: one action for every choice.

#include "gui/files/settings.h"

#include <QMenu>

namespace seedbed {

/// Fills \a menu; a choice is applied and remembered.
/// Thread: GUI thread.
void fillThemeMenu(QMenu &menu, Settings &settings);

} // namespace seedbed
