// SPDX-License-Identifier: MIT
#pragma once

// What a table is made of: some rows that follow each other. Known to table.cpp alone.

#include "rows/rowidlist.h"
#include "rows/table.h"
#include "rows/tablecolumn.h"

#include <QHash>
#include <QSharedData>

#include <span>

namespace seedbed {

/// Rows that follow each other, shared by the copies of a table. Columns are shared one by one: an edit of a cell
/// copies one column.
struct TableChunk : QSharedData {
    RowIdList ids;
    QList<TableColumn> columns;
    QHash<RowId, RaggedRow> ragged; ///< marks of some of these rows

    explicit TableChunk(int columnCount = 0)
        : columns(columnCount)
    {
    }

    [[nodiscard]] qsizetype size() const { return ids.size(); }
    /// The length of all its texts.
    [[nodiscard]] qsizetype bytes() const;

    /// \a cells: of these rows and ordered by them, which begin at \a start.
    void replace(qsizetype start, std::span<const CellText> cells);
    void insert(qsizetype before, const TableChunk &rows);
    void remove(qsizetype first, qsizetype count);
    [[nodiscard]] TableChunk sliced(qsizetype first, qsizetype count) const;
    /// The same rows with other ids, from \a first on.
    [[nodiscard]] TableChunk renumbered(RowId first) const;
};

} // namespace seedbed
