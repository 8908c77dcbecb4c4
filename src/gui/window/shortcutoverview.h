// SPDX-License-Identifier: MIT
#pragma once

// Help > Keyboard Shortcuts: every key of the window, read from its actions as they are.

#include <QKeySequence>
#include <QList>
#include <QMainWindow>
#include <QMenu>
#include <QString>

namespace seedbed {

/// Something that keys do.
/// Thread: any (a value).
struct Shortcut {
    QString what; ///< "File › Save"
    QList<QKeySequence> keys;
};

/// Those of the menus in their order, then those of other actions of the window, then the keys that the grids take
/// themselves.
[[nodiscard]] QList<Shortcut> shortcutsOf(const QMainWindow &window);

/// Adds the action with the key F1 to \a menu. What it shows can stay open beside the window.
/// Thread: GUI thread.
void addShortcutOverview(QMenu &menu, QMainWindow &window);

} // namespace seedbed
