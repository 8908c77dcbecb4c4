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

/// A file that is told from another one that takes its name. Thread: any.
class SqliteFile final
{
public:
    /// \a path: absolute.
    explicit SqliteFile(QString path);

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] bool exists() const;
    /// Whether there is a write-ahead log beside it.
    [[nodiscard]] bool hasLog() const;
    /// The same for every name of one file, another for every other file; empty where there is none.
    [[nodiscard]] QByteArray place() const;

    /// Makes an empty file that only its owner can read and write, if there is none; SQLite gives its journals the
    /// same permissions. Where this fails SQLite says why.
    void makePrivate() const;
    /// Gives the log the permissions of the database, where it may not be written: it was made while that was
    /// read-only. Where this fails SQLite says so.
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
    [[nodiscard]] QString logPath() const { return m_path + QStringLiteral("-wal"); }
    [[nodiscard]] QString sharedMemoryPath() const { return m_path + QStringLiteral("-shm"); }

    const QString m_path;
    mutable std::mutex m_mutex; // guards what is below
    std::optional<Node> m_node;
    std::optional<Node> m_log;
};

} // namespace seedbed
