// SPDX-License-Identifier: MIT
#pragma once

// The file of --output. A regular file is replaced at once; a pipe, a device or a descriptor that was handed to the
// program (/dev/stdout, /dev/fd/3) is written to as what it is.

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace seedbed {

/// Whether a report can be written to \a path, tried without leaving anything. Pipes and devices are not opened.
/// Errors: Unwritable; its message is the reason, to be put into a sentence.
[[nodiscard]] Result<void> checkReportFile(const QString &path);

/// Writes the report. A pipe without a reader is waited for, after \a waiting was called once, until SIGINT or SIGTERM;
/// a reader that does not read is waited for too, and there a signal ends the program.
/// Errors: Unwritable, or Stopped by a signal; the message is the reason, to be put into a sentence. A regular file is
/// as it was then.
[[nodiscard]] Result<void> writeReportFile(const QString &path, const QByteArray &text,
                                           const std::function<void()> &waiting);

} // namespace seedbed
