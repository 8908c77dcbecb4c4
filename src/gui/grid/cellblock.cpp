// SPDX-License-Identifier: MIT
#include "gui/grid/cellblock.h"

#include "rows/rowreader.h"

#include <algorithm>
#include <tuple>

namespace seedbed {

std::vector<CellText> filled(const QList<CellBlock> &blocks, QByteArrayView text)
{
    std::vector<CellText> cells;
    for (const CellBlock &block : blocks) {
        for (const qint32 row : block.rows) {
            for (int column = block.left; column <= block.right; ++column)
                cells.push_back({ row, column, text });
        }
    }
    return cells;
}

std::vector<CellText> filledDown(const QList<CellBlock> &blocks, const Table &table)
{
    std::vector<CellText> cells;
    for (const CellBlock &block : blocks) {
        const bool isOneRow = block.rows.size() == 1;
        const qint32 source = isOneRow ? block.above : block.rows.front();
        if (source < 0)
            continue;
        for (size_t row = isOneRow ? 0 : 1; row < block.rows.size(); ++row) {
            for (int column = block.left; column <= block.right; ++column)
                cells.push_back({ block.rows[row], column, table.cell(source, column) });
        }
    }
    return cells;
}

std::vector<CellText> pasted(const Table &cells, const RowPositions &rows, int left)
{
    std::vector<CellText> changes;
    changes.reserve(rows.size() * static_cast<size_t>(cells.columnCount()));
    RowReader reader(cells);
    for (size_t row = 0; row < rows.size(); ++row) {
        for (int column = 0; column < cells.columnCount(); ++column)
            changes.push_back({ rows[row], left + column, reader.cell(static_cast<qsizetype>(row), column) });
    }
    return changes;
}

std::vector<CellText> changesAmong(std::vector<CellText> cells, const Table &table)
{
    const auto isBefore = [](const CellText &a, const CellText &b) {
        return std::tie(a.row, a.column) < std::tie(b.row, b.column);
    };
    if (!std::ranges::is_sorted(cells, isBefore)) // as they are in a block of rows that are not sorted
        std::ranges::sort(cells, isBefore);
    RowReader there(table);
    std::erase_if(cells, [&there](const CellText &cell) { return there.cell(cell.row, cell.column) == cell.text; });
    return cells;
}

} // namespace seedbed
