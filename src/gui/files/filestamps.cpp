// SPDX-License-Identifier: MIT
#include "gui/files/filestamps.h"

#include <QDir>
#include <QFile>

#include <sys/stat.h>

namespace seedbed {

FileStamps::FileStamps(const Package &package)
{
    if (package.isBuiltIn())
        return;
    const QDir folder(package.folder());
    m_stamps.insert(package.descriptorPath, stampOf(package.descriptorPath));
    for (const Resource &resource : package.resources) {
        const QString path = folder.filePath(resource.path);
        if (!resource.path.isEmpty())
            m_stamps.insert(path, stampOf(path));
    }
}

QStringList FileStamps::changedFiles() const
{
    QStringList changed;
    for (auto stamp = m_stamps.cbegin(); stamp != m_stamps.cend(); ++stamp) {
        if (const Stamp now = stampOf(stamp.key()); now != Stamp() && now != stamp.value())
            changed.append(stamp.key());
    }
    changed.sort();
    return changed;
}

FileStamps::Stamp FileStamps::stampOf(const QString &path)
{
    struct stat facts {
    };
    if (::stat(QFile::encodeName(path).constData(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return {};
    return { static_cast<qint64>(facts.st_dev),
             static_cast<qint64>(facts.st_ino),
             facts.st_size,
             facts.st_mtim.tv_sec,
             facts.st_mtim.tv_nsec,
             facts.st_ctim.tv_sec,
             facts.st_ctim.tv_nsec };
}

} // namespace seedbed
