// SPDX-License-Identifier: MIT
#pragma once

// The folder of the databases.

#include "base/result.h"

#include <QString>

namespace seedbed {

/// Makes \a folder, and those above it that are missing, where a power cut leaves them: what is synced in a folder is
/// lost with a folder that was not. Where one is there it is left as it is.
/// Errors: Unwritable; some may have been made then.
[[nodiscard]] Result<void> makeFolder(const QString &folder);

} // namespace seedbed
