// SPDX-License-Identifier: MIT
#pragma once

// Text from data, made safe to print.

#include <QString>

namespace seedbed {

/// \a text on one line: characters that would steer a terminal, or turn the order of what is shown, are written as
/// escapes (\n, \t, \u001b).
[[nodiscard]] QString printable(const QString &text);

} // namespace seedbed
