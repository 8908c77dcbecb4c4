// SPDX-License-Identifier: MIT
#pragma once

// What is done with the selected cells of a grid, each a single step of undo: clear, remove, cut, copy,
// paste over, fill down.

#include "gui/grid/cellblock.h"
#include "gui/grid/gridview.h"
#include "gui/grid/rowclipboard.h"
#include "gui/model/tablemodel.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <vector>

namespace seedbed {

/// The edits of one grid's selection. Cells are those that are shown, in the order in which they are: what a filter
/// hides stays as it is. The blank line has none, but what is pasted from it on becomes rows. An edit of very many
/// cells is worked out off the GUI thread: it is done a moment later, or refused where the rows were changed meanwhile.
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
    /// What is in the clipboard cannot be rows, or has no room; or the rows were changed while an edit was worked out.
    void refused(const seedbed::Error &error);

private:
    /// What is put in the cells of the selection; called on any thread.
    using CellsOf = std::function<std::vector<CellText>(const QList<CellBlock> &blocks, const Table &table)>;
    /// Called on any thread, with the rows as they are.
    using Work = std::function<EditedTable(const Table &rows)>;
    /// Called on the GUI thread, while the rows still are what they were.
    using Put = std::function<void(const EditedTable &edit)>;

    /// \a name: a plural text for the number of cells that change.
    void edit(const CellsOf &cellsOf, const char *name);
    /// At once, or where \a isMuch a moment later.
    void edit(bool isMuch, const Work &work, const Put &put);
    void editInBackground(const Work &work, const Put &put);
    void fill(const QByteArray &text, const char *name);
    /// At once, or when what is edited in the background is done.
    void whenEdited(const std::function<void()> &act);
    void refuse(const QString &message);
    /// Whether so many rows can be added; tells where they cannot.
    [[nodiscard]] bool mayAdd(qsizetype rows);
    void countChange(int table);
    [[nodiscard]] RowClipboard::Pasted whatIsPasted(void (BlockEdits::*take)(const Table &rows));
    void addRows(const Table &rows);
    void putOver(const Table &cells);
    /// New rows with the cells from row \a first on, the first of them in column \a left.
    [[nodiscard]] Table rowsOf(const Table &cells, qsizetype first, int left) const;
    /// The rows with the next free keys, where none of them has a key.
    [[nodiscard]] Table withKeys(const Table &rows) const;
    [[nodiscard]] QItemSelection selection() const;
    [[nodiscard]] QList<CellBlock> selectedBlocks() const;
    [[nodiscard]] bool canEdit() const { return !m_isPaused && m_document.isEditable(); }

    Document &m_document;
    const int m_table;
    TableModel &m_model;
    GridView &m_grid;
    RowClipboard &m_clipboard;
    bool m_isPaused = false;
    bool m_isEditing = false;                  // in the background
    quint64 m_changes = 0;                     // of the rows
    QList<std::function<void()>> m_afterwards; // what came while it was edited in the background
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
