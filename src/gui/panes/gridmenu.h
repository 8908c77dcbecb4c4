// SPDX-License-Identifier: MIT
#pragma once

// The context menu of the grids, made of the window's own actions.

#include <QList>

class QAction;

namespace seedbed {

class PaneSplitter;

/// Null in \a actions: a separator. \a followAction is in the menu where the current cell refers to a row. All must
/// outlive \a panes or be its siblings.
void addGridMenu(PaneSplitter &panes, const QList<QAction *> &actions, QAction &followAction);

} // namespace seedbed
