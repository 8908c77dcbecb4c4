// SPDX-License-Identifier: MIT
#include "gui/editors/datechooser.h"

#include "gui/editors/celleditor.h"
#include "gui/look/popupplace.h"
#include "validation/datetext.h"

namespace seedbed {

DateChooser::DateChooser(CellEditor &editor, const Field &field)
    : QCalendarWidget(&editor)
    , m_editor(editor)
    , m_field(field)
{
    setObjectName(QStringLiteral("dateChooser"));
    setAccessibleName(tr("Calendar"));
    setWindowFlags(Qt::Popup);
    setVerticalHeaderFormat(NoVerticalHeader);
    connect(this, &QCalendarWidget::clicked, this, &DateChooser::choose);
    connect(this, &QCalendarWidget::activated, this, &DateChooser::choose); // by Enter
}

void DateChooser::open()
{
    setSelectedDate(dateOfText(m_field, m_editor.text().toUtf8()).value_or(QDate::currentDate()));
    move(popupPlace(m_editor, sizeHint()));
    show();
    setFocus();
}

void DateChooser::choose(QDate date)
{
    if (!isVisible())
        return; // a double click is a click too
    hide();
    m_editor.put(QString::fromUtf8(textOfDate(m_field, date)));
    Q_EMIT m_editor.picked();
}

} // namespace seedbed
