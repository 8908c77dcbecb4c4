// SPDX-License-Identifier: MIT
#include "gui/window/panelmenu.h"

#include <QAction>
#include <QMenu>
#include <QTabWidget>

namespace seedbed {

int addPanels(QMenu &menu, QTabWidget &tabs, int number)
{
    for (int i = 0; i < tabs.count(); ++i, ++number) {
        QWidget *page = tabs.widget(i);
        QAction *action = menu.addAction(tabs.tabText(i));
        action->setObjectName(page->objectName() + QStringLiteral("Action"));
        if (number <= 9)
            action->setShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(number)));
        QObject::connect(action, &QAction::triggered, page, [&tabs, page] {
            tabs.setCurrentWidget(page);
            page->setFocus(Qt::ShortcutFocusReason);
        });
    }
    return number;
}

} // namespace seedbed
