// SPDX-License-Identifier: MIT
#pragma once

// CSV in and out, by RFC 4180: quotes, embedded line breaks, CRLF, LF and lone CR. Text is UTF-8, or UTF-16 by its
// byte order mark. Text that is not valid in its encoding, or holds a NUL, is refused with line and byte.

#include "base/result.h"
#include "package/package.h"
#include "rows/csv/blanklines.h"
#include "rows/table.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>
#include <QList>
#include <QStringList>

#include <functional>

namespace seedbed {

/// One record of a CSV file, as it is read.
struct CsvRecord {
    const std::vector<QByteArrayView> &cells; ///< UTF-8, valid during the call
    qsizetype line;                           ///< from 1, where the record begins
};

/// Calls \a record for each record of \a text.
/// Errors: Unreadable, naming \a file, the line and the byte: a quote that is not closed, text after a closing
/// quote, text that is not valid in its encoding, a NUL. There is no limit to what is in memory already.
[[nodiscard]] Result<void> readCsv(QByteArrayView text, const Dialect &dialect, const QString &file,
                                   const std::function<Result<void>(const CsvRecord &)> &record,
                                   BlankLines blankLines = BlankLines::Skipped);

/// The rows of a resource's CSV text, by the rules of TableReader, which reads in steps.
/// Errors: as TableReader.
[[nodiscard]] Result<Table> tableFromCsv(QByteArrayView text, const Resource &resource, const QString &file);
[[nodiscard]] Result<Table> tableFromCsv(QIODevice &device, const Resource &resource, const QString &file);

/// The table as CSV with the resource's dialect, lines ending in \n. A ragged row that was not edited is written with
/// the cells it had. Reading it back gives the same rows.
[[nodiscard]] QByteArray tableToCsv(const Table &table, const Resource &resource);

/// One record of CSV with its line end, cells quoted where they need it.
[[nodiscard]] QByteArray csvRecord(const QList<QByteArray> &cells, const Dialect &dialect);

} // namespace seedbed
