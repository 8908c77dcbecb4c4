// SPDX-License-Identifier: MIT
#pragma once

// An edit of many cells that was worked out elsewhere.

#include "rows/rowidset.h"
#include "rows/table.h"

namespace seedbed {

/// A table of the document with other texts in some cells, and with no other rows.
/// Thread: any (a value).
struct EditedTable {
    int table = 0;
    Table rows;
    RowIdSet changed;    ///< the rows in which there are other texts
    qsizetype cells = 0; ///< how many
};

} // namespace seedbed
