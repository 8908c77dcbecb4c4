// SPDX-License-Identifier: MIT
#pragma once

// A file in an encoding that its first bytes do not tell, as one in an encoding that they do.

#include "rows/csv/encoding.h"

#include <QIODevice>

namespace seedbed {

/// What \a source has, as TextReader takes it: Windows-1252 as UTF-8, UTF-16 with its byte order mark, UTF-8 as it is.
/// Thread: one for each source, which must be open and outlive it.
class DecodingDevice final : public QIODevice
{
    Q_OBJECT

public:
    DecodingDevice(QIODevice &source, Encoding encoding);

    [[nodiscard]] bool isSequential() const override { return true; }
    /// Not so where a read failed: what comes after it was never seen.
    [[nodiscard]] bool atEnd() const override { return !m_hasFailed && m_ready.isEmpty() && m_source.atEnd(); }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    [[nodiscard]] bool fill(qint64 wanted);

    QIODevice &m_source;
    Encoding m_encoding;
    bool m_hasFailed = false;
    QByteArray m_ready; // decoded, and not read yet
};

} // namespace seedbed
