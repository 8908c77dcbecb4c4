// SPDX-License-Identifier: MIT
#pragma once

// A file with the tables of a package as they were edited and not saved, complete in itself: a line with the checksum
// of all that follows, a line of JSON that says what it is, then the rows of each table as CSV, which a person can
// read too. When such files are written and read is the window's business.

#include "base/result.h"
#include "package/package.h"
#include "rows/table.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace seedbed {

/// What a recovery file is about.
/// Thread: any (a value).
struct RecoveryHead {
    QString descriptorPath; ///< of the package
    QDateTime edited;       ///< when its rows were so
};

/// The tables that were edited, in the order of the package's resources; the others are as in the package's files.
using EditedTables = QList<std::optional<Table>>;

/// Those of \a tables that are not, chunk by chunk, the memory of those in \a saved. Cost: none for the rows.
[[nodiscard]] EditedTables tablesEditedSince(const QList<Table> &saved, const QList<Table> &tables);

/// Replaces the file at once, or leaves it as it was. Only its owner may read it.
/// Errors: Unwritable, naming the file.
[[nodiscard]] Result<void> writeRecovery(const QString &path, const Package &package, const QDateTime &edited,
                                         const EditedTables &tables);

/// Cost: none for the rows; what they are is not looked at.
/// Errors: Unreadable, naming the file, where it does not begin as a recovery file.
[[nodiscard]] Result<RecoveryHead> readRecoveryHead(const QString &path);

/// Errors: Unreadable, naming the file: it is not whole, or its tables do not fit those of \a package.
[[nodiscard]] Result<EditedTables> readRecovery(const QString &path, const Package &package);

} // namespace seedbed
