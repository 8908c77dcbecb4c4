// SPDX-License-Identifier: MIT
#pragma once

// Whether other programs have written to the files of a package: another window, an editor, a checkout.

#include "base/filestamp.h"
#include "package/package.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace seedbed {

/// The descriptor and the files of the rows as they were when this was made.
/// Thread: any (a value).
class FileStamps final
{
public:
    FileStamps() = default;
    explicit FileStamps(const Package &package);

    /// The paths of those that have something else in them now: what is gone is not lost by writing. Opens none of
    /// them.
    [[nodiscard]] QStringList changedFiles() const;

private:
    [[nodiscard]] static FileStamp stampOf(const QString &path);

    QHash<QString, FileStamp> m_stamps; // by path
};

} // namespace seedbed
