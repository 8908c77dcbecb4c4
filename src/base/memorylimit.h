// SPDX-License-Identifier: MIT
#pragma once

// How much memory a process may still take, where that is limited (ulimit -v, ulimit -d). It is looked at before much
// is asked for: Qt and SQLite do not always survive that they get none, and then nothing can be said any more.

#include "base/result.h"

#include <QtGlobal>

#include <optional>

namespace seedbed {

/// To be called at the start of a program: where memory is limited threads share it.
void shareMemory();

/// How many bytes may be taken beside those that are taken now; nothing where there is no limit.
[[nodiscard]] std::optional<qint64> memoryLeft();

/// How many bytes are in use now.
[[nodiscard]] qint64 memoryInUse();

/// Whether the least is left with which work can go on that takes \a bytes more. Costs some microseconds where memory
/// is limited, otherwise next to nothing.
[[nodiscard]] bool hasMemoryFor(qint64 bytes);

/// Unwritable, saying what to do. Nothing was written.
[[nodiscard]] Error notEnoughMemory();

} // namespace seedbed
