// SPDX-License-Identifier: MIT
#pragma once

// How a chunk of a table keeps one of its columns: the texts of the cells one after the other.

#include "rows/columnview.h"

#include <QByteArray>
#include <QList>

namespace seedbed {

/// The cells of one column. Its text is shorter than 4 GiB, for which the table sees (Table::MaxChunkBytes).
/// Copying one copies two pointers. Cost of a change: linear in the column.
/// Thread: any (a value).
struct TableColumn {
    QByteArray text;
    QList<quint32> bounds { 0 }; ///< one more than cells: cell i is [bounds[i], bounds[i + 1]) of text

    [[nodiscard]] qsizetype size() const { return bounds.size() - 1; }
    [[nodiscard]] ColumnView view() const { return { text.constData(), bounds.constData(), size() }; }

    void append(QByteArrayView cell);
    void replace(qsizetype row, QByteArrayView cell);
    void insert(qsizetype before, const TableColumn &cells);
    void remove(qsizetype first, qsizetype count);
    [[nodiscard]] TableColumn sliced(qsizetype first, qsizetype count) const;
};

} // namespace seedbed
