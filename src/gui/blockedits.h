// SPDX-License-Identifier: MIT
#pragma once

// What is done with the selected cells of a grid, each a single step of undo: clear, remove, cut, copy,
// paste over, fill down.

#include "gui/gridview.h"
#include "gui/rowclipboard.h"
#include "gui/tablemodel.h"

#include <QObject>

#include <vector>

namespace seedbed {

/// The edits of one grid's selection. Cells are those that are shown, in the order in which they are: what a filter
/// hides stays as it is. The blank line has none, but what is pasted from it on becomes rows.
/// Thread: GUI thread.
class BlockEdits final : public QObject
{
    Q_OBJECT

public:
    enum class Headers : quint8 { Without, With };

    BlockEdits(Document &document, int table, TableModel &model, GridView &grid, RowClipboard &clipboard,
               QObject *parent = nullptr);

    /// While it is paused nothing is edited.
    void setPaused(bool isPaused) { m_isPaused = isPaused; }

    void clear();
    /// The rows that have a selected cell.
    void removeRows();
    /// The smallest rectangle around the selected cells, as text.
    void copy(Headers headers);
    void cut();
    /// The clipboard's cells go over those from the first selected one on, and on into new rows where they are more
    /// than there are rows; one cell alone goes into every selected one. All of it when the text is read.
    void paste();
    /// The clipboard's rows are added at the end, when they are read; under the next free keys where none has a key.
    void pasteAsNewRows();
    /// Each column of a selected block takes the text of its first row; a single row that of the row above it.
    void fillDown();

Q_SIGNALS:
    /// What is in the clipboard cannot be rows, or has no room.
    void refused(const seedbed::Error &error);

private:
    /// The number of cells that were not empty before is the name's.
    void clearAs(const char *name);
    [[nodiscard]] RowClipboard::Pasted whatIsPasted(void (BlockEdits::*take)(const Table &rows));
    void addRows(const Table &rows);
    void putOver(const Table &cells);
    /// New rows with the cells from row \a first on, the first of them in column \a left.
    [[nodiscard]] Table rowsOf(const Table &cells, qsizetype first, int left) const;
    /// The rows with the next free keys, where none of them has a key.
    [[nodiscard]] Table withKeys(const Table &rows) const;
    [[nodiscard]] QItemSelection selection() const;
    [[nodiscard]] std::vector<CellText> selectedCells(QByteArrayView text = {}) const;
    [[nodiscard]] bool canEdit() const { return !m_isPaused && !m_document.isLoading(); }

    Document &m_document;
    const int m_table;
    TableModel &m_model;
    GridView &m_grid;
    RowClipboard &m_clipboard;
    bool m_isPaused = false;
};

} // namespace seedbed
