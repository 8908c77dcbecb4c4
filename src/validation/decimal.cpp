// SPDX-License-Identifier: MIT
#include "validation/decimal.h"

#include <algorithm>

namespace seedbed {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Exponents beyond this are clamped: no two such numbers that a person writes are told apart by it, and sums of
// exponents stay far from overflow.
constexpr qint64 ExponentLimit = 1'000'000'000'000;

qint64 readExponent(QByteArrayView digits, bool isNegative)
{
    qint64 exponent = 0;
    for (const char c : digits)
        exponent = std::min(ExponentLimit, exponent * 10 + (c - '0'));
    return isNegative ? -exponent : exponent;
}

// Takes an optional sign off the front; returns whether it was a minus.
bool takeSign(QByteArrayView &text)
{
    if (text.isEmpty() || (text.front() != '-' && text.front() != '+'))
        return false;
    const bool isMinus = text.front() == '-';
    text = text.sliced(1);
    return isMinus;
}

QByteArrayView takeDigits(QByteArrayView &text)
{
    qsizetype n = 0;
    while (n < text.size() && isDigit(text[n]))
        ++n;
    const QByteArrayView digits = text.first(n);
    text = text.sliced(n);
    return digits;
}

} // namespace

std::optional<Decimal> Decimal::parse(QByteArrayView text)
{
    Decimal number;
    // "Case need not be respected": Table Schema, number.
    if (text.compare("NaN", Qt::CaseInsensitive) == 0) {
        number.m_kind = Kind::NotANumber;
        return number;
    }
    if (text.compare("INF", Qt::CaseInsensitive) == 0 || text.compare("-INF", Qt::CaseInsensitive) == 0) {
        number.m_kind = Kind::Infinite;
        number.m_isNegative = text.front() == '-';
        return number;
    }

    number.m_isNegative = takeSign(text);
    const QByteArrayView whole = takeDigits(text);
    QByteArrayView fraction;
    if (!text.isEmpty() && text.front() == '.') {
        text = text.sliced(1);
        fraction = takeDigits(text);
    }
    if (whole.isEmpty() && fraction.isEmpty())
        return std::nullopt;
    qint64 exponent = 0;
    if (!text.isEmpty() && (text.front() == 'e' || text.front() == 'E')) {
        text = text.sliced(1);
        const bool isNegative = takeSign(text);
        const QByteArrayView digits = takeDigits(text);
        if (digits.isEmpty())
            return std::nullopt;
        exponent = readExponent(digits, isNegative);
    }
    if (!text.isEmpty())
        return std::nullopt;

    number.m_digits.reserve(whole.size() + fraction.size());
    number.m_digits.append(whole).append(fraction);
    number.m_exponent = whole.size() + exponent;
    qsizetype leading = 0;
    while (leading < number.m_digits.size() && number.m_digits.at(leading) == '0')
        ++leading;
    number.m_digits.remove(0, leading);
    number.m_exponent -= leading;
    while (number.m_digits.endsWith('0'))
        number.m_digits.chop(1);
    if (number.m_digits.isEmpty()) {
        number.m_isNegative = false;
        number.m_exponent = 0;
    }
    // What toText() says of it is within the limit too, so that it is the same number when it is read.
    number.m_exponent = std::clamp(number.m_exponent, 1 - ExponentLimit, 1 + ExponentLimit);
    return number;
}

std::optional<QByteArrayView> Decimal::canonicalPart(QByteArrayView text)
{
    // Where toText() writes no exponent.
    constexpr qsizetype Longest = 20;
    if (text.isEmpty() || text.size() > Longest)
        return std::nullopt;
    qsizetype begin = text.front() == '-' || text.front() == '+' ? 1 : 0;
    const bool isNegative = text.front() == '-';
    const qsizetype firstDigit = begin;
    qsizetype end = begin;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    if (end == begin)
        return std::nullopt;
    while (begin + 1 < end && text[begin] == '0')
        ++begin;
    const bool isZero = text[begin] == '0';
    if (end < text.size()) {
        if (text[end] != '.')
            return std::nullopt;
        const qsizetype point = end++;
        qsizetype significant = point;
        for (; end < text.size() && isDigit(text[end]); ++end) {
            if (text[end] != '0')
                significant = end + 1;
        }
        if (end < text.size())
            return std::nullopt;
        end = significant;
        if (isNegative && isZero && significant == point)
            return std::nullopt;
    } else if (isNegative && isZero) {
        return std::nullopt;
    }
    if (!isNegative)
        return text.sliced(begin, end - begin);
    if (begin != firstDigit)
        return std::nullopt;
    return text.first(end);
}

