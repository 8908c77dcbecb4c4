// SPDX-License-Identifier: MIT
#include "rows/encoding.h"

#include <QCoreApplication>
#include <QtEndian>

#include <cstring>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

tl::unexpected<Error> refuse(const QString &file, qsizetype line, qsizetype byte, const QString &what)
{
    return failure(Error::Kind::Unreadable,
                   Text::tr("%1 line %2, byte %3: %4").arg(file).arg(line).arg(byte).arg(what));
}

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

/// The position of the first byte that cannot stay, or the size.
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

Result<QByteArrayView> checkUtf8(QByteArrayView text, qsizetype markLength, const QString &file)
{
    const qsizetype bad = firstBadByte(text);
    if (bad == text.size())
        return text;
    qsizetype line = 1;
    qsizetype lineStart = -markLength; // the mark's bytes are of the first line
    for (qsizetype i = 0; i < bad; ++i) {
        const bool isPair = text.at(i) == '\r' && i + 1 < text.size() && text.at(i + 1) == '\n';
        if ((text.at(i) == '\n' || text.at(i) == '\r') && !isPair) {
            ++line;
            lineStart = i + 1;
        }
    }
    const QString what = text.at(bad) == '\0' ? Text::tr("a NUL character; remove it")
                                              : Text::tr("not valid UTF-8; save the file as UTF-8");
    return refuse(file, line, bad - lineStart + 1, what);
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

/// Converts UTF-16 (after its mark) to UTF-8.
class Utf16Reader final
{
public:
    Utf16Reader(QByteArrayView bytes, bool isBigEndian)
        : m_bytes(bytes)
        , m_isBigEndian(isBigEndian)
    {
    }

    Result<QByteArray> read(const QString &file)
    {
        QByteArray out;
        out.reserve(m_bytes.size());
        while (m_at < m_bytes.size()) {
            const QString problem = readCharacter(out);
            if (!problem.isEmpty())
                return refuse(file, m_line, m_at - m_lineStart + 1, problem);
        }
        return out;
    }

private:
    [[nodiscard]] bool hasUnit(qsizetype at) const { return at + 2 <= m_bytes.size(); }
    [[nodiscard]] char32_t unit(qsizetype at) const
    {
        const char *data = m_bytes.data() + at;
        return m_isBigEndian ? qFromBigEndian<quint16>(data) : qFromLittleEndian<quint16>(data);
    }

    QString readCharacter(QByteArray &out)
    {
        if (!hasUnit(m_at))
            return Text::tr("not valid UTF-16, a byte is left over; save the file as UTF-8");
        char32_t c = unit(m_at);
        qsizetype length = 2;
        if (c == 0)
            return Text::tr("a NUL character; remove it");
        if (c >= 0xD800 && c <= 0xDFFF) {
            const char32_t low = hasUnit(m_at + 2) ? unit(m_at + 2) : 0;
            if (c >= 0xDC00 || low < 0xDC00 || low > 0xDFFF)
                return Text::tr("not valid UTF-16, half a character; save the file as UTF-8");
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            length = 4;
        }
        appendUtf8(out, c);
        const bool isPair = c == U'\r' && hasUnit(m_at + 2) && unit(m_at + 2) == U'\n';
        m_at += length;
        if ((c == U'\n' || c == U'\r') && !isPair) {
            ++m_line;
            m_lineStart = m_at;
        }
        return {};
    }

    QByteArrayView m_bytes;
    bool m_isBigEndian;
    qsizetype m_at = 0;
    qsizetype m_line = 1;
    qsizetype m_lineStart = -2; // the mark's bytes are of the first line
};

} // namespace

Result<QByteArrayView> toUtf8(QByteArrayView bytes, const QString &file, QByteArray &storage)
{
    const bool isBigEndian = bytes.startsWith("\xFE\xFF");
    if (isBigEndian || bytes.startsWith("\xFF\xFE")) {
        Result<QByteArray> text = Utf16Reader(bytes.sliced(2), isBigEndian).read(file);
        if (!text)
            return tl::unexpected<Error>(text.error());
        storage = std::move(*text);
        return QByteArrayView(storage);
    }
    const qsizetype markLength = bytes.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    return checkUtf8(bytes.sliced(markLength), markLength, file);
}

} // namespace seedbed
