// SPDX-License-Identifier: MIT
#pragma once

// A table as a file for others: CSV, CSV for spreadsheets, TSV or JSON. The files of a package are rows/dataset.h's
// business, and the rows that did not go in that of rejects.h.

#include "base/result.h"
#include "package/package.h"
#include "rows/dataset.h"
#include "rows/packagefiles.h"
#include "rows/table.h"

#include <QIODevice>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <stop_token>

namespace seedbed {

enum class ExportFormat {
    Csv,         ///< RFC 4180 with a header, UTF-8
    Spreadsheet, ///< the same with a byte order mark, which spreadsheets need, and with formulas defused
    Tsv,         ///< as CSV, with tabs
    Json,        ///< an array of objects
};

/// Without the dot.
[[nodiscard]] QString suffixOf(ExportFormat format);

/// Without a suffix: the name of the resource, or of its database where it holds a slash, which the standard allows.
[[nodiscard]] QString exportFileName(const Resource &resource);

/// The names of all tables' files, without a suffix, in the order of the package's resources: exportFileName(), with
/// a number added where two tables would share a file.
[[nodiscard]] QStringList exportFileNames(const Package &package);

/// What was written.
/// Thread: any (a value).
struct ExportOutcome {
    QString path;
    qsizetype rows = 0;
    qsizetype defused = 0; ///< cells that got an apostrophe
};

/// Writes the table, some thousand rows at a time. Importing a CSV or TSV gives the same rows.
/// Errors: Unwritable; Stopped.
[[nodiscard]] Result<ExportOutcome> writeTable(QIODevice &device, const Table &rows, const Resource &resource,
                                               ExportFormat format, const std::stop_token &stop = {});

/// The same to a file, which stays as it was unless all of it is written. \a kept: the files that it must not be.
/// Errors: as writeTable, naming the file; also where it is no file, or one of those or a database.
[[nodiscard]] Result<ExportOutcome> exportTable(const QString &path, const Table &rows, const Resource &resource,
                                                ExportFormat format, const std::stop_token &stop = {},
                                                const PackageFiles &kept = {});

/// The files that were written, and why there are no more.
/// Thread: any (a value).
struct ExportOutcomes {
    QList<ExportOutcome> written;
    std::optional<Error> error;
};

/// All tables, each as a file of its own in \a folder, which is made if absent. The first error ends it.
/// Errors: Unwritable, where one of the files is there already before any is written; else as exportTable.
[[nodiscard]] ExportOutcomes exportTables(const QString &folder, const Dataset &dataset, ExportFormat format,
                                          const std::stop_token &stop = {}, const PackageFiles &kept = {});

} // namespace seedbed
