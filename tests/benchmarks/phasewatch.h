// SPDX-License-Identifier: MIT
#pragma once

// When a run passes from phase to phase, seen from outside, so that the run is the one that users get.

#include "insertion/inserter.h"

namespace seedbed {

/// Where the seconds of a run's second half went.
///
/// Inserting is compared with a loop that opens, inserts, commits and closes. So the cut is from the phase Inserting,
/// which begins with making the tables, to the moment when every file is closed and its journal put back: `inserting`
/// and `closing` together. What follows reads the files again and compares: the loop has no such thing, so `auditing`
/// is told by itself; in the measure from end to end it is included.
struct PhaseTimes {
    double inserting = 0;
    double closing = 0;
    double auditing = 0;
    qsizetype insertedRows = -1; ///< -1: see trouble
    QString trouble;
};

/// Runs and watches. Uses the application's event loop. Thread: the main thread.
[[nodiscard]] PhaseTimes watchRun(const Dataset &dataset, const RunOptions &options);

} // namespace seedbed
