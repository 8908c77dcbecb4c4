// SPDX-License-Identifier: MIT
#pragma once

// The rows that did not go in as CSV files, one a table: to be mended and run again.

#include "package/result.h"
#include "report/runreport.h"
#include "rows/dataset.h"

namespace seedbed {

/// Writes `<resource>.csv` into \a folder (made if absent) for each table with rejected rows: the original columns
/// first, then `_row` and `_reasons`. Returns the files written; the file of a table without rejected rows is removed
/// if an earlier run left it (only if its header has `_row` and `_reasons`). Errors: Unwritable, naming the file.
[[nodiscard]] Result<QStringList> writeRejects(const RunReport &report, const Dataset &snapshot, const QString &folder);

} // namespace seedbed
