// SPDX-License-Identifier: MIT
#pragma once

// Texts that are longer than anybody sees at once. A cell may have a million characters; to lay them all out takes
// seconds, each time.

#include <QByteArrayView>
#include <QString>

#include <algorithm>

namespace seedbed {

inline constexpr qsizetype MostShownCharacters = 2000;

/// As much of \a text as is to be shown.
/// Thread: any.
[[nodiscard]] inline QString beginningOf(const QString &text)
{
    if (text.size() <= MostShownCharacters)
        return text;
    const bool isCut = text.at(MostShownCharacters - 1).isHighSurrogate();
    return text.first(MostShownCharacters - (isCut ? 1 : 0)) + u'…';
}

/// \a text: valid UTF-8.
[[nodiscard]] inline QString beginningOf(QByteArrayView text)
{
    constexpr qsizetype longestCharacter = 4; // more than one character more than is shown, whole or not
    constexpr qsizetype mostBytes = longestCharacter * (MostShownCharacters + 2);
    return beginningOf(QString::fromUtf8(text.first(std::min(text.size(), mostBytes))));
}

} // namespace seedbed
