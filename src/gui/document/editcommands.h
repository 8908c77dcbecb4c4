// SPDX-License-Identifier: MIT
#pragma once

// The edits that can be undone. Each holds what it replaced and swaps it back and forth.

#include "gui/document/cellplace.h"
#include "gui/document/document.h"

#include <QUndoCommand>

namespace seedbed {

/// A step that takes in what is done later in the same visit of an editor.
/// Thread: GUI thread.
class SessionCommand : public QUndoCommand
{
public:
    explicit SessionCommand(EditSession session, const QString &text = {});

    [[nodiscard]] int id() const override { return m_session == EditSession::None ? -1 : 1; }
    /// \a other: of the same id.
    [[nodiscard]] bool isOfSameSession(const QUndoCommand *other) const;

private:
    EditSession m_session;
};

/// Another text in a cell. Those of one session are merged; one that comes back to the first text vanishes.
/// Thread: GUI thread.
class SetCell final : public SessionCommand
{
public:
    SetCell(Document &document, const CellPlace &place, const QByteArray &text, EditSession session);

    void redo() override;
    void undo() override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    Document &m_document;
    CellPlace m_place;
    QByteArray m_text;                 // the text that is not in the cell now
    std::optional<RaggedRow> m_ragged; // an edited row is no longer the one of the file
};

/// Other texts in many cells of a table. The table before shares with the one after what is the same in both.
/// Thread: GUI thread.
class SetCells final : public QUndoCommand
{
public:
    /// \a cells: ordered by row, none twice, all other than what is there.
    SetCells(Document &document, int table, const std::vector<CellText> &cells, const QString &text);
    SetCells(Document &document, const EditedTable &edit, const QString &text);
    ~SetCells() override;

    void redo() override;
    void undo() override;

private:
    Document &m_document;
    int m_table;
    RowIdSet m_rows;
    Table m_other; // the table that is not in the document now
};

/// New rows. What is typed in them in the same session is in them when they are taken out; if they are removed in it,
/// the step vanishes.
/// Thread: GUI thread.
class InsertRows final : public SessionCommand
{
public:
    InsertRows(Document &document, int table, qsizetype before, const Table &rows, const QString &text,
               EditSession session = EditSession::None);
    ~InsertRows() override;

    void redo() override;
    void undo() override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    Document &m_document;
    int m_table;
    qsizetype m_before;
    qsizetype m_count;
    Table m_rows; // while they are not in
    Document::RowIds m_ids = Document::RowIds::New;
};

/// Rows taken out, wherever they are.
/// Thread: GUI thread.
class RemoveRows final : public SessionCommand
{
public:
    RemoveRows(Document &document, int table, const QList<RowSpan> &rows, EditSession session = EditSession::None);
    ~RemoveRows() override;

    void redo() override;
    void undo() override;

private:
    Document &m_document;
    int m_table;
    QList<RowSpan> m_spans;
    QList<Table> m_rows; // while they are out: as many as spans
};

} // namespace seedbed
