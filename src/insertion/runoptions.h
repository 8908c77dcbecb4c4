// SPDX-License-Identifier: MIT
#pragma once

// What a person chooses for a run.

#include "validation/conflictpolicy.h"

#include <QString>

#include <chrono>

namespace seedbed {

/// How to run.
/// Thread: any (a value).
struct RunOptions {
    QString into;                                                       ///< the folder of the databases; made if absent
    int workers = 10;                                                   ///< insertions in flight per table, 1 to 64
    qsizetype batchRows = 0;                                            ///< rows per transaction; 0: computed
    std::chrono::milliseconds lockTimeout { std::chrono::seconds(60) }; ///< how long to keep trying a locked database
    bool isDryRun = false;                                              ///< check and validate; write nothing
    ConflictPolicy onConflict = ConflictPolicy::Skip; ///< a key that is in the target with other values
    bool allowTriggers = false;                       ///< of the targets' tables; otherwise such a table is refused
};

} // namespace seedbed
