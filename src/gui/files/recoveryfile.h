// SPDX-License-Identifier: MIT
#pragma once

// The files in which running programs keep their unsaved edits, and which of them nobody holds any more. What is in
// one is rows/recovery.h.

#include "base/filelock.h"
#include "rows/recovery.h"

#include <QString>

#include <memory>
#include <vector>

namespace seedbed {

/// A recovery file that is this program's own, which a lock file beside it says to others. Who dies holds it no more.
/// Thread: one at a time.
class RecoveryFile final
{
public:
    /// A name for a new one in \a folder, which is made readable for its owner only. Nothing is written to it yet.
    /// Errors: Unwritable.
    [[nodiscard]] static Result<std::shared_ptr<RecoveryFile>> make(const QString &folder);
    /// Those in \a folder that no living program holds, the newest first; all are this program's as long as it keeps
    /// them.
    [[nodiscard]] static std::vector<std::shared_ptr<RecoveryFile>> takeAbandoned(const QString &folder);

    [[nodiscard]] QString path() const { return m_path; }
    void remove() const;
    /// Gives it another name, under which nobody looks for edits, and returns that.
    [[nodiscard]] QString setAside() const;

private:
    RecoveryFile(const QString &path, std::unique_ptr<FileLock> lock);
    /// Null where another program holds it, or nobody can.
    [[nodiscard]] static std::shared_ptr<RecoveryFile> take(const QString &path);

    QString m_path;
    std::unique_ptr<FileLock> m_lock;
};

} // namespace seedbed
