// SPDX-License-Identifier: MIT
#pragma once

// What an update changes in a row that is in the database, cell by cell.

#include "rows/rowid.h"

#include <QList>
#include <QString>

namespace seedbed {

/// One cell that an update changes.
/// Thread: any (a value).
struct CellChange {
    QString field;
    QString before; ///< what is in the database, the beginning of a long text; null where there is nothing
    QString after;  ///< what it is going to be, likewise

    friend bool operator==(const CellChange &, const CellChange &) = default;
};

/// A cell's text before or after a change, as a person reads it: "nothing" where it is null.
[[nodiscard]] QString shownValue(const QString &text);

/// A row that is in the database with other values.
/// Thread: any (a value).
struct RowChange {
    RowId id = RowId::None;
    qsizetype row = 0; ///< its number, from 1, in the snapshot
    QString key;       ///< the text of its key cells, joined by ", "
    QList<CellChange> cells;
};

/// The rows of a table that are in its database with other values.
/// Thread: any (a value).
struct TableChanges {
    qsizetype rows = 0;     ///< how many there are
    QList<RowChange> first; ///< the first of them, by row
};

} // namespace seedbed
