// SPDX-License-Identifier: MIT
#pragma once

// Rows of a database as text for the clipboard.

#include "gui/grid/rowclipboard.h"
#include "insertion/storedtable.h"

#include <QList>
#include <QStringList>

#include <stop_token>

namespace seedbed {

/// What is copied.
/// Thread: any (a value).
struct StoredBlock {
    /// The rows [first, last).
    struct Rows {
        qint64 first = 0;
        qint64 last = 0;
    };

    QList<Rows> rows; ///< ascending
    QList<int> columns;
    QStringList names; ///< the first line; empty: none
};

/// Its text; NULL is an empty cell, and so is what is no text. Cost: that of reading the rows; call it off the GUI
/// thread. Errors: as readRows(). Where a stop is asked, some of it.
[[nodiscard]] Result<CopiedText> textOfStoredRows(const Resource &resource, const QString &into,
                                                  const StoredTable &stored, const StoredBlock &block,
                                                  const std::stop_token &stop);

} // namespace seedbed
