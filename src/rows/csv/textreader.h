// SPDX-License-Identifier: MIT
#pragma once

// Reads a text file block by block, as valid UTF-8. What the text means is csvreader.h's business.

#include "base/result.h"
#include "rows/csv/encoding.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>

#include <optional>

namespace seedbed {

/// A window of a text that moves on block by block. The file is read, never mapped: one that is cut short meanwhile
/// is an error or ends early, and cannot end the program.
/// Thread: one for each device, which must outlive it.
class TextReader final
{
public:
    /// \a file: its name in messages. \a blockBytes: how much the window holds, unless a record is longer; it
    /// changes the cost, never a result.
    TextReader(QIODevice &device, const QString &file, qsizetype blockBytes);

    /// Drops the first \a used bytes of the window and reads another block. \a where: the position of the byte after
    /// them. Where more than half is left, the window doubles, up to a step of 32 MiB, so that long records are not
    /// looked at over and over.
    /// Errors: Unreadable, with the line and the byte in it, both from 1: what is not valid in its encoding, and a
    /// NUL; a device that fails.
    [[nodiscard]] Result<void> read(qsizetype used, const TextPosition &where);

    /// Valid UTF-8 without a byte order mark, up to the end of a character; valid until the next read().
    [[nodiscard]] QByteArrayView window() const { return { m_buffer.constData(), m_valid }; }
    /// Whether nothing comes after the window.
    [[nodiscard]] bool atEnd() const { return m_atEnd; }
    /// How much of the device was read.
    [[nodiscard]] qint64 bytesRead() const { return m_bytesRead; }

private:
    [[nodiscard]] Result<void> readStart();
    [[nodiscard]] Result<void> readBytes(qsizetype count);
    [[nodiscard]] Result<void> takeUtf8(TextPosition where);
    [[nodiscard]] Result<void> takeUtf16();
    [[nodiscard]] tl::unexpected<Error> refuse(const TextPosition &where, const QString &what) const;

    QIODevice &m_device;
    QString m_file;
    qsizetype m_blockBytes;
    qint64 m_bytesRead = 0;
    bool m_hasStarted = false;
    bool m_atEnd = false;
    qsizetype m_markLength = 0;
    std::optional<Utf16Decoder> m_utf16;
    QByteArray m_raw;      // UTF-16 that is not in the window yet
    QByteArray m_buffer;   // the window, what was read after it, and room
    qsizetype m_valid = 0; // the size of the window
    qsizetype m_size = 0;  // with what was read after it
};

} // namespace seedbed
