// SPDX-License-Identifier: MIT
#include "rows/tablebuilder.h"

#include "rows/tablecolumn.h"

#include <algorithm>

namespace seedbed {

TableBuilder::TableBuilder(int columnCount, qsizetype chunkRows)
    : m_chunkRows(chunkRows)
    , m_columns(static_cast<std::size_t>(columnCount))
    , m_table(columnCount, chunkRows)
{
}

void TableBuilder::endRow(const RaggedRow &ragged)
{
    m_ragged.emplace_back(m_rows, ragged);
    endRow();
}

Table TableBuilder::take()
{
    if (m_rows > 0)
        endChunk();
    return std::exchange(m_table, Table(m_table.columnCount(), m_chunkRows));
}

void TableBuilder::Scratch::grow(qsizetype needed)
{
    text.resize(static_cast<std::size_t>(std::max(size + needed, 2 * capacity())));
}

void TableBuilder::endChunk()
{
    QList<TableColumn> columns;
    columns.reserve(static_cast<qsizetype>(m_columns.size()));
    for (Scratch &cells : m_columns) {
        columns.append(
            { QByteArray(cells.text.data(), cells.size), QList<quint32>(cells.bounds.cbegin(), cells.bounds.cend()) });
        if (cells.capacity() > Table::MaxChunkBytes)
            cells = {};
        cells.size = 0;
        cells.bounds.resize(1);
    }
    const qsizetype start = m_table.rowCount();
    m_table.append(columns);
    for (const auto &[row, ragged] : m_ragged)
        m_table.setRagged(m_table.rowId(start + row), ragged);
    m_ragged.clear();
    m_rows = 0;
    m_bytes = 0;
}

} // namespace seedbed
