// SPDX-License-Identifier: MIT
#pragma once

// How large a run may be: what the system leaves it of open files and threads.

#include "base/result.h"

#include <memory>
#include <vector>

namespace seedbed {

class RunProgress;
class TableRun;

/// What a run takes of the files that may be open.
/// Thread: any (a value).
struct RunRoom {
    int workers = 0; ///< connections per table
    int looks = 1;   ///< databases that are looked at, prepared or closed at once
};

/// Room for \a tables with \a workers each, or as many as \a filesLeft allow. Without workers nothing is inserted.
/// Errors: Unwritable where there is not even room for one per table, saying what to raise.
[[nodiscard]] Result<RunRoom> roomFor(int tables, int workers, int filesLeft);

/// Starts the threads of the workers that \a runs wait for, table by table in turn, until all have theirs or the system
/// refuses one, which is logged. They wait for TableRun::start(). Errors: Unwritable where a table has none.
[[nodiscard]] Result<void> startWorkers(const std::vector<TableRun *> &runs, RunProgress &progress);

} // namespace seedbed
