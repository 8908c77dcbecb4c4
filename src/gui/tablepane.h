// SPDX-License-Identifier: MIT
#pragma once

// One table in the window: its title and counts, its grid, and in a line why the current cell is wrong.

#include "gui/tablemodel.h"

#include <QWidget>

#include <memory>

namespace Ui {
class TablePane;
}

namespace seedbed {

/// A pane for a resource of the document.
/// Thread: GUI thread.
class TablePane final : public QWidget
{
    Q_OBJECT

public:
    TablePane(Document &document, int table, QWidget *parent = nullptr);
    ~TablePane() override;

    /// Adds a row at the end and begins editing it.
    void addRow();
    void removeSelectedRows();
    void clearSelectedCells();
    void focusGrid();
    /// Makes the cell the current one, in sight, and gives the grid the focus. An empty or unknown field: the first one.
    void showCell(RowId row, const QString &field);

private:
    void retell();
    void showReason();

    std::unique_ptr<Ui::TablePane> m_ui;
    Document &m_document;
    int m_table;
    TableModel m_model;
};

} // namespace seedbed
