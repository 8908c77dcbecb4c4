// SPDX-License-Identifier: MIT
#pragma once

// How the bytes of a text file become characters: UTF-8, UTF-16 by its byte order mark, or Windows-1252, which only its
// user can tell. Reading the file, and saying where in it something is wrong, is textreader.h's business.

#include "rows/csv/textposition.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace seedbed {

enum class Encoding { Utf8, Utf16LittleEndian, Utf16BigEndian, Windows1252 };

/// What the first bytes of a file say.
struct ByteOrderMark {
    Encoding encoding = Encoding::Utf8;
    qsizetype length = 0; ///< in bytes; 0 where there is none
};

/// \a start: at least the first three bytes of a file, or all of it.
[[nodiscard]] ByteOrderMark byteOrderMark(QByteArrayView start);

/// The position of the first byte that is not valid UTF-8 (RFC 3629: overlong forms, surrogates and cut sequences are
/// not) or is a NUL; the size where there is none.
[[nodiscard]] qsizetype firstBadByte(QByteArrayView text);

/// \a bytes of Windows-1252 as UTF-8; every byte is a character, by the table of encoding.spec.whatwg.org.
[[nodiscard]] QByteArray fromWindows1252(QByteArrayView bytes);

/// Turns UTF-16, after its mark, into UTF-8, piece by piece.
/// Thread: one for each text.
class Utf16Decoder final
{
public:
    explicit Utf16Decoder(bool isBigEndian);

    /// Appends what \a bytes say to \a out, and returns how many it took: all but a character that the next piece
    /// may finish. \a isLast: there is no next piece. Stops at what is wrong, which error() tells from then on.
    [[nodiscard]] qsizetype decode(QByteArrayView bytes, bool isLast, QByteArray &out);

    /// Empty, or what is wrong at position().
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] const TextPosition &position() const { return m_position; }

private:
    [[nodiscard]] char32_t unit(QByteArrayView bytes, qsizetype at) const;
    [[nodiscard]] char32_t character(QByteArrayView bytes, qsizetype at, bool isLast);

    bool m_isBigEndian;
    TextPosition m_position { 1, 3 }; // the mark's bytes are of the first line
    QString m_error;
};

} // namespace seedbed
