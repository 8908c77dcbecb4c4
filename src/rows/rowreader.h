// SPDX-License-Identifier: MIT
#pragma once

// Reading cells row after row without looking for the chunk each time.

#include "rows/rowidlist.h"
#include "rows/table.h"

#include <vector>

namespace seedbed {

/// Remembers the chunk of the last row that was asked for: the next row is mostly in it.
/// Thread: one; the table must outlive it and stay as it is.
class RowReader final
{
public:
    explicit RowReader(const Table &table)
        : m_table(table)
    {
    }

    [[nodiscard]] QByteArrayView cell(qsizetype row, int column)
    {
        if (row < m_begin || row >= m_end)
            seek(row);
        return m_columns[static_cast<size_t>(column)].cell(row - m_begin);
    }

    [[nodiscard]] RowId rowId(qsizetype row)
    {
        if (row < m_begin || row >= m_end)
            seek(row);
        return m_table.rowIds(m_chunk).at(row - m_begin);
    }

private:
    void seek(qsizetype row)
    {
        const bool isNext = m_end > m_begin && row == m_end;
        m_chunk = isNext ? m_chunk + 1 : m_table.chunkOf(row);
        m_begin = m_table.chunkStart(m_chunk);
        m_end = m_table.chunkStart(m_chunk + 1);
        m_columns.clear();
        for (int column = 0; column < m_table.columnCount(); ++column)
            m_columns.push_back(m_table.column(m_chunk, column));
    }

    const Table &m_table;
    qsizetype m_chunk = 0;
    qsizetype m_begin = 0; // of the rows of the chunk
    qsizetype m_end = 0;
    std::vector<ColumnView> m_columns;
};

} // namespace seedbed
