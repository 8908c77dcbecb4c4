// SPDX-License-Identifier: MIT
#include "insertion/targetfolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

// Some file systems have no way to sync a folder, and one that may be entered but not read cannot be opened: there is
// no more to be done there.
bool syncFolder(const QString &path)
{
    const int folder = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return true;
    const bool isSynced = ::fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP;
    ::close(folder);
    return isSynced;
}

} // namespace

Result<void> makeFolder(const QString &folder)
{
    QStringList above; // of each that is missing; the nearest first
    for (QString path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath()); !QFileInfo::exists(path);) {
        path = QFileInfo(path).path();
        above.append(path);
    }
    if (!QDir().mkpath(folder)) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: the folder cannot be made; choose another one").arg(folder));
    }
    for (const QString &path : above) {
        if (!syncFolder(path)) {
            return failure(Error::Kind::Unwritable,
                           Text::tr("%1: the disk failed when a folder was made in it; choose another one").arg(path));
        }
    }
    return {};
}

} // namespace seedbed
