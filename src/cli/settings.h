// SPDX-License-Identifier: MIT
#pragma once

// What a command line asks for, once it is understood. How it is written is in commandline.h.

#include "base/readlimits.h"
#include "insertion/inserter.h"

#include <QString>

namespace seedbed {

/// How a report is written.
enum class ReportFormat : quint8 { Text, Json };

/// Which rows make the exit status 1. Skipped includes Failed.
enum class FailOn : quint8 { None, Failed, Skipped };

/// Which lines of the log are shown.
enum class Verbosity : quint8 {
    Quiet,   ///< none
    Normal,  ///< warnings and errors
    Verbose, ///< all, with their time
};

/// What a command works on, and how.
/// Thread: any (a value).
struct Settings {
    QString package; ///< a datapackage.json or a folder with one; empty: the built-in sample
    ReadLimits limits;
    RunOptions run;
    ReportFormat format = ReportFormat::Text;
    QString output;  ///< the report's file; empty: standard output
    QString rejects; ///< the folder for the rows that did not go in; empty: they are not written
    FailOn failOn = FailOn::Failed;
    Verbosity verbosity = Verbosity::Normal;
};

} // namespace seedbed
