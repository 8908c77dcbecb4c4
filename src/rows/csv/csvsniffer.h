// SPDX-License-Identifier: MIT
#pragma once

// How a file of cells that nobody described is written, guessed from its beginning.

#include "package/package.h"
#include "rows/csv/encoding.h"

#include <QByteArray>
#include <QIODevice>
#include <QList>
#include <QStringList>

namespace seedbed {

/// How a text of cells is written.
/// Thread: any (a value).
struct CsvForm {
    static constexpr char NoQuote = '\0'; ///< as the dialect's quote, in a text where a quote is one

    Dialect dialect;
    Encoding encoding = Encoding::Utf8;

    friend bool operator==(const CsvForm &, const CsvForm &) = default;
};

/// The first bytes of a file.
/// Thread: any (a value).
struct CsvHead {
    static constexpr qsizetype MostBytes = qsizetype(1) << 16;

    QByteArray bytes;
    bool isWhole = false; ///< nothing comes after them

    /// Reads from the beginning of \a device, and goes back to it.
    [[nodiscard]] static CsvHead of(QIODevice &device);
};

/// The first records of a file as far as its head has them whole.
/// Thread: any (a value).
struct CsvPreview {
    QStringList columns; ///< the names in its header, or "Column 1" and so on
    QList<QStringList> rows;
};

/// \a names: of the fields that the columns may be; a first line with one of them is a header, and its delimiter is the
/// one that finds most of them. Else a first line without numbers, empty and equal cells is taken for a header.
[[nodiscard]] CsvForm guessForm(const CsvHead &head, const QStringList &names);

[[nodiscard]] CsvPreview previewOf(const CsvHead &head, const CsvForm &form, qsizetype mostRows);

} // namespace seedbed
