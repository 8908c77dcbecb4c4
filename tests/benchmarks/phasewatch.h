// SPDX-License-Identifier: MIT
#pragma once

// When a run passes from phase to phase, seen from outside, so that the run is the one that users get.

#include "insertion/inserter.h"

namespace seedbed {

/// Where the seconds of a run's second half went.
///
/// Inserting is compared with a loop that opens, inserts, commits and closes. So the cut is from the phase Inserting,
/// which begins with making the tables, to the moment when every row of every table is decided, every connection of a
/// worker closed and every write-ahead log put back into its file. A table that is done earlier is read back while the
/// others are still written: that is work which the loop does not have, and it is left in, to Seedbed's disadvantage.
/// What is read back after the last table is told by itself; from end to end it is included.
struct PhaseTimes {
    double inserting = 0;
    double auditing = 0;
    qsizetype insertedRows = -1; ///< -1: see trouble
    QString trouble;
};

/// Runs and watches. Uses the application's event loop. Thread: the main thread.
[[nodiscard]] PhaseTimes watchRun(const Dataset &dataset, const RunOptions &options);

} // namespace seedbed
