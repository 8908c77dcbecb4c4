// SPDX-License-Identifier: MIT
#pragma once

// Folders for what a program keeps for its user.

#include <QString>

namespace seedbed {

/// Makes \a folder and those above it that are missing, each for its owner alone, whatever the mask of the process
/// allows; a folder that is there stays as it is. Whether it is there then.
bool makeOwnFolder(const QString &folder);

} // namespace seedbed
