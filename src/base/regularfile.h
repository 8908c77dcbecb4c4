// SPDX-License-Identifier: MIT
#pragma once

// Opens files to be read, and never waits for one: a named pipe without a writer or a device would hold the program,
// and no signal would end it. What is in a file is for others.

#include <QByteArray>
#include <QFile>
#include <QString>
#include <tl/expected.hpp>

#include <sys/stat.h>

#include <optional>

namespace seedbed {

/// A file that is read to the size that it had when it was opened: one that grows without end has an end here.
/// Thread: one at a time.
class RegularFile final : public QFile
{
    Q_OBJECT

public:
    /// Why a file cannot be read, to be put into a sentence: "it is a pipe, not a file".
    using Reason = QString;

    /// \a path: also of a file that is compiled in (":/…").
    explicit RegularFile(const QString &path);

    /// Opens the file for reading. \a folder: where it is given, the folder that the file may not lie outside of,
    /// whatever links lead to it; the folder itself may be reached through links.
    [[nodiscard]] tl::expected<void, Reason> openToRead(const QString &folder = {}, OpenMode mode = ReadOnly);

    /// All of the file; not more than \a most bytes.
    [[nodiscard]] tl::expected<QByteArray, Reason> readUpTo(qint64 most);

    /// Whether another program has written to the file since it was opened.
    [[nodiscard]] bool hasChanged() const;

    /// As it was given, also once the file is open.
    [[nodiscard]] QString fileName() const override { return m_path; }
    [[nodiscard]] qint64 size() const override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;

private:
    [[nodiscard]] tl::expected<void, Reason> openDescriptor(int descriptor, const QString &folder, OpenMode mode);

    const QString m_path;
    std::optional<struct stat> m_opened; // nothing for a file that is compiled in
};

/// What \a mode, as stat() has it, is where it is no regular file: "a pipe", "a folder"; empty for a regular file.
[[nodiscard]] QString nameOfOddFile(mode_t mode);

/// The same of the file at \a path, once links are followed; empty also where there is nothing. It is not opened.
[[nodiscard]] QString oddFileAt(const QString &path);

/// Whether the file at \a path itself, and not the folder that it is in, is mounted from elsewhere. No link is
/// followed. False where that is unknown.
[[nodiscard]] bool isMounted(const QString &path);

/// Where \a path leads when every link is followed, also where there is nothing yet at its end.
[[nodiscard]] QString placeOf(const QString &path);

/// Whether \a place lies in \a folder; both as placeOf() has them.
[[nodiscard]] bool isInside(const QString &place, const QString &folder);

} // namespace seedbed
