// SPDX-License-Identifier: MIT
#pragma once

// Whole runs of seedbed-cli over a shop, with the peer's in between.

#include "measured.h"
#include "shop.h"

namespace seedbed {

/// Which runs are wanted.
struct WholeRunPlan {
    int repeats = 5;
    bool hasSecond = false; ///< over the same databases again, which changes nothing
    bool hasPeer = false;   ///< three sqlite3 processes at once that import the same files into tables made before
};

struct WholeRuns {
    Samples first;     ///< seconds
    Samples second;    ///< seconds
    Samples peer;      ///< seconds
    Samples peakBytes; ///< of the first
};

/// Runs in turn: first, second, peer; every other time the peer goes first. What they made is looked at after each.
[[nodiscard]] Measured<WholeRuns> measureWholeRuns(const Workplace &place, const Shop &shop, const WholeRunPlan &plan);

} // namespace seedbed
