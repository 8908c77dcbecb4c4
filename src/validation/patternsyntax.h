// SPDX-License-Identifier: MIT
#pragma once

// From the syntax of QRegularExpression to that of RE2 (github.com/google/re2), where both can say the same.

#include <QString>

#include <optional>
#include <string>

namespace seedbed {

/// An expression for RE2 that matches the same whole texts as \a pattern does in a QRegularExpression with
/// UseUnicodePropertiesOption; nothing where RE2 has no word for a part of it (looking around, references back, word
/// boundaries, options) or may mean something else. \a pattern is a valid QRegularExpression. Groups capture nothing.
[[nodiscard]] std::optional<std::string> linearPattern(const QString &pattern);

} // namespace seedbed
