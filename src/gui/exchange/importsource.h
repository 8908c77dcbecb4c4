// SPDX-License-Identifier: MIT
#pragma once

// Where rows to import come from: a file or the clipboard.

#include "base/result.h"
#include "rows/csv/csvsniffer.h"

#include <QByteArray>
#include <QIODevice>
#include <QString>

#include <memory>

namespace seedbed {

/// A text of cells that nobody described.
/// Thread: any (a value).
struct ImportSource {
    QString name; ///< for people
    QString path; ///< empty: it is the text
    QByteArray text;
    CsvHead head; ///< empty where the file cannot be read

    /// Reads the file's head, and nothing where it is no plain file.
    [[nodiscard]] static ImportSource ofFile(const QString &path);
    [[nodiscard]] static ImportSource ofClipboard(const QString &text);

    /// Errors: Unreadable, naming the file.
    [[nodiscard]] Result<std::unique_ptr<QIODevice>> open() const;
};

} // namespace seedbed
