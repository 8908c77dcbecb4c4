// SPDX-License-Identifier: MIT
#include "package/lexical.h"

#include <QDate>

namespace seedbed {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes the digits at the front away and returns how many they were.
qsizetype takeDigits(QByteArrayView &text)
{
    qsizetype count = 0;
    while (count < text.size() && isDigit(text.at(count)))
        ++count;
    text = text.sliced(count);
    return count;
}

void takeSign(QByteArrayView &text)
{
    if (text.startsWith('+') || text.startsWith('-'))
        text = text.sliced(1);
}

bool isSpecialNumber(QByteArrayView text)
{
    return text.compare("NaN", Qt::CaseInsensitive) == 0 || text.compare("INF", Qt::CaseInsensitive) == 0
        || text.compare("-INF", Qt::CaseInsensitive) == 0;
}

} // namespace

bool isInteger(QByteArrayView text)
{
    takeSign(text);
    return takeDigits(text) > 0 && text.isEmpty();
}

bool isNumber(QByteArrayView text)
{
    if (isSpecialNumber(text))
        return true;
    takeSign(text);
    qsizetype digits = takeDigits(text);
    if (text.startsWith('.')) {
        text = text.sliced(1);
        digits += takeDigits(text);
    }
    if (digits == 0)
        return false;
    if (text.startsWith('e') || text.startsWith('E')) {
        text = text.sliced(1);
        takeSign(text);
        return takeDigits(text) > 0 && text.isEmpty();
    }
    return text.isEmpty();
}

bool isDate(QByteArrayView text)
{
    if (text.size() != 10 || text.at(4) != '-' || text.at(7) != '-')
        return false;
    const auto part = [text](qsizetype from, qsizetype length) {
        QByteArrayView digits = text.sliced(from, length);
        int value = 0;
        for (const char c : digits) {
            if (!isDigit(c))
                return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    return part(0, 4) >= 1 && QDate::isValid(part(0, 4), part(5, 2), part(8, 2));
}

} // namespace seedbed
