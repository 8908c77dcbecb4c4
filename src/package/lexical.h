// SPDX-License-Identifier: MIT
#pragma once

// How numbers and dates are written, by the lexical rules of Table Schema, version 2. What they mean, compare to and
// are stored as is the business of validation/.

#include <QByteArrayView>

namespace seedbed {

/// An optional sign and digits (datapackage.org/standard/table-schema/#integer).
[[nodiscard]] bool isInteger(QByteArrayView text);

/// A decimal of XML Schema with an optional exponent, or NaN, INF, -INF in any case
/// (datapackage.org/standard/table-schema/#number).
[[nodiscard]] bool isNumber(QByteArrayView text);

/// A date of the calendar as yyyy-mm-dd, from year 1 on (datapackage.org/standard/table-schema/#date, default).
[[nodiscard]] bool isDate(QByteArrayView text);

} // namespace seedbed
