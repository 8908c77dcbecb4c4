// SPDX-License-Identifier: MIT
#pragma once

// What a run is going to do, made from what validation found before anything is written. A dry run shows the plan, a
// run executes it: they cannot differ.

#include "insertion/runoptions.h"
#include "insertion/target.h"
#include "report/runreport.h"
#include "validation/validator.h"

#include <vector>

namespace seedbed {

/// The rows of one table that are to be written. Rows of which validation alone says what becomes of them are in no
/// plan: see insertion/decidedrows.h.
/// Thread: any (a value that is moved, as the batches refer to the positions).
struct TablePlan {
    TablePlan() = default;
    TablePlan(TablePlan &&) = default;
    TablePlan &operator=(TablePlan &&) = default;
    ~TablePlan() = default;
    Q_DISABLE_COPY(TablePlan)

    std::vector<qint32> positions; ///< in the table of the snapshot, batch after batch
    std::vector<Batch> batches;    ///< parts of `positions`, in the order in which they are written
    OutcomeCounts counts;          ///< how many rows are inserted and updated if the database takes all of them
};

/// What a run does with every table, in the order of the package's resources.
/// Thread: any (a value that is moved).
struct RunPlan {
    bool isRefused = false; ///< the run is to fail at a conflict, and there is one: nothing is written
    std::vector<TablePlan> tables;
};

/// The plan of a run with \a options for the rows of \a validation, which must be complete. Cost: linear in the rows.
[[nodiscard]] RunPlan planOf(const Validation &validation, const RunOptions &options);

/// How many rows a batch has: as many as give every worker a share, within bounds that keep progress and stops quick.
[[nodiscard]] qsizetype batchRowsFor(qsizetype rows, int workers);

} // namespace seedbed
