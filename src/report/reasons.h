// SPDX-License-Identifier: MIT
#pragma once

// From what validation found to what a report says.

#include "report/runreport.h"
#include "validation/validator.h"

#include <stop_token>

namespace seedbed {

/// The problem in words, with its cause and what is wrong with that.
[[nodiscard]] Reason reasonFor(const Problem &problem, const Validation &validation, int table);

/// The text of a row's key cells, joined by ", ".
[[nodiscard]] QString keyText(const TableSchema &schema, const Table &rows, qsizetype position);

/// The rows that validation found wrong, with all their problems, by row: Skipped, or Failed where a problem is
/// undecided, or a key is in the target with other values and the run is to fail at that.
/// If a stop is asked no more rows are added once there are MostRejectedAfterStop.
[[nodiscard]] QList<RejectedRow> skippedRows(const Validation &validation, int table, const std::stop_token &stop = {});

/// How many rows of either outcome skippedRows() has where no stop is asked. Cost: linear in the problems.
[[nodiscard]] OutcomeCounts skippedCounts(const Validation &validation, int table);

} // namespace seedbed
