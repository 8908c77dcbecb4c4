// SPDX-License-Identifier: MIT
#pragma once

// Gets the right rows of a dataset into their databases, concurrently, and reports what the databases answered.

#include "base/result.h"
#include "insertion/runoptions.h"
#include "insertion/runprogress.h"
#include "report/runreport.h"
#include "rows/dataset.h"
#include "validation/conflictpolicy.h"
#include "validation/existingrows.h"

#include <chrono>
#include <stop_token>

namespace seedbed {

/// To be called once on the main thread before the first connection is made on any other: the list of SQL drivers
/// is made without a lock at its first use.
void prepareDatabaseDrivers();

/// Checks the targets, validates, inserts, closes, audits. Blocks until it is done; call it off the GUI thread. A stop
/// is answered between batches; rows whose turn did not come are Cancelled. Errors: Refused, Unwritable or Unreadable,
/// when a target is not fit or the folder cannot be made, and Locked when another run holds the folder until the limit,
/// or another program a database whose rows must be known first (for a dry run, and where a conflict is to fail); then
/// nothing has been written. A database that stays locked by another program is no error: its rows are Failed in the
/// report, which says stayedLocked.
[[nodiscard]] Result<RunReport> run(const Dataset &snapshot, const RunOptions &options, RunProgress &progress,
                                    const std::stop_token &stop);

/// The rows that are in the targets now, per table; read-only. A target that is absent has none.
/// Errors: as run(); Locked when a database could not be read before \a lockTimeout.
[[nodiscard]] Result<QList<ExistingRows>> readTargets(const Package &package, const QString &into,
                                                      std::chrono::milliseconds lockTimeout,
                                                      const std::stop_token &stop = {});

} // namespace seedbed
