// SPDX-License-Identifier: MIT
#pragma once

// From the text of a cell to its value, by the lexical rules of Table Schema (version 2, "Field Types").

#include "package/tableschema.h"
#include "validation/value.h"

#include <QByteArrayView>

#include <charconv>
#include <optional>

namespace seedbed {

/// The value of \a text as the type of \a field, or nothing where it is none. Missing values are not looked at here,
/// nor is the format of a string. An integer beyond 64 bits is a Number. Its text may be a part of \a text, which must
/// then outlive it.
[[nodiscard]] std::optional<Value> castCell(const Field &field, QByteArrayView text);

/// An integer of at most 18 digits, which surely fits; nothing for any other text.
[[nodiscard]] inline std::optional<qint64> shortInteger(QByteArrayView text)
{
    constexpr qsizetype MostDigits = 18;
    const char *at = text.data();
    const char *const end = at + text.size();
    const bool isNegative = at != end && *at == '-';
    if (isNegative || (at != end && *at == '+'))
        ++at;
    if (at == end || end - at > MostDigits)
        return std::nullopt;
    qint64 integer = 0;
    for (; at != end; ++at) {
        const auto digit = static_cast<unsigned>(*at - '0');
        if (digit > 9)
            return std::nullopt;
        integer = integer * 10 + digit;
    }
    return isNegative ? -integer : integer;
}

/// A decimal of at most 15 digits without an exponent, as the nearest double; nothing for any other text. Two of them
/// are equal, or one the greater, just as their doubles are.
[[nodiscard]] inline std::optional<double> shortNumber(QByteArrayView text)
{
    constexpr qsizetype MostDigits = 15;
    const char *const end = text.data() + text.size();
    const char *const firstDigit = text.data() + (text.startsWith('-') ? 1 : 0);
    if (firstDigit >= end || *firstDigit < '0' || *firstDigit > '9' || text.size() > MostDigits)
        return std::nullopt;
    double number = 0;
    const auto read = std::from_chars(text.data(), end, number, std::chars_format::fixed);
    return read.ptr == end ? std::optional(number) : std::nullopt;
}

/// Whether the field's numbers are written without text around them and group characters, and with a point.
[[nodiscard]] bool hasPlainNumbers(const Field &field);

/// Whether a database that keeps integers of 64 bits and decimals of 15 digits keeps \a value as it is.
[[nodiscard]] bool isStoredExactly(const Field &field, const Value &value);

} // namespace seedbed
