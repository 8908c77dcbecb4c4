// SPDX-License-Identifier: MIT
#pragma once

// Fills a table from the first row to the last, in memory of the very size that it needs.

#include "rows/table.h"

#include <cstring>
#include <utility>
#include <vector>

namespace seedbed {

/// Collects cells row by row and makes chunks of them. A chunk that is made no longer changes: copies of table() share
/// it.
/// Thread: one for each table.
class TableBuilder final
{
public:
    explicit TableBuilder(int columnCount, qsizetype chunkRows = Table::DefaultChunkRows);

    /// Adds a cell to the row that is begun; each column gets one. \a text: of at most Table::MaxCellBytes.
    void addCell(int column, QByteArrayView text)
    {
        Scratch &cells = m_columns[static_cast<std::size_t>(column)];
        if (text.size() > cells.capacity() - cells.size)
            cells.grow(text.size());
        std::memcpy(cells.text.data() + cells.size, text.data(), static_cast<std::size_t>(text.size()));
        cells.size += text.size();
        cells.bounds.push_back(static_cast<quint32>(cells.size));
        m_bytes += text.size();
    }

    /// Ends the row. Row ids are 1, 2, 3…
    void endRow()
    {
        if (++m_rows == m_chunkRows || m_bytes >= Table::MaxChunkBytes)
            endChunk();
    }

    /// Ends the row, which is ragged.
    void endRow(const RaggedRow &ragged);

    /// The chunks that are made; the last rows are not in it.
    [[nodiscard]] const Table &table() const { return m_table; }
    [[nodiscard]] qsizetype rowCount() const { return m_table.rowCount() + m_rows; }

    /// The table with all its rows; leaves the builder empty.
    [[nodiscard]] Table take();

private:
    /// The cells of a column in the chunk that is being filled; used again for the next one.
    struct Scratch {
        static constexpr std::size_t FirstBytes = 4096;

        std::vector<char> text = std::vector<char>(FirstBytes);
        qsizetype size = 0;
        std::vector<quint32> bounds { 0 };

        [[nodiscard]] qsizetype capacity() const { return static_cast<qsizetype>(text.size()); }
        void grow(qsizetype needed);
    };

    void endChunk();

    qsizetype m_chunkRows;
    std::vector<Scratch> m_columns;
    qsizetype m_rows = 0;                                  // in the scratch
    qsizetype m_bytes = 0;                                 // of text in it
    std::vector<std::pair<qsizetype, RaggedRow>> m_ragged; // by position in the chunk
    Table m_table;
};

} // namespace seedbed
