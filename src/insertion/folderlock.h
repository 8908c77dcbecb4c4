// SPDX-License-Identifier: MIT
#pragma once

// One run at a time for a folder of databases, also across processes.

#include "insertion/runprogress.h"
#include "package/result.h"

#include <QLockFile>
#include <QString>

#include <chrono>
#include <memory>
#include <stop_token>

namespace seedbed {

/// Takes the lock of \a folder: a file of its own, never one of the databases. Waits, and logs for whom, while another
/// run has it. The lock of a process that died is taken over. Null if a stop was asked.
/// Errors: Locked after \a limit, saying who holds it; Unwritable.
[[nodiscard]] Result<std::unique_ptr<QLockFile>> lockFolder(const QString &folder, std::chrono::milliseconds limit,
                                                            RunProgress &progress, const std::stop_token &stop);

} // namespace seedbed
