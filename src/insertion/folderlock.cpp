// SPDX-License-Identifier: MIT
#include "insertion/folderlock.h"

#include <QCoreApplication>
#include <QDir>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

// Waits between two tries, and no longer than until a stop is asked.
void pause(const std::stop_token &stop)
{
    constexpr std::chrono::milliseconds Pause { 50 };
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    (void)never.wait_for(lock, stop, Pause, [] { return false; });
}

QString lockPath(const QString &folder)
{
    return QDir(folder).filePath(QStringLiteral(".seedbed.lock"));
}

} // namespace

Result<void> checkFolderLock(const QString &folder)
{
    return FileLock::check(lockPath(folder));
}

Result<std::unique_ptr<FileLock>> lockFolder(const QString &folder, std::chrono::milliseconds limit,
                                             RunProgress &progress, const std::stop_token &stop)
{
    const QString path = lockPath(folder);
    const auto begin = std::chrono::steady_clock::now();
    for (bool isFirst = true; !stop.stop_requested(); isFirst = false) {
        auto attempt = FileLock::tryLock(path);
        if (!attempt)
            return tl::unexpected(attempt.error());
        if (attempt->lock)
            return std::move(attempt->lock);
        const QString holder = attempt->holder.isEmpty() ? Text::tr("another run") : attempt->holder;
        if (std::chrono::steady_clock::now() - begin >= limit) {
            return failure(
                Error::Kind::Locked,
                Text::tr("%1: %2 is writing into this folder; try again when it is done").arg(folder, holder));
        }
        if (isFirst) {
            progress.log(LogEntry::Level::Warning,
                         Text::tr("%1: waiting for %2, which is writing into this folder").arg(folder, holder));
        }
        pause(stop);
    }
    return nullptr;
}

} // namespace seedbed
