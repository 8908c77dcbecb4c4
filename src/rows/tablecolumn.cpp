// SPDX-License-Identifier: MIT
#include "rows/tablecolumn.h"

#include <algorithm>

namespace seedbed {

namespace {

// Unsigned arithmetic wraps: a difference that is negative moves bounds down.
void move(QList<quint32>::iterator first, QList<quint32>::iterator last, quint32 difference)
{
    std::for_each(first, last, [difference](quint32 &bound) { bound += difference; });
}

} // namespace

void TableColumn::append(QByteArrayView cell)
{
    text.append(cell);
    bounds.append(static_cast<quint32>(text.size()));
}

void TableColumn::replace(qsizetype row, QByteArrayView cell)
{
    const quint32 from = bounds.at(row);
    const quint32 length = bounds.at(row + 1) - from;
    text.replace(from, length, cell);
    move(bounds.begin() + row + 1, bounds.end(), static_cast<quint32>(cell.size()) - length);
}

void TableColumn::insert(qsizetype before, const TableColumn &cells)
{
    const quint32 from = bounds.at(before);
    const auto length = static_cast<quint32>(cells.text.size());
    text.insert(from, cells.text);
    QList<quint32> all;
    all.reserve(bounds.size() + cells.size());
    all.append(bounds.first(before));
    all.append(cells.bounds.first(cells.size()));
    all.append(bounds.sliced(before));
    move(all.begin() + before, all.begin() + before + cells.size(), from);
    move(all.begin() + before + cells.size(), all.end(), length);
    bounds = std::move(all);
}

void TableColumn::remove(qsizetype first, qsizetype count)
{
    const quint32 from = bounds.at(first);
    const quint32 length = bounds.at(first + count) - from;
    text.remove(from, length);
    bounds.remove(first, count);
    move(bounds.begin() + first, bounds.end(), 0u - length);
}

TableColumn TableColumn::sliced(qsizetype first, qsizetype count) const
{
    const quint32 from = bounds.at(first);
    TableColumn part { text.sliced(from, bounds.at(first + count) - from), bounds.sliced(first, count + 1) };
    move(part.bounds.begin(), part.bounds.end(), 0u - from);
    return part;
}

} // namespace seedbed
