// SPDX-License-Identifier: MIT
#include "rows/csv/textreader.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

/// As much as is read at once for the sake of one long record: a stop is answered between blocks.
constexpr qsizetype MaxBlockBytes = qsizetype(32) << 20;

constexpr qsizetype LongestMark = 3;

} // namespace

TextReader::TextReader(QIODevice &device, const QString &file, qsizetype blockBytes)
    : m_device(device)
    , m_file(file)
    , m_blockBytes(blockBytes)
{
    Q_ASSERT_X(blockBytes > 0, "TextReader", "blocks from 1 byte");
}

Result<void> TextReader::read(qsizetype used, const TextPosition &where)
{
    m_size -= used;
    m_valid -= used;
    std::memmove(m_buffer.data(), m_buffer.constData() + used, static_cast<std::size_t>(m_size));
    if (!m_hasStarted) {
        if (const Result<void> started = readStart(); !started)
            return started;
    }
    const qsizetype count = std::max(m_blockBytes - m_size, std::clamp(m_size, qsizetype(1), MaxBlockBytes));
    if (const Result<void> got = readBytes(count); !got)
        return got;
    return m_utf16 ? takeUtf16() : takeUtf8(where);
}

/// Reads as much as it takes to know the encoding.
Result<void> TextReader::readStart()
{
    m_hasStarted = true;
    while (m_size < LongestMark && !m_atEnd) {
        if (const Result<void> got = readBytes(LongestMark - m_size); !got)
            return got;
    }
    const ByteOrderMark mark = byteOrderMark({ m_buffer.constData(), m_size });
    m_buffer.remove(0, mark.length);
    m_size -= mark.length;
    m_markLength = mark.length;
    if (mark.encoding == Encoding::Utf8)
        return {};
    m_utf16.emplace(mark.encoding == Encoding::Utf16BigEndian);
    m_raw = m_buffer.first(std::exchange(m_size, 0));
    return {};
}

Result<void> TextReader::readBytes(qsizetype count)
{
    QByteArray &to = m_utf16 ? m_raw : m_buffer;
    const qsizetype start = m_utf16 ? m_raw.size() : m_size;
    if (to.size() < start + count)
        to.resize(start + count);
    const qint64 got = m_device.read(to.data() + start, count);
    if (got < 0 && !(m_device.isSequential() && m_device.atEnd())) {
        return failure(Error::Kind::Unreadable,
                       Text::tr("%1 cannot be read to its end: %2; see whether the file is still there, and try again")
                           .arg(m_file, m_device.errorString()));
    }
    const qsizetype taken = std::max<qsizetype>(got, 0);
    m_atEnd = taken == 0;
    m_bytesRead += taken;
    if (m_utf16)
        m_raw.truncate(start + taken);
    else
        m_size = start + taken;
    return {};
}

Result<void> TextReader::takeUtf8(TextPosition where)
{
    const QByteArrayView fresh(m_buffer.constData() + m_valid, m_size - m_valid);
    const qsizetype bad = firstBadByte(fresh);
    m_valid += bad;
    // The last characters of a block may be cut: the next one tells.
    constexpr qsizetype longestCharacter = 4;
    if (bad == fresh.size() || (!m_atEnd && bad + longestCharacter > fresh.size()))
        return {};
    where.advance(window());
    if (where.line == 1)
        where.byte += m_markLength;
    return refuse(where,
                  fresh.at(bad) == '\0'
                      ? Text::tr("a NUL character; remove it, or see whether this is another kind of file or encoding")
                      : Text::tr("not valid UTF-8; save the file as UTF-8"));
}

Result<void> TextReader::takeUtf16()
{
    QByteArray text;
    text.reserve(m_raw.size());
    m_raw.remove(0, m_utf16->decode(m_raw, m_atEnd, text));
    if (!m_utf16->error().isEmpty())
        return refuse(m_utf16->position(), m_utf16->error());
    m_buffer.truncate(m_size);
    m_buffer += text;
    m_size = m_buffer.size();
    m_valid = m_size;
    return {};
}

tl::unexpected<Error> TextReader::refuse(const TextPosition &where, const QString &what) const
{
    return failure(Error::Kind::Unreadable,
                   Text::tr("%1 line %2, byte %3: %4").arg(m_file).arg(where.line).arg(where.byte).arg(what));
}

} // namespace seedbed
