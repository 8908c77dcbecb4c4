// SPDX-License-Identifier: MIT
#pragma once

// What SQLite answered to an operation.

#include <QString>

namespace seedbed {

/// A result code of SQLite (sqlite.org/rescode.html) with its message.
/// Thread: any (a value).
struct SqliteStatus {
    int code = 0; ///< extended; 0 is success
    QString message;

    [[nodiscard]] bool isOk() const { return code == 0; }
    [[nodiscard]] int primaryCode() const { return code & 0xff; }
    /// SQLITE_BUSY, or SQLITE_LOCKED.
    [[nodiscard]] bool isBusy() const { return primaryCode() == 5 || primaryCode() == 6; }
    /// SQLITE_READONLY: among others, what a read-only connection answers where another program's crash left a journal
    /// that must be rolled back first.
    [[nodiscard]] bool isReadOnly() const { return primaryCode() == 8; }
    /// SQLITE_CORRUPT.
    [[nodiscard]] bool isDamage() const { return primaryCode() == 11; }
    /// SQLITE_NOTADB.
    [[nodiscard]] bool isNotADatabase() const { return primaryCode() == 26; }
};

} // namespace seedbed
