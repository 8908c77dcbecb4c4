// SPDX-License-Identifier: MIT
#pragma once

// Exact decimal numbers, for comparing and normalising what users write. No value passes through binary.

#include <QByteArray>
#include <QByteArrayView>

#include <compare>
#include <optional>

namespace seedbed {

/// A decimal number of any size, or NaN or an infinity.
/// Thread: any (a value).
class Decimal final
{
public:
    /// Reads a number by the lexical rules of Table Schema: an optional sign, digits with an optional '.', an optional
    /// exponent; or NaN, INF, -INF. Nothing where \a text is none.
    [[nodiscard]] static std::optional<Decimal> parse(QByteArrayView text);

    /// Unordered if one of them is NaN.
    [[nodiscard]] std::partial_ordering compare(const Decimal &other) const;

    [[nodiscard]] bool isFinite() const { return m_kind == Kind::Finite; }
    /// How many digits it has, without leading and trailing zeros: 2 for 0.0190, 1 for 1000.
    [[nodiscard]] qsizetype significantDigits() const { return m_digits.size(); }
    /// The power of ten of its first digit: 3 for 1000, -2 for 0.019.
    [[nodiscard]] qint64 magnitude() const { return m_exponent - 1; }

    /// The part of \a text that is the toText() of the number in it, where there is one: "19.9" of "19.90". Nothing
    /// where the text is no number, or toText() is none of its parts. Cost: far less than parse() and toText().
    [[nodiscard]] static std::optional<QByteArrayView> canonicalPart(QByteArrayView text);

    /// Unordered if one of them is NaN. \a a, \a b: as toText() makes them.
    [[nodiscard]] static std::partial_ordering compareTexts(QByteArrayView a, QByteArrayView b);

    /// The shortest usual text: "1000", "19.99", "-0.5", "1.5e+40"; equal numbers have equal texts.
    [[nodiscard]] QByteArray toText() const;

private:
    enum class Kind : quint8 { Finite, NotANumber, Infinite };

    Kind m_kind = Kind::Finite;
    bool m_isNegative = false;
    QByteArray m_digits;   // no leading or trailing zeros; empty for zero
    qint64 m_exponent = 0; // the value is 0.<digits> times ten to this power
};

} // namespace seedbed
