// SPDX-License-Identifier: MIT
#include "gui/editors/celloffers.h"

#include "gui/editors/celleditor.h"
#include "gui/editors/choicelist.h"
#include "gui/editors/datechooser.h"
#include "gui/editors/referencesearch.h"

#include <QAction>

namespace seedbed {

namespace {

void offerReferences(CellEditor &editor, const TableModel &model, const ForeignKey &key, ReferenceSearch &search)
{
    auto *list = new ChoiceList(editor);
    const int column = key.referenceFields.at(key.fields.indexOf(editor.cell().column()));
    const int label = labelColumn(model.document().resource(key.resource).schema, column);
    const auto ask = [&editor, &document = model.document(), parent = key.resource, column, label, &search] {
        search.findChoices(document.table(parent), column, label, editor.text());
    };
    QObject::connect(&editor, &CellEditor::textEdited, list, ask);
    QObject::connect(list, &ChoiceList::wanted, list, ask);
    QObject::connect(&search, &ReferenceSearch::choicesFound, list, &ChoiceList::offer);
}

void offerValues(CellEditor &editor, const QList<QByteArray> &values)
{
    auto *list = new ChoiceList(editor);
    const auto offer = [list, values](const QString &typed) {
        QList<Choice> choices;
        for (const QByteArray &value : values) {
            if (const QString text = QString::fromUtf8(value); text.contains(typed, Qt::CaseInsensitive))
                choices.append({ text, text });
        }
        list->offer(choices);
    };
    QObject::connect(&editor, &CellEditor::textEdited, list, offer);
    QObject::connect(list, &ChoiceList::wanted, list, [offer] { offer({}); });
}

void offerCalendar(CellEditor &editor, const Field &field)
{
    auto *calendar = new DateChooser(editor, field);
    QAction *open = editor.addAction(QIcon::fromTheme(QStringLiteral("view-calendar")), QLineEdit::TrailingPosition);
    open->setText(DateChooser::tr("Calendar"));
    open->setToolTip(DateChooser::tr("Choose a date (Alt+Down)"));
    open->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Down));
    open->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(open, &QAction::triggered, calendar, &DateChooser::open);
}

} // namespace

void offerHelp(CellEditor &editor, const TableModel &model, ReferenceSearch &search)
{
    const TableSchema &schema = model.resource().schema;
    const int column = editor.cell().column();
    const Field &field = schema.fields.at(column);
    if (const int key = schema.foreignKeyOf(column); key >= 0)
        offerReferences(editor, model, schema.foreignKeys.at(key), search);
    else if (field.constraints.enumeration)
        offerValues(editor, *field.constraints.enumeration);
    else if (field.type == FieldType::Date)
        offerCalendar(editor, field);
}

} // namespace seedbed
