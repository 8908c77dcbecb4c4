// SPDX-License-Identifier: MIT
#include "rows/inlinetable.h"

namespace seedbed {

namespace {

/// What a value that is absent becomes in a table, whose cells all have a text: one that the schema takes as
/// missing.
QByteArray textOfAbsent(const TableSchema &schema)
{
    return schema.missingValues.contains(QByteArray("")) ? QByteArray("") : schema.missingValues.value(0, "");
}

} // namespace

Table tableFromInlineRows(const QList<QList<QByteArray>> &rows, const TableSchema &schema)
{
    Table table(static_cast<int>(schema.fields.size()));
    const QByteArray absent = textOfAbsent(schema);
    for (QList<QByteArray> cells : rows) {
        for (QByteArray &cell : cells) {
            if (cell.isNull())
                cell = absent;
        }
        table.append(cells);
    }
    return table;
}

QList<QList<QByteArray>> inlineRowsFromTable(const Table &table, const TableSchema &schema)
{
    QList<QList<QByteArray>> rows;
    rows.reserve(table.rowCount());
    const QByteArray absent = textOfAbsent(schema);
    for (qsizetype i = 0; i < table.rowCount(); ++i) {
        QList<QByteArray> cells = table.row(i).cells;
        for (QByteArray &cell : cells) {
            if (cell == absent)
                cell = QByteArray();
        }
        rows.append(cells);
    }
    return rows;
}

} // namespace seedbed
