// SPDX-License-Identifier: MIT
#include "rows/packagewriter.h"

#include "base/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Dataset)
};

tl::unexpected<Error> unwritable(const QString &path, const QString &why)
{
    return failure(Error::Kind::Unwritable, Text::tr("%1 %2").arg(QDir::toNativeSeparators(path), why));
}

} // namespace

PackageWriter::PackageWriter(const Package &package, const QString &folder)
    : m_folder(folder)
    , m_others(PackageFiles::databases(package, folder))
{
}

void PackageWriter::spare(const QString &name)
{
    m_taken.insert(placeOf(QDir(m_folder).filePath(name)));
}

Result<QString> PackageWriter::take(const QString &name)
{
    const QString path = QDir(m_folder).filePath(name);
    const QString place = placeOf(path);
    if (!isInside(place, placeOf(m_folder))) {
        return unwritable(path,
                          Text::tr("cannot be written: a link leads out of the folder, to %1; remove the link, or save "
                                   "the package in another folder")
                              .arg(QDir::toNativeSeparators(place)));
    }
    if (const QString odd = oddFileAt(place); !odd.isEmpty()) {
        return unwritable(
            path, Text::tr("cannot be written: it is %1, not a file; save the package in another folder").arg(odd));
    }
    if (const auto lost = m_others.overwrittenBy(path)) {
        return unwritable(path,
                          Text::tr(
                              "cannot be written: that would overwrite %1, which belongs to a database; name another "
                              "file in the descriptor")
                              .arg(QDir::toNativeSeparators(*lost)));
    }
    if (m_taken.contains(place)) {
        return unwritable(path,
                          Text::tr("cannot be written: a link makes it the same file as another one of the package; "
                                   "remove the link"));
    }
    m_taken.insert(place);
    return place;
}

Result<void> PackageWriter::write(const QString &place, const QByteArray &content)
{
    RegularFile old(place);
    if (old.openToRead() && old.size() == content.size() && old.readUpTo(content.size()) == content)
        return {};
    old.close();
    QDir().mkpath(QFileInfo(place).path()); // where that fails, opening the file says why
    QSaveFile file(place);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return {};
    return unwritable(place,
                      Text::tr("cannot be written: %1; choose a folder that you may write to").arg(file.errorString()));
}

} // namespace seedbed
