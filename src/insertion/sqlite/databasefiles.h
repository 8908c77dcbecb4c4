// SPDX-License-Identifier: MIT
#pragma once

// Whether the files of a SQLite database, which are itself, its journal, its log and its shared memory, may be opened.
// To be asked before SQLite opens any of them; nothing here opens the database itself.

#include "base/result.h"

#include <QString>
#include <QStringList>

namespace seedbed {

/// The database at \a path and the files that SQLite keeps beside it (sqlite.org/tempfiles.html).
[[nodiscard]] QStringList databaseFiles(const QString &path);

/// Whether \a path is one under which SQLite makes a file, and the files beside it: it is UTF-8, short enough, and does
/// not stand for a database in memory. Errors: Refused.
[[nodiscard]] Result<void> checkPath(const QString &path);

/// Whether the database at \a path and the files beside it are what their names say: each is absent or a regular file
/// with one name, and no link; and the path is one that SQLite takes.
/// Errors: Refused, naming the file and what to do.
[[nodiscard]] Result<void> checkNames(const QString &path);

/// Whether a run may use the database at \a path: checkNames(), and it may be written; what lies beside it is what
/// SQLite puts there, and a journal names no other file, which SQLite would delete.
/// Errors: Refused or Unwritable, naming the file and what to do.
[[nodiscard]] Result<void> checkFiles(const QString &path);

} // namespace seedbed
