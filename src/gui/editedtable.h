// SPDX-License-Identifier: MIT
#pragma once

// An edit of many cells that was worked out elsewhere.

#include "rows/rowidset.h"
#include "rows/table.h"

#include <vector>

namespace seedbed {

/// A table of the document with other texts in some cells, and with no other rows.
/// Thread: any (a value).
struct EditedTable {
    int table = 0;
    Table rows;
    RowIdSet changed;    ///< the rows in which there are other texts
    qsizetype cells = 0; ///< how many
};

/// \a rows, those of a table of the document, with \a cells, which are ordered by row, none twice, all other than what
/// is there. Rows that are edited are no longer ragged.
[[nodiscard]] EditedTable editedTable(int table, const Table &rows, const std::vector<CellText> &cells);

} // namespace seedbed
