// SPDX-License-Identifier: MIT
#include "insertion/folderlock.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

QString holderOf(const QLockFile &lock)
{
    qint64 process = 0;
    QString host;
    QString application;
    if (!lock.getLockInfo(&process, &host, &application))
        return Text::tr("another run");
    return Text::tr("%1 (process %2 on %3)").arg(application).arg(process).arg(host);
}

} // namespace

Result<std::unique_ptr<QLockFile>> lockFolder(const QString &folder, std::chrono::milliseconds limit,
                                              RunProgress &progress, const std::stop_token &stop)
{
    constexpr std::chrono::milliseconds Try { 100 };
    auto lock = std::make_unique<QLockFile>(QDir(folder).filePath(QStringLiteral(".seedbed.lock")));
    lock->setStaleLockTime(0); // a long run is not a dead one; a process that is gone is noticed all the same
    const auto begin = std::chrono::steady_clock::now();
    for (bool isFirst = true; !stop.stop_requested(); isFirst = false) {
        if (lock->tryLock(static_cast<int>(Try.count())))
            return lock;
        if (lock->error() != QLockFile::LockFailedError) {
            return failure(Error::Kind::Unwritable,
                           Text::tr("%1: cannot be written; choose another folder").arg(folder));
        }
        if (std::chrono::steady_clock::now() - begin >= limit) {
            return failure(
                Error::Kind::Locked,
                Text::tr("%1: %2 is writing into this folder; try again when it is done").arg(folder, holderOf(*lock)));
        }
        if (isFirst) {
            progress.log(
                LogEntry::Level::Warning,
                Text::tr("%1: waiting for %2, which is writing into this folder").arg(folder, holderOf(*lock)));
        }
    }
    return nullptr;
}

} // namespace seedbed
