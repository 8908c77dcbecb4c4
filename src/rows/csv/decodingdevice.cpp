// SPDX-License-Identifier: MIT
#include "rows/csv/decodingdevice.h"

#include <algorithm>
#include <cstring>

namespace seedbed {

namespace {

QByteArray missingMark(QIODevice &source, Encoding encoding)
{
    const bool isUtf16 = encoding == Encoding::Utf16LittleEndian || encoding == Encoding::Utf16BigEndian;
    if (!isUtf16 || byteOrderMark(source.peek(3)).encoding != Encoding::Utf8)
        return {};
    return encoding == Encoding::Utf16BigEndian ? "\xFE\xFF" : "\xFF\xFE";
}

} // namespace

DecodingDevice::DecodingDevice(QIODevice &source, Encoding encoding)
    : m_source(source)
    , m_encoding(encoding)
    , m_ready(missingMark(source, encoding))
{
    open(ReadOnly | Unbuffered);
}

qint64 DecodingDevice::readData(char *data, qint64 maxSize)
{
    if (m_ready.isEmpty() && !fill(maxSize))
        return -1;
    const qint64 size = std::min<qint64>(maxSize, m_ready.size());
    std::memcpy(data, m_ready.constData(), static_cast<std::size_t>(size));
    m_ready.remove(0, size);
    return size;
}

qint64 DecodingDevice::writeData(const char *, qint64)
{
    return -1;
}

bool DecodingDevice::fill(qint64 wanted)
{
    m_ready.resize(wanted);
    const qint64 got = m_source.read(m_ready.data(), wanted);
    m_ready.resize(std::max<qint64>(got, 0));
    if (got < 0 && !m_source.atEnd()) {
        m_hasFailed = true;
        setErrorString(m_source.errorString());
    }
    if (m_encoding == Encoding::Windows1252)
        m_ready = fromWindows1252(m_ready);
    return got >= 0;
}

} // namespace seedbed
