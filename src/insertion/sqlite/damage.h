// SPDX-License-Identifier: MIT
#pragma once

// Whether a database file is whole. What may lie beside it is for insertion/sqlite/databasefiles.h.

#include "base/result.h"
#include "insertion/sqlite/sqliteconnection.h"

#include <QString>

namespace seedbed {

/// Whether the file is as long as its header says. \a status is what the last statement answered, where an error is the
/// database's own (busy, not a database). Errors: Refused, with the file and what to do.
[[nodiscard]] Result<void> checkLength(SqliteConnection &connection, const QString &path, SqliteStatus &status);

/// Whether the file is whole, beyond the pages of one table: PRAGMA quick_check. Files over \a mostBytes are not read.
/// \a status: as of checkLength(). Errors: Unwritable, with the file and what to do.
[[nodiscard]] Result<void> checkDamage(SqliteConnection &connection, const QString &path, qint64 mostBytes,
                                       SqliteStatus &status);

} // namespace seedbed
