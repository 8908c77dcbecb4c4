// SPDX-License-Identifier: MIT
#pragma once

// A package together with its rows: what the window edits, the command reads, and a run takes a snapshot of.

#include "base/readlimits.h"
#include "base/result.h"
#include "package/package.h"
#include "rows/table.h"

#include <QList>
#include <QStringList>

#include <memory>
#include <stop_token>

namespace seedbed {

class ReadProgress;

/// The tables of a package, in the order of its resources. Copying one is cheap: it is the snapshot of a run.
/// Thread: any (a value).
struct Dataset {
    std::shared_ptr<const Package> package;
    QList<Table> tables;  ///< as many as the package has resources
    QStringList warnings; ///< the package's, and those of raggedWarnings()
};

/// Reads the package at \a path (a datapackage.json or a folder with one) and all its rows, several tables at a time.
/// \a progress, where there is one, tells how far it is and has the first rows early. A stop is answered between two
/// blocks, within milliseconds.
/// Errors: Unreadable, as readPackage and DatasetReader; Stopped.
[[nodiscard]] Result<Dataset> readDataset(const QString &path, ReadProgress *progress = nullptr,
                                          const std::stop_token &stop = {}, const ReadLimits &limits = {});

/// The sample that is compiled in.
[[nodiscard]] Dataset sampleDataset();

/// Writes every table back where it came from: CSV files each by QSaveFile, inline rows into the descriptor.
/// Files whose text would not change are not touched.
/// Errors: Unwritable, naming the file; files before it are written, the one named and those after it are as they were.
[[nodiscard]] Result<void> saveDataset(const Dataset &dataset);

/// Writes the package as a folder of its own: datapackage.json and one CSV file a table (inline rows stay inline), and
/// returns it as read from there, with the same row ids.
/// Errors: Unwritable, naming the file.
[[nodiscard]] Result<Dataset> saveDatasetAs(const Dataset &dataset, const QString &folder);

} // namespace seedbed
