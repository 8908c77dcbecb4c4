// SPDX-License-Identifier: MIT
#include "gui/window/widgetkeys.h"

#include <QCoreApplication>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(WidgetKeys)
};

} // namespace

QList<WidgetKey> widgetKeys()
{
    const QString table = Text::tr("In a table");
    const QString findBar = Text::tr("In the find bar");
    const QString lanes = Text::tr("In the lanes");
    return {
        { table, Text::tr("Edit the cell"), { Qt::Key_F2 } },
        { table, Text::tr("Offer values, or a calendar"), { Qt::ALT | Qt::Key_Down } },
        { table, Text::tr("Check or uncheck the box"), { Qt::Key_Space } },
        { table, Text::tr("Take what was typed and go down"), { Qt::Key_Return, Qt::Key_Enter } },
        { table, Text::tr("Go to the next cell"), { Qt::Key_Tab } },
        { table, Text::tr("Go to the cell before"), { Qt::SHIFT | Qt::Key_Tab } },
        { table, Text::tr("Leave the cell as it was, or show all rows again"), { Qt::Key_Escape } },
        { table, Text::tr("Clear the selected cells"), { Qt::Key_Delete } },
        { table, Text::tr("Go to the first or last cell of the row"), { Qt::Key_Home, Qt::Key_End } },
        { table, Text::tr("Go to the first or last row"), { Qt::CTRL | Qt::Key_Home, Qt::CTRL | Qt::Key_End } },
        { table, Text::tr("Select all rows"), { Qt::CTRL | Qt::Key_A } },
        { findBar, Text::tr("Go to the next place"), { Qt::Key_Return, Qt::Key_Enter } },
        { findBar, Text::tr("Go to the place before"), { Qt::SHIFT | Qt::Key_Return } },
        { lanes, Text::tr("Go to another worker"), { Qt::Key_Up, Qt::Key_Down } },
        { lanes, Text::tr("Go along what it did, and be told"), { Qt::Key_Left, Qt::Key_Right } },
        { lanes, Text::tr("See more closely, or less"), { Qt::Key_Plus, Qt::Key_Minus } },
        { lanes, Text::tr("See the whole run"), { Qt::Key_0 } },
        { lanes, Text::tr("Go to the beginning or the end of the run"), { Qt::Key_Home, Qt::Key_End } },
    };
}

} // namespace seedbed
