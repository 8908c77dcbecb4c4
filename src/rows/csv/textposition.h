// SPDX-License-Identifier: MIT
#pragma once

// Where in a text file something is: what messages about it name.

#include <QByteArrayView>

namespace seedbed {

/// A place in a text. Lines end in LF, CRLF or a lone CR.
/// Thread: any (a value).
struct TextPosition {
    qsizetype line = 1;
    qsizetype byte = 1; ///< in the line
    bool isAfterCr = false;

    /// Goes past a character that takes \a length bytes in the file.
    void advance(char32_t c, qsizetype length)
    {
        const bool isLineEnd = c == U'\n' || c == U'\r';
        const bool isSecondOfPair = c == U'\n' && isAfterCr;
        line += isLineEnd && !isSecondOfPair ? 1 : 0;
        byte = isLineEnd ? 1 : byte + length;
        isAfterCr = c == U'\r';
    }

    /// Goes past UTF-8.
    void advance(QByteArrayView text)
    {
        for (const char c : text)
            advance(static_cast<unsigned char>(c), 1);
    }
};

} // namespace seedbed
