// SPDX-License-Identifier: MIT
#include "gui/panes/gridmenu.h"

#include "gui/panes/panesplitter.h"
#include "gui/panes/tablepane.h"

#include <QContextMenuEvent>
#include <QMenu>

namespace seedbed {

namespace {

/// Sees what the grids leave to the widgets that they are in.
class GridMenu final : public QObject
{
public:
    GridMenu(PaneSplitter &panes, const QList<QAction *> &actions, QAction &followAction)
        : QObject(&panes)
        , m_panes(panes)
        , m_actions(actions)
        , m_followAction(followAction)
    {
        panes.installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::ContextMenu) // others come also while the panes are going
            return QObject::eventFilter(watched, event);
        const TablePane *pane = m_panes.current();
        if (!pane || !pane->hasGridFocus())
            return QObject::eventFilter(watched, event);
        auto *menu = new QMenu(&m_panes);
        menu->setObjectName(QStringLiteral("gridMenu"));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (QAction *action : m_actions)
            action ? menu->addAction(action) : (void)menu->addSeparator();
        if (pane->isAtReference()) {
            menu->addSeparator();
            menu->addAction(&m_followAction);
        }
        menu->popup(static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    }

private:
    PaneSplitter &m_panes;
    const QList<QAction *> m_actions;
    QAction &m_followAction;
};

} // namespace

void addGridMenu(PaneSplitter &panes, const QList<QAction *> &actions, QAction &followAction)
{
    new GridMenu(panes, actions, followAction);
}

} // namespace seedbed
