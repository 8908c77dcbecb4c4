// SPDX-License-Identifier: MIT
#pragma once

// When a database has been written to, by whichever program. The file itself is never opened for that.

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <utility>

namespace seedbed {

/// Watches one file, with the log that is written beside it.
/// Thread: GUI thread.
class DatabaseWatch final : public QObject
{
    Q_OBJECT

public:
    explicit DatabaseWatch(QObject *parent = nullptr);

    /// What changes from now on is told. \a path: absolute, of a file that need not be there; empty: nothing is
    /// watched.
    void watch(const QString &path);

Q_SIGNALS:
    /// At most a few times a second, however often it is written to.
    void changed();

private:
    using Stamp = std::pair<qint64, QDateTime>; // size and time of the last change

    [[nodiscard]] QList<Stamp> stamps() const;
    void watchFiles();
    void look();

    QString m_path;
    QFileSystemWatcher m_watcher;
    QTimer m_pause;
    QList<Stamp> m_stamps;
};

} // namespace seedbed
