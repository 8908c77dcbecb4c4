// SPDX-License-Identifier: MIT
#include "gui/gridkeys.h"

#include <QCoreApplication>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(GridKeys)
};

} // namespace

QList<GridKey> gridKeys()
{
    return {
        { Text::tr("Edit the cell"), { Qt::Key_F2 } },
        { Text::tr("Take what was typed and go down"), { Qt::Key_Return, Qt::Key_Enter } },
        { Text::tr("Go to the next cell"), { Qt::Key_Tab } },
        { Text::tr("Go to the cell before"), { Qt::SHIFT | Qt::Key_Tab } },
        { Text::tr("Leave the cell as it was, or show all rows again"), { Qt::Key_Escape } },
        { Text::tr("Clear the selected cells"), { Qt::Key_Delete } },
        { Text::tr("Go to the first or last cell of the row"), { Qt::Key_Home, Qt::Key_End } },
        { Text::tr("Go to the first or last row"), { Qt::CTRL | Qt::Key_Home, Qt::CTRL | Qt::Key_End } },
        { Text::tr("Select all rows"), { Qt::CTRL | Qt::Key_A } },
    };
}

} // namespace seedbed
