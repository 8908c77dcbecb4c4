// SPDX-License-Identifier: MIT
#pragma once

// The work of `run` and `validate`, from the package to the written rejects, without a word on the screen; and what its
// end means as an exit status.

#include "base/result.h"
#include "cli/settings.h"
#include "insertion/runprogress.h"
#include "report/runreport.h"
#include "rows/readprogress.h"

#include <QByteArray>

#include <optional>
#include <stop_token>

namespace seedbed {

/// The numbers with which seedbed-cli ends.
enum ExitStatus : int {
    Done = 0,
    RowsNotIn = 1,
    WrongUsage = 2,
    FileTrouble = 3,
    StayedLocked = 4,
    Interrupted = 130,
};

/// What came of a job that got as far as a report.
/// Thread: any (a value).
struct JobResult {
    RunReport report;
    QByteArray text;              ///< the report as it is to be printed
    std::optional<Error> rejects; ///< why the rejects could not be written
};

/// What a job says of itself while it goes on: first of its reading, then of its run.
/// Thread: any.
struct JobProgress {
    ReadProgress reading;
    RunProgress run;
};

/// Reads the package, runs it, writes the rejects. Blocks.
/// Errors: as readDataset and run; Unwritable also where the rejects would overwrite the package's own files, or where
/// the report's file cannot be made: both are found before anything is inserted.
[[nodiscard]] Result<JobResult> runJob(const Settings &settings, JobProgress &progress, const std::stop_token &stop);

/// The exit status for a report.
[[nodiscard]] ExitStatus exitStatus(const RunReport &report, FailOn failOn);

/// The exit status for an error.
[[nodiscard]] ExitStatus exitStatus(const Error &error);

} // namespace seedbed
