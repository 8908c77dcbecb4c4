// SPDX-License-Identifier: MIT
#include "rows/tablechunk.h"

#include <algorithm>

namespace seedbed {

qsizetype TableChunk::bytes() const
{
    qsizetype sum = 0;
    for (const TableColumn &column : columns)
        sum += column.text.size();
    return sum;
}

void TableChunk::replace(qsizetype start, std::span<const CellText> cells)
{
    for (int column = 0; column < columns.size(); ++column) {
        const bool isTouched =
            std::ranges::any_of(cells, [column](const CellText &cell) { return cell.column == column; });
        if (!isTouched)
            continue;
        const ColumnView before = std::as_const(columns).at(column).view();
        TableColumn replaced;
        replaced.bounds.reserve(before.size() + 1);
        replaced.text.reserve(std::as_const(columns).at(column).text.size());
        auto next = cells.begin();
        for (qsizetype row = 0; row < before.size(); ++row) {
            QByteArrayView text = before.cell(row);
            for (; next != cells.end() && next->row <= start + row; ++next) {
                if (next->column == column)
                    text = next->text;
            }
            replaced.append(text);
        }
        columns[column] = replaced;
    }
}

void TableChunk::insert(qsizetype before, const TableChunk &rows)
{
    ids.insert(before, rows.ids);
    for (qsizetype i = 0; i < columns.size(); ++i)
        columns[i].insert(before, rows.columns.at(i));
    ragged.insert(rows.ragged);
}

void TableChunk::remove(qsizetype first, qsizetype count)
{
    if (!ragged.isEmpty()) {
        for (qsizetype i = first; i < first + count; ++i)
            ragged.remove(ids.at(i));
    }
    ids.remove(first, count);
    for (TableColumn &column : columns)
        column.remove(first, count);
}

TableChunk TableChunk::sliced(qsizetype first, qsizetype count) const
{
    TableChunk part;
    part.ids = ids.sliced(first, count);
    part.columns.reserve(columns.size());
    for (const TableColumn &column : columns)
        part.columns.append(column.sliced(first, count));
    if (!ragged.isEmpty()) {
        for (qsizetype i = 0; i < count; ++i) {
            if (const auto mark = ragged.constFind(part.ids.at(i)); mark != ragged.cend())
                part.ragged.insert(mark.key(), *mark);
        }
    }
    return part;
}

TableChunk TableChunk::renumbered(RowId first) const
{
    TableChunk rows(*this);
    rows.ids = RowIdList(first, size());
    rows.ragged.clear();
    for (const auto &[id, mark] : ragged.asKeyValueRange())
        rows.ragged.insert(rows.ids.at(ids.indexOf(id)), mark);
    return rows;
}

} // namespace seedbed
