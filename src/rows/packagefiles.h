// SPDX-License-Identifier: MIT
#pragma once

// Which files belong to a package and to the folder of its databases, so that nothing else is written over them.

#include "package/package.h"

#include <QHash>
#include <QString>

#include <sys/types.h>

#include <optional>
#include <utility>

namespace seedbed {

/// The files as they were when this was made: the descriptor, CSV files, schemas and dialects; the databases with
/// their side files, whether they are there or not, and the lock of their folder.
/// Thread: any (a value).
class PackageFiles final
{
public:
    /// Knows no file; refuses databases all the same.
    PackageFiles() = default;
    /// \a into: the folder of the databases.
    PackageFiles(const Package &package, const QString &into);

    /// The databases with their side files and the lock alone: what the package's own files may not overwrite.
    [[nodiscard]] static PackageFiles databases(const Package &package, const QString &into);

    /// The file that would be lost if something else was written at \a path: one of these, under any name, by a link
    /// or a hard link; or any SQLite database or side file of one. Nothing where no file would be lost.
    [[nodiscard]] std::optional<QString> overwrittenBy(const QString &path) const;

private:
    using Node = std::pair<dev_t, ino_t>;

    void add(const QString &path);
    [[nodiscard]] static std::optional<Node> nodeAt(const QString &path);

    QHash<QString, QString> m_places; // by where they are; each with its path
    QHash<Node, QString> m_nodes;     // of those that are there
};

/// What a database's name ends in where it is that of one of its side files.
[[nodiscard]] QStringList sideFileSuffixes();

} // namespace seedbed
