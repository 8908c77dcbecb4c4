// SPDX-License-Identifier: MIT
#pragma once

// One run at a time for a folder of databases, also across processes.

#include "base/filelock.h"
#include "base/result.h"
#include "insertion/runprogress.h"

#include <QString>

#include <chrono>
#include <memory>
#include <stop_token>

namespace seedbed {

/// Whether a run could take the lock of \a folder, as far as what lies in its place says. Changes nothing.
/// Errors: Unwritable, as FileLock::check().
[[nodiscard]] Result<void> checkFolderLock(const QString &folder);

/// Takes the lock of \a folder: a file of its own, never one of the databases. Waits, and logs for whom, while another
/// run has it. The lock of a process that died is free. Null if a stop was asked.
/// Errors: Locked after \a limit, saying who holds it; Unwritable, as FileLock::tryLock().
[[nodiscard]] Result<std::unique_ptr<FileLock>> lockFolder(const QString &folder, std::chrono::milliseconds limit,
                                                           RunProgress &progress, const std::stop_token &stop);

} // namespace seedbed
