// SPDX-License-Identifier: MIT
#pragma once

// The actions of the Edit and Rows menus: what they do with the pane that has the focus, and with the history of edits.

class QUndoStack;

namespace Ui {
class MainWindow;
}

namespace seedbed {

/// Gives the actions their keys, and the window's current pane their work.
void connectPaneActions(const Ui::MainWindow &ui);
/// Undo and redo say what they would do, and the history shows it.
void connectHistory(const Ui::MainWindow &ui, QUndoStack &history);
/// Whether rows can be edited now; copying and finding always can be.
void enableEdits(const Ui::MainWindow &ui, const QUndoStack &history, bool isEnabled);

} // namespace seedbed
