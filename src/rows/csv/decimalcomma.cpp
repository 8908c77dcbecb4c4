// SPDX-License-Identifier: MIT
#include "rows/csv/decimalcomma.h"

#include <algorithm>

namespace seedbed {

namespace {

constexpr qsizetype GroupDigits = 3;

struct Parts {
    QByteArrayView sign;
    QByteArrayView whole; ///< as it is written, with groups
    QByteArrayView fraction;
};

bool areDigits(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Parts> partsOf(QByteArrayView text)
{
    const qsizetype comma = text.indexOf(',');
    if (comma < 0)
        return std::nullopt;
    const qsizetype signLength = text.startsWith('-') || text.startsWith('+') ? 1 : 0;
    const Parts parts { text.first(signLength), text.sliced(signLength, std::max(comma - signLength, qsizetype(0))),
                        text.sliced(comma + 1) };
    return areDigits(parts.fraction) ? std::optional(parts) : std::nullopt;
}

bool areGroups(const QList<QByteArray> &groups)
{
    const qsizetype first = groups.constFirst().size();
    return first >= 1 && first <= GroupDigits && std::ranges::all_of(groups, areDigits)
        && std::all_of(groups.cbegin() + 1, groups.cend(), [](const QByteArray &g) { return g.size() == GroupDigits; });
}

/// Nothing where the groups are not of three digits with the same character between them.
std::optional<QByteArray> withoutGroups(QByteArrayView whole)
{
    if (areDigits(whole))
        return whole.toByteArray();
    for (const QByteArrayView separator :
         { QByteArrayView("."), QByteArrayView(" "), QByteArrayView("\u00A0"), QByteArrayView("\u202F") }) {
        const QList<QByteArray> groups = whole.toByteArray().replace(separator, ",").split(',');
        if (groups.size() > 1 && areGroups(groups))
            return groups.join();
    }
    return std::nullopt;
}

/// Where others have a comma, points are between thousands.
std::optional<QByteArray> wholeNumber(QByteArrayView text)
{
    const qsizetype signLength = text.startsWith('-') || text.startsWith('+') ? 1 : 0;
    if (!text.contains('.'))
        return std::nullopt;
    const QList<QByteArray> groups = text.sliced(signLength).toByteArray().split('.');
    return areGroups(groups) ? std::optional(text.first(signLength).toByteArray() + groups.join()) : std::nullopt;
}

} // namespace

std::optional<QByteArray> withDecimalPoint(QByteArrayView text)
{
    if (!text.contains(','))
        return wholeNumber(text);
    const auto parts = partsOf(text);
    const auto whole = parts ? withoutGroups(parts->whole) : std::nullopt;
    if (!whole)
        return std::nullopt;
    return parts->sign.toByteArray() + *whole + '.' + parts->fraction.toByteArray();
}

bool showsDecimalComma(QByteArrayView text)
{
    const auto parts = partsOf(text);
    if (!parts || !withoutGroups(parts->whole))
        return false;
    return parts->fraction.size() != GroupDigits || !areDigits(parts->whole) || parts->whole.size() > GroupDigits;
}

bool hasDecimalPoint(const Field &field)
{
    return field.type == FieldType::Number && field.decimalChar == "." && field.groupChar != ",";
}

} // namespace seedbed
