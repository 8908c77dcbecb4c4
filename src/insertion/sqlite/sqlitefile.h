// SPDX-License-Identifier: MIT
#pragma once

// The file of a database and its log as the file system has them. What is in them is for SQLite alone: nothing here
// opens a database that is there.

#include <QByteArray>
#include <QString>

#include <sys/types.h>

#include <mutex>
#include <optional>
#include <utility>

namespace seedbed {

/// What tells whether a database was written to, and whether a write was left unfinished.
/// Thread: any (a value).
struct FileState {
    bool hasLeftOvers = false; ///< a journal or a log beside it that is not empty
    bool hasLog = false;       ///< a log, be it empty
    qint64 size = 0;
    std::pair<dev_t, ino_t> node;
    std::pair<qint64, qint64> modified; ///< seconds and nanoseconds
    std::pair<qint64, qint64> changed;  ///< of the file's facts
    qint64 logSize = 0;
    std::pair<qint64, qint64> logModified;

    friend bool operator==(const FileState &, const FileState &) = default;
};

/// A file that is told from another one that takes its name. Thread: any.
class SqliteFile final
{
public:
    /// \a path: absolute.
    explicit SqliteFile(QString path);

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] bool exists() const;
    /// Whether it is empty: such a file has no tables, and opening it would delete what lies beside it.
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] FileState state() const;
    /// Whether there is a regular file at \a path that has no other name, or none by now, and is no link.
    [[nodiscard]] static bool hasOneName(const QString &path);
    /// The same for every name of one file, another for every other file; empty where there is none.
    [[nodiscard]] QByteArray place() const;

    /// Makes an empty file that only its owner can read and write; SQLite gives its journals the same permissions.
    /// False where there is one by now. Where it cannot be made, opening it says why.
    [[nodiscard]] bool makePrivate() const;
    /// Gives the log the permissions of the database, where it may not be written: it was made while that was
    /// read-only. What a link in the log's place leads to is left as it is. Where this fails SQLite says so.
    void freeLog() const;

    /// What is there now is what isReplaced() compares with.
    void remember();
    /// What is beside it now is the log of the file that is remembered; the first one stays so.
    void rememberLog();
    /// Whether the file that is remembered is gone, or another one has its name.
    [[nodiscard]] bool isReplaced() const;
    /// Removes the log of a file that is gone: another one that has its place would be given what is in it. A log that
    /// came with that other file stays.
    void removeStrayLog() const;

private:
    using Node = std::pair<dev_t, ino_t>;
    [[nodiscard]] static std::optional<Node> nodeAt(const QString &path);
    [[nodiscard]] QString journalPath() const { return m_path + QStringLiteral("-journal"); }
    [[nodiscard]] QString logPath() const { return m_path + QStringLiteral("-wal"); }
    [[nodiscard]] QString sharedMemoryPath() const { return m_path + QStringLiteral("-shm"); }

    const QString m_path;
    mutable std::mutex m_mutex; // guards what is below
    std::optional<Node> m_node;
    std::optional<Node> m_log;
};

} // namespace seedbed
