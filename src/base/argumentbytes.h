// SPDX-License-Identifier: MIT
#pragma once

// What a program is started with, before Qt makes texts of it: every byte that is not UTF-8 becomes U+FFFD there, and
// then names another file or folder.

#include <QString>

#include <optional>

namespace seedbed {

/// The first of the arguments that is not valid UTF-8, with such bytes as "\\xFF"; nothing where all are.
[[nodiscard]] std::optional<QString> firstBadArgument(int argc, char *const argv[]);

/// Whether the current folder has a path, and that is valid UTF-8.
[[nodiscard]] bool hasCurrentFolder();

} // namespace seedbed
