// SPDX-License-Identifier: MIT
#pragma once

// A lock between processes that ends with its process, whatever the file that carries it holds: an open file
// description lock of Linux. What stands in the file only names the holder to others.

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace seedbed {

/// A lock on a file of its own, which is removed when the lock is given back, unless
/// something else than a lock stands in it. A file that a killed process left carries
/// no lock any more, however it looks. Two locks on one file exclude each other within a process too.
/// Thread: one at a time.
class FileLock final
{
public:
    /// What came of one try.
    struct Attempt {
        std::unique_ptr<FileLock> lock; ///< null while another one has it
        QString holder;                 ///< who that is, as plain text; empty where it is not known
    };

    /// Tries to get the lock that the file at \a path carries, which is made where it is absent. Never waits.
    /// Errors: Unwritable, naming the file, where it is no regular file of its own (a link, a pipe, a folder, a second
    /// name of another file), cannot be made or opened, or where its file system has no locks.
    [[nodiscard]] static Result<Attempt> tryLock(const QString &path);

    /// Whether what lies at \a path could carry a lock, or nothing lies there. Makes, opens and changes nothing.
    /// Errors: Unwritable, as tryLock() has it.
    [[nodiscard]] static Result<void> check(const QString &path);

    ~FileLock();
    Q_DISABLE_COPY_MOVE(FileLock)

private:
    FileLock(QByteArray path, int file, bool isOwn)
        : m_path(std::move(path))
        , m_file(file)
        , m_isOwn(isOwn)
    {
    }

    void writeHolder() const;

    const QByteArray m_path; // as the system spells it
    const int m_file;        // the open file, which has the lock
    const bool m_isOwn;      // what stands in the file is a lock's, or nothing
};

} // namespace seedbed
