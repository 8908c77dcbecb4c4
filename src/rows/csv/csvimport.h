// SPDX-License-Identifier: MIT
#pragma once

// From a file of cells that is written in any way to rows of a table. The files of a package are tablereader.h's
// business.

#include "base/readlimits.h"
#include "base/result.h"
#include "package/tableschema.h"
#include "rows/csv/columnmapping.h"
#include "rows/csv/csvsniffer.h"
#include "rows/table.h"

#include <QIODevice>

#include <atomic>
#include <stop_token>

namespace seedbed {

/// How the cells of a file become those of a table.
/// Thread: any (a value).
struct ImportRecipe {
    CsvForm form;
    ColumnMapping fields; ///< as many as the file has columns
    bool hasDecimalComma = false;

    friend bool operator==(const ImportRecipe &, const ImportRecipe &) = default;
};

/// How far an import is.
/// Thread: any.
struct ImportProgress {
    std::atomic<qint64> bytesRead = 0;
    std::atomic<qint64> bytesInAll = 0;
};

/// The rows of a file, read in blocks. Columns without a field are left out, fields without a column are empty. A row
/// with more cells than the file has columns, or without one for a field, is kept and marked as ragged. With decimal
/// commas, numbers get a point as withDecimalPoint() says, where the field has one; all other text stays as it is.
/// Errors: Unreadable, as CsvReader, and more rows than the limit; Stopped, within milliseconds.
[[nodiscard]] Result<Table> importCsv(QIODevice &device, const TableSchema &schema, const ImportRecipe &recipe,
                                      const QString &file, ImportProgress *progress = nullptr,
                                      const std::stop_token &stop = {}, const ReadLimits &limits = {});

/// Whether the first rows show that numbers in fields with a point are written with a comma.
[[nodiscard]] bool guessDecimalComma(const CsvPreview &preview, const TableSchema &schema, const ColumnMapping &fields);

} // namespace seedbed
