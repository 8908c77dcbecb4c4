// SPDX-License-Identifier: MIT
#include "gui/paneactions.h"

#include "gui/gridmenu.h"
#include "gui/mainwindow.h"
#include "gui/tablepane.h"
#include "ui_mainwindow.h"

#include <QUndoStack>

namespace seedbed {

namespace {

template <typename ToDo>
void connectPane(QAction *action, PaneSplitter *panes, ToDo toDo)
{
    QObject::connect(action, &QAction::triggered, panes, [panes, toDo] {
        if (TablePane *pane = panes->current())
            toDo(*pane);
    });
}

} // namespace

void connectPaneActions(const Ui::MainWindow &ui)
{
    connectPane(ui.addRowAction, ui.paneSplitter, [](TablePane &pane) { pane.addRow(); });
    connectPane(ui.insertRowAction, ui.paneSplitter, [](TablePane &pane) { pane.insertRow(); });
    connectPane(ui.removeRowsAction, ui.paneSplitter, [](TablePane &pane) { pane.edits().removeRows(); });
    connectPane(ui.sortAction, ui.paneSplitter, [](TablePane &pane) { pane.sortByCurrentColumn(); });
    connectPane(ui.followAction, ui.paneSplitter, [](TablePane &pane) { pane.followReference(); });
    connectPane(ui.filterAction, ui.paneSplitter, [](TablePane &pane) { pane.rowFilter().focus(); });
    connectPane(ui.switchRowsAction, ui.paneSplitter, [](TablePane &pane) { pane.switchRows(); });

    using Headers = BlockEdits::Headers;
    connectPane(ui.cutAction, ui.paneSplitter, [](TablePane &pane) { pane.edits().cut(); });
    connectPane(ui.copyAction, ui.paneSplitter, [](TablePane &pane) { pane.copy(Headers::Without); });
    connectPane(ui.copyWithHeadersAction, ui.paneSplitter, [](TablePane &pane) { pane.copy(Headers::With); });
    connectPane(ui.pasteAction, ui.paneSplitter, [](TablePane &pane) { pane.edits().paste(); });
    connectPane(ui.pasteRowsAction, ui.paneSplitter, [](TablePane &pane) { pane.edits().pasteAsNewRows(); });
    connectPane(ui.fillDownAction, ui.paneSplitter, [](TablePane &pane) { pane.edits().fillDown(); });
    for (QAction *action : { ui.cutAction, ui.copyAction, ui.copyWithHeadersAction, ui.pasteAction, ui.pasteRowsAction,
                             ui.fillDownAction }) {
        // Elsewhere these keys are those of a line edit or of the log.
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        ui.paneSplitter->addAction(action);
    }
    ui.addRowAction->setShortcuts({ QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter) });
    ui.insertRowAction->setShortcuts({ QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal) });
    ui.removeRowsAction->setShortcuts(
        { QKeySequence(Qt::CTRL | Qt::Key_Minus), QKeySequence(Qt::CTRL | Qt::Key_Delete) });
    addGridMenu(*ui.paneSplitter,
                { ui.cutAction, ui.copyAction, ui.copyWithHeadersAction, ui.pasteAction, ui.pasteRowsAction,
                  ui.fillDownAction, nullptr, ui.insertRowAction, ui.removeRowsAction },
                *ui.followAction);
}

void connectHistory(const Ui::MainWindow &ui, QUndoStack &history)
{
    ui.historyView->setStack(&history);
    QObject::connect(ui.undoAction, &QAction::triggered, &history, &QUndoStack::undo);
    QObject::connect(ui.redoAction, &QAction::triggered, &history, &QUndoStack::redo);
    QObject::connect(&history, &QUndoStack::canUndoChanged, ui.undoAction, &QAction::setEnabled);
    QObject::connect(&history, &QUndoStack::canRedoChanged, ui.redoAction, &QAction::setEnabled);
    QObject::connect(&history, &QUndoStack::undoTextChanged, ui.undoAction,
                     [action = ui.undoAction](const QString &text) {
                         action->setText(text.isEmpty() ? MainWindow::tr("&Undo")
                                                        : MainWindow::tr("&Undo %1").arg(text));
                     });
    QObject::connect(&history, &QUndoStack::redoTextChanged, ui.redoAction,
                     [action = ui.redoAction](const QString &text) {
                         action->setText(text.isEmpty() ? MainWindow::tr("&Redo")
                                                        : MainWindow::tr("&Redo %1").arg(text));
                     });
}

void enableEdits(const Ui::MainWindow &ui, const QUndoStack &history, bool isEnabled)
{
    for (QAction *action : { ui.addRowAction, ui.insertRowAction, ui.removeRowsAction, ui.cutAction, ui.pasteAction,
                             ui.pasteRowsAction, ui.fillDownAction })
        action->setEnabled(isEnabled);
    ui.undoAction->setEnabled(isEnabled && history.canUndo());
    ui.redoAction->setEnabled(isEnabled && history.canRedo());
    ui.historyView->setEnabled(isEnabled);
}

} // namespace seedbed
