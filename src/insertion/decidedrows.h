// SPDX-License-Identifier: MIT
#pragma once

// What becomes of the rows of a table of which no database has to be asked: validation alone decides.

#include "package/package.h"
#include "report/runreport.h"
#include "validation/validator.h"

#include <QStringList>

#include <stop_token>

namespace seedbed {

/// Rows that are wrong are skipped or failed; those that are in the target are unchanged. If a stop is asked all are
/// counted, and the first of those that are wrong are listed.
[[nodiscard]] BatchOutcome decidedRows(const Validation &validation, int table, const std::stop_token &stop = {});
/// All rows of a table that was not validated to its end.
[[nodiscard]] BatchOutcome cancelledRows(const Table &rows);
/// What a run would insert is cancelled, as the run is to fail at a conflict.
[[nodiscard]] BatchOutcome refusedRows(const Validation &validation, int table);

/// For the log: each row with its reasons, and how many there are beyond the first ones.
[[nodiscard]] QStringList skippedLines(const Resource &resource, const QList<RejectedRow> &rows);

} // namespace seedbed
