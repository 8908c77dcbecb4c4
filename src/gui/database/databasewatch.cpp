// SPDX-License-Identifier: MIT
#include "gui/database/databasewatch.h"

#include <QFileInfo>

#include <chrono>

namespace seedbed {

namespace {

constexpr std::chrono::milliseconds Pause { 200 };

} // namespace

DatabaseWatch::DatabaseWatch(QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(Pause);
    const auto wait = [this] {
        if (!m_pause.isActive())
            m_pause.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, wait);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, wait);
    connect(&m_pause, &QTimer::timeout, this, &DatabaseWatch::look);
}

void DatabaseWatch::watch(const QString &path)
{
    m_path = path;
    m_pause.stop();
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
    if (path.isEmpty())
        return;
    watchFiles();
    m_stamps = stamps();
}

void DatabaseWatch::watchFiles()
{
    for (const QString &path : { m_path, m_path + QStringLiteral("-wal") }) {
        if (QFileInfo::exists(path))
            m_watcher.addPath(path); // nothing happens where it is watched already
    }
    QFileInfo folder(QFileInfo(m_path).absolutePath());
    while (!folder.exists() && !folder.isRoot())
        folder = QFileInfo(folder.absolutePath());
    m_watcher.addPath(folder.filePath());
}

// Reading makes and removes empty logs, and the folder changes with every file in it: neither is a change.
QList<DatabaseWatch::Stamp> DatabaseWatch::stamps() const
{
    QList<Stamp> stamps;
    for (const QString &path : { m_path, m_path + QStringLiteral("-wal") }) {
        const QFileInfo file(path);
        const bool isThere = file.exists() && (path == m_path || file.size() > 0);
        stamps.append(isThere ? Stamp(file.size(), file.lastModified()) : Stamp(-1, {}));
    }
    return stamps;
}

void DatabaseWatch::look()
{
    watchFiles();
    if (const QList<Stamp> before = std::exchange(m_stamps, stamps()); before != m_stamps)
        Q_EMIT changed();
}

} // namespace seedbed
