// SPDX-License-Identifier: MIT
#include "gui/window/importmenu.h"

#include "gui/exchange/imports.h"
#include "ui_mainwindow.h"

namespace seedbed {

void connectImports(const Ui::MainWindow &ui, Document &document, Settings &settings, QWidget &window)
{
    auto *imports = new Imports(document, settings, *ui.paneSplitter, window);
    QObject::connect(ui.importAction, &QAction::triggered, imports, &Imports::askForFiles);
    QObject::connect(ui.importClipboardAction, &QAction::triggered, imports, &Imports::importClipboard);
    const auto updateActions = [&document, actions = QList { ui.importAction, ui.importClipboardAction }] {
        for (QAction *action : actions)
            action->setEnabled(document.tableCount() > 0 && document.isEditable());
    };
    QObject::connect(&document, &Document::reset, imports, updateActions);
    QObject::connect(&document, &Document::loadingEnded, imports, updateActions);
    QObject::connect(&document, &Document::editableChanged, imports, updateActions);
    updateActions();
}

} // namespace seedbed
