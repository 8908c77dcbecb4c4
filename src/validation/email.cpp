// SPDX-License-Identifier: MIT
#include "validation/email.h"

#include <algorithm>
#include <array>

namespace seedbed {
namespace {

enum Kind : quint8 { Other, Letter, Hyphen, Sign };

/// What each byte may be in an address: letters and digits anywhere, a hyphen and the other signs not everywhere.
constexpr std::array<Kind, 256> Kinds = [] {
    std::array<Kind, 256> kinds {};
    for (char c = '0'; c <= '9'; ++c)
        kinds[static_cast<unsigned char>(c)] = Letter;
    for (char c = 'a'; c <= 'z'; ++c) {
        kinds[static_cast<unsigned char>(c)] = Letter;
        kinds[static_cast<unsigned char>(c - 'a' + 'A')] = Letter;
    }
    for (const char c : { '!', '#', '$', '%', '&', '\'', '*', '+', '/', '=', '?', '^', '_', '`', '{', '|', '}', '~' })
        kinds[static_cast<unsigned char>(c)] = Sign;
    kinds[static_cast<unsigned char>('-')] = Hyphen;
    return kinds;
}();

Kind kindOf(char c)
{
    return Kinds[static_cast<unsigned char>(c)];
}

bool isLocalPart(QByteArrayView text)
{
    constexpr qsizetype Longest = 64;
    if (text.isEmpty() || text.size() > Longest || text.front() == '.' || text.back() == '.')
        return false;
    char before = 0;
    for (const char c : text) {
        if (c == '.' ? before == '.' : kindOf(c) == Other)
            return false;
        before = c;
    }
    return true;
}

bool isLabel(QByteArrayView text)
{
    constexpr qsizetype Longest = 63;
    return !text.isEmpty() && text.size() <= Longest && text.front() != '-' && text.back() != '-'
        && std::all_of(text.begin(), text.end(), [](char c) { return kindOf(c) == Letter || kindOf(c) == Hyphen; });
}

} // namespace

bool isEmail(QByteArrayView text)
{
    constexpr qsizetype Longest = 254;
    const qsizetype at = text.indexOf('@');
    if (at < 0 || text.size() > Longest || !isLocalPart(text.first(at)))
        return false;
    QByteArrayView domain = text.sliced(at + 1);
    if (!domain.contains('.'))
        return false;
    while (true) {
        const qsizetype dot = domain.indexOf('.');
        if (dot < 0)
            return isLabel(domain);
        if (!isLabel(domain.first(dot)))
            return false;
        domain = domain.sliced(dot + 1);
    }
}

} // namespace seedbed
