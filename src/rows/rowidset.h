// SPDX-License-Identifier: MIT
#pragma once

// A set of rows by their ids.

#include "rows/rangeset.h"
#include "rows/rowid.h"

namespace seedbed {

/// Row ids, each once, in no order but their own. In the order of rows: rowidlist.h.
/// Thread: any (a value).
using RowIdSet = RangeSet<RowId>;

} // namespace seedbed
