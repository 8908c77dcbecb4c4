// SPDX-License-Identifier: MIT
#pragma once

// What is in the table of a database, to be looked at and never loaded whole: how many rows, and any page of them as
// texts. Nothing is written, no lock outlives a function, and nobody is waited for longer than a moment. The functions
// are implemented, as targets are, by a kind of database.

#include "base/result.h"
#include "package/package.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <stop_token>

namespace seedbed {

/// A stored value as it is shown.
/// Thread: any (a value).
struct StoredText {
    enum class Kind : quint8 { Null, Number, Text, Blob };

    Kind kind = Kind::Null;
    QString
        text; ///< of a Null nothing, of a Blob its size in words; of a shortened text the beginning, with an ellipsis

    friend bool operator==(const StoredText &, const StoredText &) = default;
};

/// The cells of a row, one for each column of the table.
using StoredTexts = QList<StoredText>;

/// A table as it was found.
/// Thread: any (a value).
struct StoredTable {
    static constexpr qsizetype LongestText = 1000; ///< characters of a cell that are shown
    static constexpr qint64 RowsPerMark = 4096;

    QStringList columns; ///< all that there are, in the table's order
    qint64 rowCount = 0;
    QList<qint64> marks; ///< the database's own: where every RowsPerMark-th row is; empty where there is no such thing
    QString objection;   ///< why a run would refuse it; empty where it would not
};

/// Where the database of a resource is; absolute. Links to the folder are followed, one to the file is not.
[[nodiscard]] QString databasePath(const Resource &resource, const QString &into);

/// Looks at the table that a resource goes to. Cost: reads the table, or an index of it, once.
/// Errors: Unreadable where there is none, or no database; Locked; Stopped. In a sentence with the file's name.
[[nodiscard]] Result<StoredTable> lookAt(const Resource &resource, const QString &into,
                                         const std::stop_token &stop = {});

/// What is read of texts that are longer than is shown.
enum class LongTexts : quint8 { Shortened, Whole };

/// Rows [first, first + count) in the order of the table's own row ids, which is that of an integer key; fewer at its
/// end. \a table: what lookAt() found; where rows have come and gone since, others may be read. Cost: that of the rows,
/// and at most RowsPerMark more to be passed over; a table without row ids is passed over from its beginning.
/// Errors: as lookAt().
[[nodiscard]] Result<QList<StoredTexts>> readRows(const Resource &resource, const QString &into,
                                                  const StoredTable &table, qint64 first, qint64 count,
                                                  LongTexts longTexts = LongTexts::Shortened);

} // namespace seedbed
