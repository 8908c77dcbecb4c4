// SPDX-License-Identifier: MIT
#pragma once

// Writes files of a package where they belong: inside its folder, and none over another. What is in them is for
// dataset.h and csv.h.

#include "base/result.h"
#include "package/package.h"
#include "rows/packagefiles.h"

#include <QByteArray>
#include <QSet>
#include <QString>

namespace seedbed {

/// The writing of one package. A link is followed as long as it stays in the folder.
/// Thread: one for each writing.
class PackageWriter final
{
public:
    /// \a folder: where the package is written; need not be there.
    PackageWriter(const Package &package, const QString &folder);

    /// Says that the file \a name is not to be written over, which itself is not written.
    void spare(const QString &name);

    /// Where the file that is to be \a name is, once links are followed; it is taken then, and so no other's.
    /// Errors: Unwritable, where that is outside of the folder, no regular file, a database or another file's place.
    [[nodiscard]] Result<QString> take(const QString &name);

    /// Replaces the file at \a place at once, or leaves it as it was. A file that has this content is not touched.
    /// Errors: Unwritable, naming the file.
    [[nodiscard]] static Result<void> write(const QString &place, const QByteArray &content);

private:
    const QString m_folder;
    PackageFiles m_others; // that a table must not overwrite
    QSet<QString> m_taken;
};

} // namespace seedbed
