// SPDX-License-Identifier: MIT
#pragma once

// What an update would change, before it is done: the rows that are in the databases with other values, cell by cell.

#include "base/result.h"
#include "report/rowchange.h"
#include "validation/validator.h"

#include <QList>
#include <QString>

#include <chrono>
#include <stop_token>

namespace seedbed {

class Target;

/// How many rows of a table are enough to look at.
constexpr qsizetype MostPreviewedRows = 1000;

/// The rows of a table that are in its target with other values, and the first \a most of them as \a target holds them
/// now. One whose key is no longer there is left out. Cost: a look at the target for each of them.
/// Errors: as Target::find().
[[nodiscard]] Result<TableChanges> changesIn(const Validation &validation, int table, Target &target, qsizetype most,
                                             const std::stop_token &stop);

/// The same for every table, from the databases in the folder \a into; read-only.
[[nodiscard]] Result<QList<TableChanges>> previewUpdates(const Validation &validation, const QString &into,
                                                         std::chrono::milliseconds lockTimeout, qsizetype most,
                                                         const std::stop_token &stop = {});

} // namespace seedbed
