// SPDX-License-Identifier: MIT
#include "rows/csv/encoding.h"

#include <QCoreApplication>
#include <QtEndian>

#include <array>
#include <cstring>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

/// How many bytes the character at \a at takes; 0 where there is none (RFC 3629, section 4).
qsizetype utf8Length(QByteArrayView text, qsizetype at)
{
    const auto byte = [text](qsizetype i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text.at(i)) : 0u;
    };
    const auto isTail = [&byte](qsizetype i) { return (byte(i) & 0xC0u) == 0x80u; };
    const unsigned lead = byte(at);
    const unsigned next = byte(at + 1);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return isTail(at + 1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const bool isOverlong = lead == 0xE0 && next < 0xA0;
        const bool isSurrogate = lead == 0xED && next > 0x9F;
        return isTail(at + 1) && isTail(at + 2) && !isOverlong && !isSurrogate ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool isOverlong = lead == 0xF0 && next < 0x90;
        const bool isTooLarge = lead == 0xF4 && next > 0x8F;
        return isTail(at + 1) && isTail(at + 2) && isTail(at + 3) && !isOverlong && !isTooLarge ? 4 : 0;
    }
    return 0;
}

/// The end of the bytes from \a at on that are ASCII but not NUL, eight at a time.
qsizetype skipAscii(QByteArrayView text, qsizetype at)
{
    constexpr quint64 ones = 0x0101010101010101u;
    constexpr quint64 highs = 0x8080808080808080u;
    while (at + 8 <= text.size()) {
        quint64 word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        if (((word | ((word - ones) & ~word)) & highs) != 0)
            break;
        at += 8;
    }
    return at;
}

void appendUtf8(QByteArray &out, char32_t c)
{
    const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

/// What Windows-1252 has where Latin-1 has control characters.
constexpr std::array<char32_t, 32> From0x80 {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

} // namespace

ByteOrderMark byteOrderMark(QByteArrayView start)
{
    if (start.startsWith("\xFE\xFF"))
        return { Encoding::Utf16BigEndian, 2 };
    if (start.startsWith("\xFF\xFE"))
        return { Encoding::Utf16LittleEndian, 2 };
    return { Encoding::Utf8, start.startsWith("\xEF\xBB\xBF") ? 3 : 0 };
}

qsizetype firstBadByte(QByteArrayView text)
{
    qsizetype at = 0;
    while ((at = skipAscii(text, at)) < text.size()) {
        const qsizetype length = text.at(at) == '\0' ? 0 : utf8Length(text, at);
        if (length == 0)
            return at;
        at += length;
    }
    return text.size();
}

QByteArray fromWindows1252(QByteArrayView bytes)
{
    QByteArray text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        appendUtf8(text, byte >= 0x80 && byte < 0xA0 ? From0x80.at(byte - 0x80u) : byte);
    }
    return text;
}

Utf16Decoder::Utf16Decoder(bool isBigEndian)
    : m_isBigEndian(isBigEndian)
{
}

qsizetype Utf16Decoder::decode(QByteArrayView bytes, bool isLast, QByteArray &out)
{
    qsizetype at = 0;
    while (at < bytes.size()) {
        const char32_t c = character(bytes, at, isLast);
        if (c == 0)
            break;
        const qsizetype length = c < 0x10000 ? 2 : 4;
        appendUtf8(out, c);
        m_position.advance(c, length);
        at += length;
    }
    return at;
}

char32_t Utf16Decoder::unit(QByteArrayView bytes, qsizetype at) const
{
    const char *data = bytes.data() + at;
    return m_isBigEndian ? qFromBigEndian<quint16>(data) : qFromLittleEndian<quint16>(data);
}

/// 0 where there is none, because it is wrong or goes on in the next piece.
char32_t Utf16Decoder::character(QByteArrayView bytes, qsizetype at, bool isLast)
{
    const qsizetype left = bytes.size() - at;
    if (left < 2) {
        if (isLast)
            m_error = Text::tr("not valid UTF-16, a byte is left over; save the file as UTF-8");
        return 0;
    }
    const char32_t c = unit(bytes, at);
    if (c == 0)
        m_error = Text::tr("a NUL character; remove it, or see whether this is another kind of file or encoding");
    if (c < 0xD800 || c > 0xDFFF)
        return c;
    if (left < 4 && !isLast)
        return 0;
    const char32_t low = left < 4 ? 0 : unit(bytes, at + 2);
    if (c >= 0xDC00 || low < 0xDC00 || low > 0xDFFF) {
        m_error = Text::tr("not valid UTF-16, half a character; save the file as UTF-8");
        return 0;
    }
    return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
}

} // namespace seedbed
