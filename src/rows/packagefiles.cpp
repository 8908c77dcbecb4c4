// SPDX-License-Identifier: MIT
#include "rows/packagefiles.h"

#include "base/regularfile.h"
#include "package/descriptor.h"

#include <QDir>
#include <QFileInfo>

#include <sys/stat.h>

#include <algorithm>

namespace seedbed {

namespace {

/// Where the name itself is: links on the way are followed, the last one is not.
QString placeOfName(const QString &path)
{
    const QFileInfo file(path);
    return QDir(placeOf(file.path())).filePath(file.fileName());
}

/// Whether the file begins as every SQLite database does that is not empty (sqlite.org/fileformat.html, 1.3).
bool isDatabase(const QString &path)
{
    const QByteArray header("SQLite format 3\0", 16);
    RegularFile file(path);
    return file.openToRead({}, QIODevice::ReadOnly | QIODevice::Unbuffered) && file.read(header.size()) == header;
}

/// Whether the file is a database or beside one, as a part of it.
bool isOfDatabase(const QString &place)
{
    if (isDatabase(place))
        return true;
    const QStringList suffixes = sideFileSuffixes();
    return std::any_of(suffixes.cbegin(), suffixes.cend(), [&place](const QString &suffix) {
        return place.endsWith(suffix) && isDatabase(place.chopped(suffix.size()));
    });
}

} // namespace

PackageFiles::PackageFiles(const Package &package, const QString &into)
    : PackageFiles(databases(package, into))
{
    if (package.isBuiltIn())
        return;
    const QDir folder(package.folder());
    add(package.descriptorPath);
    for (const QString &file : referencedFiles(package))
        add(folder.filePath(file));
    for (const Resource &resource : package.resources) {
        if (!resource.path.isEmpty())
            add(folder.filePath(resource.path));
    }
}

PackageFiles PackageFiles::databases(const Package &package, const QString &into)
{
    PackageFiles files;
    const QDir folder(into);
    for (const Resource &resource : package.resources) {
        const QString database = folder.filePath(resource.database);
        files.add(database);
        for (const QString &suffix : sideFileSuffixes())
            files.add(database + suffix);
    }
    files.add(folder.filePath(QStringLiteral(".seedbed.lock")));
    return files;
}

void PackageFiles::add(const QString &path)
{
    m_places.insert(placeOfName(path), path);
    m_places.insert(placeOf(path), path);
    if (const auto node = nodeAt(path))
        m_nodes.insert(*node, path);
}

std::optional<PackageFiles::Node> PackageFiles::nodeAt(const QString &path)
{
    struct stat facts {
    };
    const bool isThere = ::stat(QFile::encodeName(path).constData(), &facts) == 0;
    return isThere && S_ISREG(facts.st_mode) ? std::optional(Node(facts.st_dev, facts.st_ino)) : std::nullopt;
}

std::optional<QString> PackageFiles::overwrittenBy(const QString &path) const
{
    const QString place = placeOf(path);
    for (const QString &candidate : { placeOfName(path), place }) {
        if (const auto file = m_places.constFind(candidate); file != m_places.cend())
            return *file;
    }
    const auto node = nodeAt(path);
    if (const auto file = node ? m_nodes.constFind(*node) : m_nodes.cend(); file != m_nodes.cend())
        return *file;
    return isOfDatabase(place) ? std::optional(place) : std::nullopt;
}

QStringList sideFileSuffixes()
{
    return { QStringLiteral("-wal"), QStringLiteral("-shm"), QStringLiteral("-journal") };
}

} // namespace seedbed
