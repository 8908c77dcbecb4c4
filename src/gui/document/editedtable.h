// SPDX-License-Identifier: MIT
#pragma once

// An edit of many cells, or of rows at many places, that was worked out elsewhere.

#include "gui/document/rowspan.h"
#include "rows/rowidset.h"
#include "rows/table.h"

#include <vector>

namespace seedbed {

/// A table of the document with other texts in some cells, or without some rows.
/// Thread: any (a value).
struct EditedTable {
    int table = 0;
    Table rows;
    RowIdSet changed;    ///< the rows in which there are other texts
    qsizetype count = 0; ///< how many cells those are, or how many rows are gone
};

/// \a rows, those of a table of the document, with \a cells, which are ordered by row, none twice, all other than what
/// is there. Rows that are edited are no longer ragged.
[[nodiscard]] EditedTable editedTable(int table, const Table &rows, const std::vector<CellText> &cells);

/// \a rows without those at \a spans, which are ascending, none touching another. Cost: about that of a chunk for each.
[[nodiscard]] EditedTable withoutRows(int table, Table rows, const QList<RowSpan> &spans);

} // namespace seedbed
