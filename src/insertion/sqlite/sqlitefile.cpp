// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqlitefile.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seedbed {

SqliteFile::SqliteFile(QString path)
    : m_path(std::move(path))
{
}

std::optional<SqliteFile::Node> SqliteFile::nodeAt(const QString &path)
{
    struct stat facts {
    };
    if (::stat(QFile::encodeName(path).constData(), &facts) != 0)
        return std::nullopt;
    return Node(facts.st_dev, facts.st_ino);
}

bool SqliteFile::exists() const
{
    return QFileInfo::exists(m_path);
}

bool SqliteFile::hasLog() const
{
    return QFileInfo::exists(logPath());
}

QByteArray SqliteFile::place() const
{
    const auto node = nodeAt(m_path);
    return node ? QByteArray::number(static_cast<quint64>(node->first)) + ':'
            + QByteArray::number(static_cast<quint64>(node->second))
                : QByteArray();
}

void SqliteFile::makePrivate() const
{
    const int file =
        ::open(QFile::encodeName(m_path).constData(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0)
        ::close(file);
}

void SqliteFile::freeLog() const
{
    for (const QString &path : { logPath(), sharedMemoryPath() }) {
        const QFileInfo file(path);
        if (file.exists() && !file.isWritable())
            QFile::setPermissions(path, QFile::permissions(m_path));
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
