// SPDX-License-Identifier: MIT
#include "gui/files/ownfolder.h"

#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

namespace seedbed {

bool makeOwnFolder(const QString &folder)
{
    const QFileInfo info(folder);
    if (info.exists())
        return info.isDir();
    if (info.path() == folder || !makeOwnFolder(info.path()))
        return false;
    const QByteArray name = QFile::encodeName(folder);
    return ::mkdir(name.constData(), S_IRWXU) == 0 && ::chmod(name.constData(), S_IRWXU) == 0;
}

} // namespace seedbed
