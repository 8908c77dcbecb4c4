// SPDX-License-Identifier: MIT
#include "gui/document/freekeys.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace seedbed {

namespace {

qint64 largestKey(const Table &rows, int field)
{
    qint64 largest = 0;
    for (qsizetype chunk = 0; chunk < rows.chunkCount(); ++chunk) {
        const ColumnView cells = rows.column(chunk, field);
        for (qsizetype row = 0; row < cells.size(); ++row) {
            const QByteArrayView cell = cells.cell(row);
            qint64 key = 0;
            const auto read = std::from_chars(cell.cbegin(), cell.cend(), key);
            if (read.ec == std::errc() && read.ptr == cell.cend() && key < std::numeric_limits<qint64>::max())
                largest = std::max(largest, key);
        }
    }
    return largest;
}

} // namespace

QList<QByteArray> freeKeys(const Table &rows, const TableSchema &schema, const ExistingRows &existing, qsizetype count)
{
    QList<QByteArray> keys(count);
    if (schema.primaryKey.size() != 1 || schema.fields.at(schema.primaryKey.constFirst()).type != FieldType::Integer)
        return keys;
    qint64 next = largestKey(rows, schema.primaryKey.constFirst());
    for (QByteArray &key : keys) {
        do
            ++next;
        while (existing.count() > 0 && existing.contains(schema.primaryKey, { Value::ofInteger(next) }));
        key = QByteArray::number(next);
    }
    return keys;
}

} // namespace seedbed
