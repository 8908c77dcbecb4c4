// SPDX-License-Identifier: MIT
#pragma once

// What a SQLite file is before a run: whether it can take a resource's rows, and why not.

#include "insertion/sqlite/sqlitecolumns.h"
#include "insertion/sqlite/sqliteconnection.h"
#include "package/package.h"
#include "package/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace seedbed {

/// The table of a resource as it is in a file, or is going to be.
/// Thread: any (a value).
struct SqliteTable {
    bool exists = false;
    QString journalMode = QStringLiteral("delete"); ///< as found
    QList<Affinity> affinities;                     ///< one for each field
    bool hasUniqueKey = true; ///< whether the database itself finds a second row with the same key
};

/// Whether the file at \a path, if it is there, may be opened for writing at all; a link to one may not. Says nothing
/// of what is in it. Errors: Refused, Unwritable.
[[nodiscard]] Result<void> checkFile(const QString &path);

/// Whether a table can have as many columns as \a resource has fields.
/// Errors: Refused.
[[nodiscard]] Result<void> checkFieldCount(const Resource &resource, const QString &path);

/// Why nothing more goes into a database: it is no longer the file that the run began with.
[[nodiscard]] QString replacedText(const Resource &resource);

/// A table that is yet to be created.
[[nodiscard]] SqliteTable newTable(const Resource &resource);

/// Looks at the table of \a resource in an open database. \a status is what the last statement answered, where an error
/// is the database's own (busy, not a database).
/// Errors: Refused, with the file and what to do.
[[nodiscard]] Result<SqliteTable> readTable(SqliteConnection &connection, const Resource &resource, const QString &path,
                                            SqliteStatus &status);

/// What the table of \a resource does of its own at an insertion, by name: its triggers, and its indexes with an
/// expression. \a status: as of readTable().
[[nodiscard]] QStringList ownCodeOf(SqliteConnection &connection, const Resource &resource, SqliteStatus &status);

/// The statement that creates the table: the key and plain columns, no other constraint.
[[nodiscard]] QString createStatement(const Resource &resource);

} // namespace seedbed
