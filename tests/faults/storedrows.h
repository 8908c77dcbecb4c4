// SPDX-License-Identifier: MIT
#pragma once

// What databases hold, seen in a copy of their folder: whoever opens a database mends what a crash left of it, and that
// is for the next run of Seedbed to do.

#include <QSet>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace seedbed {

/// What a database holds of the one table that it is for, whose first column is a number and its key.
struct StoredRows {
    QStringList lines; ///< the cells parted by '|', in the order of their keys
    QString damage;    ///< what is wrong with the file; empty where nothing is

    [[nodiscard]] QSet<int> keys() const;
    /// What is wrong with the file or with a row: each is to be that of \a given with its number, from 1, and to be
    /// there once. Empty where nothing is.
    [[nodiscard]] QString wrongBeside(const QStringList &given) const;
};

/// The database of a table in a folder, which is opened; nothing where it is not there, or has not come to have a
/// table.
[[nodiscard]] StoredRows readStoredRows(const QString &folder, const QString &table);

/// A copy of the databases of a folder as they are now, with what belongs to them: logs, journals and shared memory.
class DatabaseCopy final
{
public:
    explicit DatabaseCopy(const QString &folder);

    [[nodiscard]] StoredRows rows(const QString &table) const;

private:
    QTemporaryDir m_copy;
    QString m_damage; // what could not be copied
};

} // namespace seedbed
