// SPDX-License-Identifier: MIT
#pragma once

// What is in a database, in the place of the grid: a table to look at and to copy from, which follows the file.

#include "gui/database/databasemodel.h"
#include "gui/database/databasewatch.h"
#include "gui/grid/blockedits.h"
#include "gui/grid/rowclipboard.h"

#include <QTableView>

namespace seedbed {

/// The table of a database that a resource of the document goes to. While it is hidden, and while a run writes to the
/// database, it leaves that alone.
/// Thread: GUI thread.
class DatabaseView final : public QTableView
{
    Q_OBJECT

public:
    DatabaseView(Document &document, int table, RowClipboard &clipboard, QWidget *parent = nullptr);

    /// The smallest rectangle around the selected cells, as text, when it is read. What is no text is left out.
    void copy(BlockEdits::Headers headers);
    /// "10 rows in FILE".
    [[nodiscard]] QString countText() const;
    /// What is to be said of the rows beside that; mostly nothing.
    [[nodiscard]] QString note() const { return m_model.note(); }

Q_SIGNALS:
    /// Count and note are new.
    void updated();
    /// So many cells were copied as empty ones, as what is in them is no text.
    void blobsLeftOut(qsizetype cells);
    void refused(const seedbed::Error &error);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void follow();
    void fitColumns();
    void fitRowHeader();

    Document &m_document;
    DatabaseModel m_model;
    DatabaseWatch m_watch;
    RowClipboard &m_clipboard;
    bool m_isFitted = false; // the columns, to the first rows that came
};

} // namespace seedbed
