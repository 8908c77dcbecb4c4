// SPDX-License-Identifier: MIT
#pragma once

// The panels of the window's lower half by menu and key.

class QMenu;
class QTabWidget;

namespace seedbed {

/// Adds an action to \a menu for each page of \a tabs, which shows it and gives it the focus. Its keys are Ctrl and the
/// number that the page has in the menu, from \a number on.
/// \return the number of the next page.
int addPanels(QMenu &menu, QTabWidget &tabs, int number);

} // namespace seedbed
