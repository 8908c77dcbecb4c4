// SPDX-License-Identifier: MIT
#pragma once

// One table in the window: its title and counts, its grid, and in a line why the current cell is wrong.

#include "gui/document/cellplace.h"
#include "gui/grid/blockedits.h"
#include "gui/model/tablemodel.h"
#include "gui/panes/panefilter.h"
#include "gui/panes/referencejump.h"
#include "validation/causes.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <utility>

namespace Ui {
class TablePane;
}

namespace seedbed {

class DatabaseView;

/// A pane for a resource of the document.
/// Thread: GUI thread.
class TablePane final : public QWidget
{
    Q_OBJECT

public:
    TablePane(Document &document, int table, RowClipboard &clipboard, QWidget *parent = nullptr);
    ~TablePane() override;

    /// Adds a row at the end and begins editing it.
    void addRow();
    /// The same above the current row.
    void insertRow();
    [[nodiscard]] BlockEdits &edits() { return m_edits; }
    /// The selected rows of what is shown, to the clipboard.
    void copy(BlockEdits::Headers headers);
    /// From the rows to be inserted to those in the database, or back.
    void switchRows();
    [[nodiscard]] GridView &grid();
    /// Goes to the row that the current cell refers to, or says that there is none.
    void followReference();
    /// As GridView::sortByNext(), with the column of the current cell.
    void sortByCurrentColumn();
    [[nodiscard]] bool isAtReference() const;
    void focusGrid();
    [[nodiscard]] bool hasGridFocus() const;
    [[nodiscard]] PaneFilter &rowFilter() { return m_filter; }
    /// Only rows that this filter lets through are shown, whatever was to be seen before. \a text as in rowfilter.h.
    void filterBy(const QString &text);
    /// The current cell; its row is below 0 where there is none.
    [[nodiscard]] CellPlace currentCell() const;
    /// Makes the cell the current one, in sight, and gives the grid the focus. An empty or unknown field: the first
    /// one. A filter that hides it goes. \a note: as say().
    void showCell(RowId row, const QString &field, const QString &note = {});
    /// The same, and the focus stays where it is.
    void revealCell(RowId row, const QString &field);
    /// Puts a note before what is wrong with the current cell, until another cell is the current one.
    void say(const QString &note);
    /// Asks to go to the cell that caused the current cell's problem.
    void goToCause();
    /// To show every column in full.
    [[nodiscard]] int wantedWidth() const;

Q_SIGNALS:
    /// Nothing was copied or pasted, for a reason that the pane says.
    void refused(const seedbed::Error &error);
    /// A cell of any table is to be shown.
    void cellWanted(int table, RowId row, const QString &field);
    void currentMoved();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct WantedCell {
        RowId row = RowId::None;
        QString field {};
        QString note {};
        bool takesFocus = true;
    };

    [[nodiscard]] GridView &setUp();
    void want(const WantedCell &cell);
    void refuse(const Error &error);
    void editRow(int row);
    void allowEdits();
    [[nodiscard]] bool isDatabaseShown() const;
    [[nodiscard]] bool isEditing() const;
    void showSeedRows();
    void showRows();
    void keepCurrent();
    void findCurrent();
    void showWantedCell();
    void updateView();
    void showReason();
    [[nodiscard]] QString withNote(const QString &text) const;
    [[nodiscard]] std::optional<Cause> currentCause() const;
    [[nodiscard]] QString rowsText(qsizetype rows) const;

    std::unique_ptr<Ui::TablePane> m_ui;
    Document &m_document;
    int m_table;
    RowClipboard &m_clipboard;
    TableModel m_model;
    BlockEdits m_edits;
    PaneFilter m_filter;
    ReferenceJump m_jump;
    DatabaseView *m_database = nullptr;                 // as soon as somebody wants to see it
    std::pair<RowId, int> m_current { RowId::None, 0 }; // the cell to come back to when other rows are shown
    std::optional<WantedCell> m_wanted;                 // the cell to be shown as soon as its row is
    QString m_note;
};

} // namespace seedbed
