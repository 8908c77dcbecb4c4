// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqlitefile.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace seedbed {

SqliteFile::SqliteFile(QString path)
    : m_path(std::move(path))
{
}

std::optional<SqliteFile::Node> SqliteFile::nodeAt(const QString &path)
{
    struct stat facts {
    };
    if (::lstat(QFile::encodeName(path).constData(), &facts) != 0)
        return std::nullopt;
    return Node(facts.st_dev, facts.st_ino);
}

bool SqliteFile::isEmpty() const
{
    return QFileInfo(m_path).size() == 0;
}

FileState SqliteFile::state() const
{
    struct stat facts {
    };
    if (::lstat(QFile::encodeName(m_path).constData(), &facts) != 0)
        return {};
    struct stat log {
    };
    const bool hasLog = ::lstat(QFile::encodeName(logPath()).constData(), &log) == 0;
    if (!hasLog)
        log = {};
    return { .hasLeftOvers = log.st_size > 0 || QFileInfo(journalPath()).size() > 0,
             .hasLog = hasLog,
             .size = facts.st_size,
             .node = { facts.st_dev, facts.st_ino },
             .modified = { facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec },
             .changed = { facts.st_ctim.tv_sec, facts.st_ctim.tv_nsec },
             .logSize = log.st_size,
             .logModified = { log.st_mtim.tv_sec, log.st_mtim.tv_nsec } };
}

bool SqliteFile::hasOneName(const QString &path)
{
    struct stat facts {
    };
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_nlink <= 1;
}

bool SqliteFile::exists() const
{
    return QFileInfo::exists(m_path);
}

QByteArray SqliteFile::place() const
{
    const auto node = nodeAt(m_path);
    return node ? QByteArray::number(static_cast<quint64>(node->first)) + ':'
            + QByteArray::number(static_cast<quint64>(node->second))
                : QByteArray();
}

bool SqliteFile::makePrivate() const
{
    const int file =
        ::open(QFile::encodeName(m_path).constData(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const int error = errno;
    if (file >= 0) {
        (void)::fchmod(file, S_IRUSR | S_IWUSR); // whatever the umask took
        ::close(file);
    }
    return file >= 0 || error != EEXIST;
}

void SqliteFile::freeLog() const
{
    struct stat database {
    };
    if (::lstat(QFile::encodeName(m_path).constData(), &database) != 0)
        return;
    for (const QString &path : { logPath(), sharedMemoryPath() }) {
        if (QFileInfo(path).isWritable())
            continue;
        // A descriptor that only names the file: closing one that can read it would give up the locks that SQLite has.
        const int file = ::open(QFile::encodeName(path).constData(), O_PATH | O_NOFOLLOW | O_CLOEXEC);
        struct stat facts {
        };
        if (file >= 0 && ::fstat(file, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_nlink == 1)
            ::chmod(("/proc/self/fd/" + QByteArray::number(file)).constData(), database.st_mode & 0777);
        if (file >= 0)
            ::close(file);
    }
}

void SqliteFile::remember()
{
    const std::scoped_lock lock(m_mutex);
    m_node = nodeAt(m_path);
}

void SqliteFile::rememberLog()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_log)
        m_log = nodeAt(logPath());
}

bool SqliteFile::isReplaced() const
{
    const std::scoped_lock lock(m_mutex);
    return m_node && nodeAt(m_path) != m_node;
}

void SqliteFile::removeStrayLog() const
{
    const std::scoped_lock lock(m_mutex);
    if (!m_log || nodeAt(logPath()) != m_log)
        return;
    QFile::remove(logPath());
    QFile::remove(sharedMemoryPath());
}

} // namespace seedbed
