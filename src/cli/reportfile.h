// SPDX-License-Identifier: MIT
#pragma once

// The file of --output. A regular file is replaced at once; a pipe, a device or a descriptor that was handed to the
// program (/dev/stdout, /dev/fd/3) is written to as what it is.

#include <QByteArray>
#include <QString>
#include <tl/expected.hpp>

#include <functional>

namespace seedbed {

/// Whether a report can be written to \a path, tried without leaving anything. Pipes and devices are not opened.
/// The error is the reason, to be put into a sentence.
[[nodiscard]] tl::expected<void, QString> checkReportFile(const QString &path);

/// Writes the report. A pipe without a reader is waited for, after \a waiting was called once; as SIGINT is not held
/// back, it ends the program then.
/// The error is the reason, to be put into a sentence; a regular file is as it was then.
[[nodiscard]] tl::expected<void, QString> writeReportFile(const QString &path, const QByteArray &text,
                                                          const std::function<void()> &waiting);

} // namespace seedbed
