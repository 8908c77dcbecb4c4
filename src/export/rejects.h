// SPDX-License-Identifier: MIT
#pragma once

// The rows that did not go in as CSV files, one a table: to be mended and run again.

#include "base/result.h"
#include "report/runreport.h"
#include "rows/dataset.h"
#include "rows/packagefiles.h"

#include <optional>
#include <stop_token>

namespace seedbed {

/// The files that were written, and why there are no more.
/// Thread: any (a value).
struct RejectFiles {
    QStringList written;
    std::optional<Error> error;
};

/// The files in \a folder that may come to hold rejects, in the order of the package's resources; no two are the same.
[[nodiscard]] QStringList rejectPaths(const Package &package, const QString &folder);

/// Writes `<resource>.csv` into \a folder (made if absent) for each table with rejected rows: the original columns
/// first, then `_row` and `_reasons`. The file of a table without rejected rows is removed if an earlier run left it
/// (only if its header has `_row` and `_reasons`). No file of the package and no database is overwritten. The first
/// error ends it: Unwritable, naming the file; Stopped.
[[nodiscard]] RejectFiles writeRejects(const RunReport &report, const Dataset &snapshot, const QString &folder,
                                       const std::stop_token &stop = {});

} // namespace seedbed
