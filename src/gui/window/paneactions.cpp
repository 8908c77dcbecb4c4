// SPDX-License-Identifier: MIT
#include "gui/window/paneactions.h"

#include "gui/look/theme.h"
#include "gui/panes/gridmenu.h"
#include "gui/panes/tablepane.h"
#include "gui/window/mainwindow.h"
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

// \a what may have a name of the package in it, which is neither a mnemonic nor rich text.
void nameAction(QAction &action, const QString &word, const QString &what)
{
    const QString name = what.isEmpty() ? word : MainWindow::tr("%1 %2", "Undo, and what").arg(word, what);
    const QString keys = action.shortcut().toString(QKeySequence::NativeText);
    action.setText(u'&' + QString(name).replace(u'&', QStringLiteral("&&")));
    action.setToolTip(plainToolTip(MainWindow::tr("%1 (%2)", "an action and its keys").arg(name, keys)));
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
    const auto nameUndo = [action = ui.undoAction](const QString &what) {
        nameAction(*action, MainWindow::tr("Undo"), what);
    };
    const auto nameRedo = [action = ui.redoAction](const QString &what) {
        nameAction(*action, MainWindow::tr("Redo"), what);
    };
    QObject::connect(&history, &QUndoStack::undoTextChanged, ui.undoAction, nameUndo);
    QObject::connect(&history, &QUndoStack::redoTextChanged, ui.redoAction, nameRedo);
    nameUndo(history.undoText());
    nameRedo(history.redoText());
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
