// SPDX-License-Identifier: MIT
#include "report/printable.h"

#include <algorithm>

namespace seedbed {
namespace {

// Whether a character acts on a terminal instead of standing in it, or changes the direction of its neighbours.
bool isSteering(QChar character)
{
    const char16_t code = character.unicode();
    return character.category() == QChar::Other_Control || code == 0x2028 || code == 0x2029
        || (code >= 0x200e && code <= 0x200f) || (code >= 0x202a && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
}

} // namespace

QString printable(const QString &text)
{
    const bool isPlain = std::ranges::all_of(text, [](QChar character) {
        return (character >= u' ' && character < u'\x7f')
            || (!isSteering(character) && character != u'\n' && character != u'\t');
    });
    if (isPlain)
        return text;
    QString result;
    result.reserve(text.size());
    for (const QChar character : text) {
        if (character == QLatin1Char('\n'))
            result += QStringLiteral("\\n");
        else if (character == QLatin1Char('\t'))
            result += QStringLiteral("\\t");
        else if (isSteering(character))
            result += QStringLiteral("\\u%1").arg(character.unicode(), 4, 16, QLatin1Char('0'));
        else
            result += character;
    }
    return result;
}

} // namespace seedbed
