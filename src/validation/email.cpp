// SPDX-License-Identifier: MIT
#include "validation/email.h"

#include <algorithm>

namespace seedbed {
namespace {

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isLocalPart(QByteArrayView text)
{
    constexpr qsizetype Longest = 64;
    constexpr QByteArrayView Signs = "!#$%&'*+/=?^_`{|}~-";
    if (text.isEmpty() || text.size() > Longest || text.front() == '.' || text.back() == '.')
        return false;
    char before = 0;
    for (const char c : text) {
        if (c == '.' ? before == '.' : !isLetterOrDigit(c) && !Signs.contains(c))
            return false;
        before = c;
    }
    return true;
}

bool isLabel(QByteArrayView text)
{
    constexpr qsizetype Longest = 63;
    return !text.isEmpty() && text.size() <= Longest && text.front() != '-' && text.back() != '-'
        && std::all_of(text.begin(), text.end(), [](char c) { return isLetterOrDigit(c) || c == '-'; });
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
