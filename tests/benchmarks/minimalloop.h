// SPDX-License-Identifier: MIT
#pragma once

// The least that can be done to get rows into SQLite: what insertion is compared with.

#include "rows/dataset.h"

namespace seedbed {

/// Puts every row of every table into a file of its own in \a folder, which must not be there: one thread, one
/// connection and one transaction per file, a prepared INSERT, bind, step. It checks nothing, asks for nothing that
/// refers to it, and is as durable as a run: synchronous=FULL, in the rollback journal, which writes every page once.
/// Returns what went wrong, or nothing.
[[nodiscard]] QString insertMinimally(const Dataset &dataset, const QString &folder);

} // namespace seedbed
