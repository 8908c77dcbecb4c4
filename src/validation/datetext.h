// SPDX-License-Identifier: MIT
#pragma once

// Dates as a field writes them: ISO 8601, or by a pattern of the standard, which is one of C's strptime.

#include "package/tableschema.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDate>

#include <optional>

namespace seedbed {

/// Whether the field writes its dates as YYYY-MM-DD.
[[nodiscard]] bool hasIsoDates(const Field &field);

/// The date that \a text is, or nothing.
[[nodiscard]] std::optional<QDate> dateOfText(const Field &field, QByteArrayView text);

[[nodiscard]] QByteArray textOfDate(const Field &field, QDate date);

} // namespace seedbed
