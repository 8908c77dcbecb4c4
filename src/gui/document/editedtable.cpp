// SPDX-License-Identifier: MIT
#include "gui/document/editedtable.h"

#include "rows/rowreader.h"

#include <ranges>

namespace seedbed {

EditedTable editedTable(int table, const Table &rows, const std::vector<CellText> &cells)
{
    EditedTable edit { table, rows, {}, static_cast<qsizetype>(cells.size()) };
    RowReader ids(rows);
    qsizetype previous = -1;
    for (const CellText &cell : cells) {
        if (cell.row != previous)
            edit.changed.add(ids.rowId(cell.row));
        previous = cell.row;
    }
    edit.rows.setCells(cells);
    for (const RowId id : edit.rows.raggedRows().keys()) {
        if (edit.changed.contains(id))
            edit.rows.setRagged(id, std::nullopt); // no longer the row of the file
    }
    return edit;
}

EditedTable withoutRows(int table, Table rows, const QList<RowSpan> &spans)
{
    EditedTable edit { table, std::move(rows), {}, 0 };
    for (const RowSpan &span : spans | std::views::reverse) {
        edit.rows.remove(span.first, span.count);
        edit.count += span.count;
    }
    return edit;
}

} // namespace seedbed
