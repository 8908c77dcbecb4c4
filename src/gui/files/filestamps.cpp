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
        if (const FileStamp now = stampOf(stamp.key()); now != FileStamp() && now != stamp.value())
            changed.append(stamp.key());
    }
    changed.sort();
    return changed;
}

// Nothing's where there is no file.
FileStamp FileStamps::stampOf(const QString &path)
{
    struct stat facts {
    };
    if (::stat(QFile::encodeName(path).constData(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return {};
    return FileStamp(facts);
}

} // namespace seedbed
