// SPDX-License-Identifier: MIT
#pragma once

// What an operation that can fail returns, on every floor. A wrong cell is not an error: it is data (a Problem).

#include <QString>
#include <tl/expected.hpp>

namespace seedbed {

/// Why an operation failed, in a sentence that names the file or value and says what to do.
/// Thread: any (a value).
struct Error {
    enum class Kind {
        Unreadable, ///< a file cannot be read, or what it says cannot be understood
        Unwritable, ///< a file or folder cannot be written
        Refused,    ///< a database is not fit to be a target
        Locked,     ///< a database stayed locked by another program
        Stopped,    ///< it was asked to stop, and did
    };

    Kind kind = Kind::Unreadable;
    QString message;
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(Error::Kind kind, const QString &message)
{
    return tl::unexpected<Error>(Error { kind, message });
}

} // namespace seedbed
