// SPDX-License-Identifier: MIT
#include "gui/document/editcommands.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <ranges>
#include <utility>

namespace seedbed {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("seedbed::EditCommands", text, nullptr, n);
}

} // namespace

SessionCommand::SessionCommand(EditSession session, const QString &text)
    : QUndoCommand(text)
    , m_session(session)
{
}

bool SessionCommand::isOfSameSession(const QUndoCommand *other) const
{
    return static_cast<const SessionCommand *>(other)->m_session == m_session;
}

SetCell::SetCell(Document &document, const CellPlace &place, const QByteArray &text, EditSession session)
    : SessionCommand(session)
    , m_document(document)
    , m_place(place)
    , m_text(text)
{
    const Resource &resource = document.resource(place.table);
    setText(tr("Edit %1 of %2 row %3")
                .arg(resource.schema.fields.at(place.column).name, resource.title, QLocale().toString(place.row + 1)));
}

void SetCell::redo()
{
    m_ragged = m_document.exchangeRagged(m_place.table, m_place.row, std::exchange(m_ragged, std::nullopt));
    m_text = m_document.exchangeCell(m_place.table, m_place.row, m_place.column, m_text);
}

void SetCell::undo()
{
    redo();
}

bool SetCell::mergeWith(const QUndoCommand *other)
{
    const auto *later = dynamic_cast<const SetCell *>(other);
    if (!later || !isOfSameSession(later) || later->m_place != m_place)
        return false;
    // The later text is in the cell already; the one from before the session is still here.
    const Table &table = m_document.table(m_place.table);
    setObsolete(!m_ragged && table.cell(m_place.row, m_place.column) == m_text);
    return true;
}

SetCells::SetCells(Document &document, int table, const std::vector<CellText> &cells, const QString &text)
    : SetCells(document, editedTable(table, document.table(table), cells), text)
{
}

SetCells::SetCells(Document &document, const EditedTable &edit, const QString &text)
    : QUndoCommand(text)
    , m_document(document)
    , m_table(edit.table)
    , m_rows(edit.changed)
    , m_other(edit.rows)
{
}

SetCells::~SetCells()
{
    m_document.disposal().take(std::move(m_other));
}

void SetCells::redo()
{
    m_document.exchangeTable(m_table, m_other, m_rows);
}

void SetCells::undo()
{
    redo();
}

InsertRows::InsertRows(Document &document, int table, qsizetype before, const Table &rows, const QString &text,
                       EditSession session)
    : SessionCommand(session, text)
    , m_document(document)
    , m_table(table)
    , m_before(before)
    , m_count(rows.rowCount())
    , m_rows(rows)
{
}

InsertRows::~InsertRows()
{
    m_document.disposal().take(std::move(m_rows));
}

void InsertRows::redo()
{
    m_document.insertRows(m_table, m_before, m_rows, std::exchange(m_ids, Document::RowIds::Own));
    m_rows = Table();
}

void InsertRows::undo()
{
    m_rows = m_document.takeRows(m_table, m_before, m_count);
}

bool InsertRows::mergeWith(const QUndoCommand *other)
{
    if (!isOfSameSession(other))
        return false;
    setObsolete(dynamic_cast<const RemoveRows *>(other));
    return true;
}

RemoveRows::RemoveRows(Document &document, int table, const QList<RowSpan> &rows, EditSession session)
    : SessionCommand(session)
    , m_document(document)
    , m_table(table)
    , m_spans(rows)
{
    qsizetype count = 0;
    for (const RowSpan &span : rows)
        count += span.count;
    setText(document.removalText(table, count));
}

RemoveRows::~RemoveRows()
{
    m_document.disposal().take(std::move(m_rows));
}

void RemoveRows::redo()
{
    for (const RowSpan &span : m_spans | std::views::reverse)
        m_rows.prepend(m_document.takeRows(m_table, span.first, span.count));
}

void RemoveRows::undo()
{
    for (qsizetype i = 0; i < m_spans.size(); ++i)
        m_document.insertRows(m_table, m_spans.at(i).first, m_rows.at(i), Document::RowIds::Own);
    m_rows.clear();
}

} // namespace seedbed
