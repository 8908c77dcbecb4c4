// SPDX-License-Identifier: MIT
#pragma once

// Numbers as much of the world writes them, "1.234,50", in a file that is imported.

#include "package/tableschema.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace seedbed {

/// The number with a point and without groups: "1234.50" for "1.234,50", "1 234,50" and "1234,50", and "1234" for
/// "1.234". Nothing where the text is no such number, or has nothing to change. Cost: little where there is neither
/// comma nor point.
[[nodiscard]] std::optional<QByteArray> withDecimalPoint(QByteArrayView text);

/// Whether \a text is such a number, and not one that may have a comma between thousands, as "1,234" may.
[[nodiscard]] bool showsDecimalComma(QByteArrayView text);

/// Whether the field's numbers have a point where others have a comma.
[[nodiscard]] bool hasDecimalPoint(const Field &field);

} // namespace seedbed