namespace {

/// Whether \a text, made by toText(), is digits alone, but for a sign and a point.
bool isPlain(QByteArrayView text)
{
    for (const char c : text) {
        if (c > '9')
            return false;
    }
    return true;
}

std::strong_ordering comparePlain(QByteArrayView a, QByteArrayView b)
{
    const auto wholeDigits = [](QByteArrayView text) {
        const qsizetype point = text.indexOf('.');
        return point < 0 ? text.size() : point;
    };
    const qsizetype wholeA = wholeDigits(a);
    const qsizetype wholeB = wholeDigits(b);
    if (wholeA != wholeB)
        return wholeA <=> wholeB;
    return a.compare(b) <=> 0;
}

} // namespace

std::partial_ordering Decimal::compareTexts(QByteArrayView a, QByteArrayView b)
{
    if (!isPlain(a) || !isPlain(b))
        return parse(a).value_or(Decimal()).compare(parse(b).value_or(Decimal()));
    const bool isNegativeA = a.startsWith('-');
    const bool isNegativeB = b.startsWith('-');
    if (isNegativeA != isNegativeB)
        return isNegativeA ? std::partial_ordering::less : std::partial_ordering::greater;
    return isNegativeA ? comparePlain(b.sliced(1), a.sliced(1)) : comparePlain(a, b);
}

std::partial_ordering Decimal::compare(const Decimal &other) const
{
    if (m_kind == Kind::NotANumber || other.m_kind == Kind::NotANumber)
        return std::partial_ordering::unordered;
    const auto sign = [](const Decimal &d) {
        if (d.m_kind == Kind::Finite && d.m_digits.isEmpty())
            return 0;
        return d.m_isNegative ? -1 : 1;
    };
    if (sign(*this) != sign(other))
        return sign(*this) <=> sign(other);
    if (sign(*this) == 0)
        return std::partial_ordering::equivalent;

    // Same sign: compare what they are without it, and turn the answer around for negative numbers.
    std::partial_ordering order = std::partial_ordering::equivalent;
    if (!isFinite() || !other.isFinite())
        order = static_cast<int>(!isFinite()) <=> static_cast<int>(!other.isFinite());
    else if (m_exponent != other.m_exponent)
        order = m_exponent <=> other.m_exponent;
    else
        order = m_digits.compare(other.m_digits) <=> 0;
    return m_isNegative ? 0 <=> order : order;
}

QByteArray Decimal::toText() const
{
    if (m_kind == Kind::NotANumber)
        return QByteArrayLiteral("NaN");
    if (m_kind == Kind::Infinite)
        return m_isNegative ? QByteArrayLiteral("-INF") : QByteArrayLiteral("INF");
    if (m_digits.isEmpty())
        return QByteArrayLiteral("0");

    // As people write it while that is short, else with an exponent.
    constexpr qint64 LongestPlain = 25;
    QByteArray text = m_isNegative ? QByteArrayLiteral("-") : QByteArray();
    if (m_exponent > LongestPlain || m_exponent < -LongestPlain) {
        text += m_digits.first(1);
        if (m_digits.size() > 1)
            text += '.' + m_digits.sliced(1);
        text += 'e' + QByteArray(m_exponent > 0 ? "+" : "") + QByteArray::number(m_exponent - 1);
    } else if (m_exponent <= 0) {
        text += "0." + QByteArray(static_cast<qsizetype>(-m_exponent), '0') + m_digits;
    } else if (m_exponent >= m_digits.size()) {
        text += m_digits + QByteArray(static_cast<qsizetype>(m_exponent) - m_digits.size(), '0');
    } else {
        const auto point = static_cast<qsizetype>(m_exponent);
        text += m_digits.first(point) + '.' + m_digits.sliced(point);
    }
    return text;
}

} // namespace seedbed
