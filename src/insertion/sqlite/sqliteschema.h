// SPDX-License-Identifier: MIT
#pragma once

// What a SQLite file is before a run: whether it can take a resource's rows, and why not.

#include "base/result.h"
#include "insertion/sqlite/sqlitecolumns.h"
#include "insertion/sqlite/sqliteconnection.h"
#include "package/package.h"

#include <QByteArray>
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
    QStringList declaredTypes;                      ///< one for each field
    QString encoding = QStringLiteral("UTF-8");     ///< in which the file keeps texts
    bool isStrict = false;    ///< its columns take values of their types alone (sqlite.org/stricttables.html)
    int rowIdField = -1;      ///< of the column that is the row id, which takes integers alone; -1 where there is none
    bool hasUniqueKey = true; ///< whether the database itself finds a second row with the same key
    QByteArray definition;    ///< of the table, its indexes and triggers, as definitionOf()
};

/// Whether a table can have as many columns as \a resource has fields.
/// Errors: Refused.
[[nodiscard]] Result<void> checkFieldCount(const Resource &resource, const QString &path);

/// Why nothing more goes into a database: it is no longer the file that the run began with.
[[nodiscard]] QString replacedText(const Resource &resource);

/// Why nothing more goes into a table: it is no longer as it was when the run looked at it.
[[nodiscard]] QString changedText(const Resource &resource);

/// A table that is yet to be created.
[[nodiscard]] SqliteTable newTable(const Resource &resource);

/// Looks at the table of \a resource in an open database. \a status is what the last statement answered, where an error
/// is the database's own (busy, not a database).
/// Errors: Refused, with the file and what to do.
[[nodiscard]] Result<SqliteTable> readTable(SqliteConnection &connection, const Resource &resource, const QString &path,
                                            SqliteStatus &status);

/// What has the name of a table in a file (sqlite.org/pragma.html#pragma_table_list).
/// Thread: any (a value).
struct TableKind {
    QString name; ///< "table", "view", "virtual" or "shadow"; empty where there is none
    bool hasRowIds = false;
    bool isStrict = false; ///< sqlite.org/stricttables.html

    [[nodiscard]] bool isTable() const { return name == QLatin1String("table"); }
};

/// What has the name of the table of \a resource. \a status: as of readTable().
[[nodiscard]] TableKind kindOf(const SqliteConnection &connection, const Resource &resource, SqliteStatus &status);

/// The statements that made the table of \a resource, its indexes and triggers: the same as long as nobody changes
/// them. \a status: as of readTable().
[[nodiscard]] QByteArray definitionOf(const SqliteConnection &connection, const Resource &resource,
                                      SqliteStatus &status);

/// What the table of \a resource does of its own at an insertion, by name: its triggers, and its indexes with an
/// expression. \a status: as of readTable().
[[nodiscard]] QStringList ownCodeOf(SqliteConnection &connection, const Resource &resource, SqliteStatus &status);

} // namespace seedbed
