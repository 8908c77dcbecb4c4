// SPDX-License-Identifier: MIT
#pragma once

// One QSqlDatabase connection to one SQLite file, for the thread that makes it, and statements on it.

#include "insertion/sqlite/guardedvfs.h"
#include "insertion/sqlite/sqlitefile.h"
#include "insertion/sqlite/sqlitestatus.h"
#include "validation/value.h"

#include <QSqlDatabase>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

struct sqlite3;
struct sqlite3_stmt;

namespace seedbed {

/// A connection, from open() to its end.
/// Thread: one; made, used and destroyed in the same.
class SqliteConnection final
{
public:
    enum class Mode {
        Look,      ///< no file is made, changed or deleted, neither the database nor one beside it
        ReadWrite, ///< of a database that is there
        Create,    ///< as ReadWrite, but the database is made if it is absent
    };

    /// \a path: absolute, of a file and not of a link. A lock is waited for briefly at each statement.
    /// What is in the file is not trusted: no statement can damage the file itself, and what its schema calls (in
    /// triggers, checks, indexes) has no effect outside of it.
    SqliteConnection(const QString &path, Mode mode);
    ~SqliteConnection();
    Q_DISABLE_COPY_MOVE(SqliteConnection)

    /// Whether opening worked. Whether the file is a database shows at the first statement.
    [[nodiscard]] const SqliteStatus &openStatus() const { return m_openStatus; }

    /// Runs a statement without parameters; its rows are dropped. Where opening failed, its status, here and below.
    [[nodiscard]] SqliteStatus execute(const QString &sql);

    /// Runs a statement and puts the first column of its first row into \a value.
    [[nodiscard]] SqliteStatus ask(const QString &sql, QString &value);

    /// Gives back the memory of pages that are not in use.
    void releaseMemory();

    /// Whether no transaction is open: some errors end one by themselves.
    [[nodiscard]] bool isAutocommit() const;

    /// Whether the file it has open is no longer the one at its path: deleted, or another file or a link put in its
    /// place.
    [[nodiscard]] bool hasMoved() const;
    /// Whether it has moved, or the file has another name too: nothing may be written then.
    [[nodiscard]] bool isUnsafe() const { return hasMoved() || !SqliteFile::hasOneName(m_path); }

    /// The file's change counter (sqlite.org/fileformat.html, 1.3.6), which every commit without a write-ahead log
    /// raises; nothing where it cannot be read.
    [[nodiscard]] std::optional<quint32> changeCounter() const;

    /// Whether this version of SQLite writes files of this format (sqlite.org/fileformat.html, 1.3.3): it opens others
    /// for reading alone. True also where the file is empty or cannot be read.
    [[nodiscard]] bool hasKnownFormat() const;

    /// Whether this look has no lock; see mayHaveChanged().
    [[nodiscard]] bool isUnlocked() const { return m_unlocked.has_value(); }
    /// Whether another program may have written since this look began. A database in write-ahead-log mode that nobody
    /// has open is looked at without a lock, as taking one would make files: what was read is good only if this is
    /// false afterwards.
    [[nodiscard]] bool mayHaveChanged() const;

    /// The connection's own handle; null where the driver hands none out.
    [[nodiscard]] sqlite3 *handle() const { return m_handle; }

private:
    void open(Mode mode, const QByteArray &parameters);
    void openUnlocked(const FileState &state);
    void close();
    [[nodiscard]] SqliteStatus checkOpened();
    [[nodiscard]] QByteArray headerBytes(int place, int count) const;

    const QString m_path;
    GuardedVfs m_vfs; // outlives the connection that uses it
    QString m_name;
    QSqlDatabase m_database;
    sqlite3 *m_handle = nullptr;
    SqliteStatus m_openStatus;
    std::optional<FileState> m_unlocked; // of a database that is looked at without a lock
};

/// What is stored in a column of a row (sqlite.org/datatype3.html, section 2).
/// Thread: that of its statement; good until the next step.
struct StoredCell {
    enum class Storage : quint8 { Null, Integer, Real, Text, Blob };

    Storage storage = Storage::Null;
    qint64 integer = 0;
    double real = 0;
    QByteArrayView bytes; ///< of a Text (UTF-8) or a Blob
};

/// The value of \a column, from 0, of the row that \a statement came to.
[[nodiscard]] StoredCell cellOf(sqlite3_stmt *statement, int column = 0);

/// A prepared statement through SQLite's C interface: about twice as fast as QSqlQuery, and it binds text as it is.
/// Thread: that of its connection, which must outlive it.
class SqliteStatement final
{
public:
    SqliteStatement(const SqliteConnection &connection, const QString &sql);
    ~SqliteStatement();
    Q_DISABLE_COPY_MOVE(SqliteStatement)

    /// Whether preparing worked.
    [[nodiscard]] const SqliteStatus &status() const { return m_status; }

    void bindNull(int parameter);
    void bind(int parameter, qint64 value);
    void bind(int parameter, double value);
    /// \a utf8 must stay until reset().
    void bind(int parameter, const QByteArray &utf8);

    /// Makes one step: whether there is a row. An error shows in status(), also one of what was bound, after which no
    /// step is made before reset().
    [[nodiscard]] bool step();
    /// Makes the statement ready for the next bindings; status() is good again.
    void reset();

    [[nodiscard]] int columnCount() const;
    [[nodiscard]] QString columnName(int column) const;
    /// Of the row that step() came to. \a column from 0.
    [[nodiscard]] StoredCell cell(int column) const { return cellOf(m_statement, column); }
    /// The same, whatever it is, as SQLite's own text of it; empty for NULL.
    [[nodiscard]] QByteArray text(int column) const;

    /// How many rows the last step changed.
    [[nodiscard]] qint64 changes() const;

private:
    [[nodiscard]] SqliteStatus statusOf(int code) const;
    void keepBound(int code);

    sqlite3 *m_handle;
    sqlite3_stmt *m_statement = nullptr;
    SqliteStatus m_status;
    SqliteStatus m_bound; // the first error of a binding
};

/// \a name as an identifier in SQL.
[[nodiscard]] QString quoted(const QString &name);

} // namespace seedbed
