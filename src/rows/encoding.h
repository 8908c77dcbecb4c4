// SPDX-License-Identifier: MIT
#pragma once

// From the bytes of a text file to valid UTF-8. What the text means is csv.h's business.

#include "package/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace seedbed {

/// \a bytes as UTF-8 without a byte order mark: a view of them, or of \a storage where they were UTF-16.
/// Errors: Unreadable, with \a file, the line and the byte in it (from 1): what is not valid in its encoding
/// (RFC 3629: overlong forms, surrogates and cut sequences are not), and a NUL.
[[nodiscard]] Result<QByteArrayView> toUtf8(QByteArrayView bytes, const QString &file, QByteArray &storage);

} // namespace seedbed
