// SPDX-License-Identifier: MIT
#pragma once

// A calendar below the editor of a date.

#include "package/tableschema.h"

#include <QCalendarWidget>

namespace seedbed {

class CellEditor;

/// Puts the chosen date into the cell, in the format of its field.
/// Thread: GUI thread.
class DateChooser final : public QCalendarWidget
{
    Q_OBJECT

public:
    DateChooser(CellEditor &editor, const Field &field);

    /// Shows it at the date in the cell, or today's where there is none.
    void open();

private:
    void choose(QDate date);

    CellEditor &m_editor;
    Field m_field;
};

} // namespace seedbed
