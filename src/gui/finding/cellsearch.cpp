// SPDX-License-Identifier: MIT
#include "gui/finding/cellsearch.h"

#include "rows/rowidlist.h"

#include <algorithm>
#include <deque>

namespace seedbed {

namespace {

constexpr qsizetype RowsBetweenStops = 1024; // an expression may take long

/// Calls \a visit(row, column, cell) for the cells of a chunk, row after row; false if a stop is asked.
template <typename Visit>
bool forEachCell(const Table &table, qsizetype chunk, const std::stop_token &stop, const Visit &visit)
{
    std::vector<ColumnView> columns;
    for (int column = 0; column < table.columnCount(); ++column)
        columns.push_back(table.column(chunk, column));
    const qsizetype begin = table.chunkStart(chunk);
    const qsizetype rows = table.chunkStart(chunk + 1) - begin;
    for (qsizetype row = 0; row < rows; ++row) {
        if (row % RowsBetweenStops == 0 && stop.stop_requested())
            return false;
        for (size_t column = 0; column < columns.size(); ++column)
            visit(begin + row, static_cast<int>(column), columns[column].cell(row));
    }
    return true;
}

/// The texts that are put in the cells of a chunk.
struct ChunkEdit {
    std::vector<CellText> cells;
    std::deque<QByteArray> texts; // what the cells are views of: it never moves them

    void add(qsizetype row, int column, QByteArrayView old, const QByteArray &text)
    {
        if (old != text)
            cells.push_back({ row, column, texts.emplace_back(text) });
    }
};

void apply(const ChunkEdit &edit, const RowIdList &ids, qsizetype firstRow, EditedTable &edited)
{
    edited.rows.setCells(edit.cells);
    edited.count += static_cast<qsizetype>(edit.cells.size());
    qsizetype previous = -1;
    for (const CellText &cell : edit.cells) {
        if (cell.row != previous)
            edited.changed.add(ids.at(cell.row - firstRow));
        previous = cell.row;
    }
}

// Edited rows are no longer those of the file.
void forgetRagged(EditedTable &edited)
{
    for (const RowId id : edited.rows.raggedRows().keys()) {
        if (edited.changed.contains(id))
            edited.rows.setRagged(id, std::nullopt);
    }
}

} // namespace

qsizetype FoundCells::indexOf(const CellPlace &place) const
{
    const auto found = std::ranges::lower_bound(cells, place, {}, &FoundCell::place);
    return found - cells.begin();
}

bool FoundCells::has(const CellPlace &place) const
{
    return std::ranges::binary_search(cells, place, {}, &FoundCell::place);
}

std::optional<FoundCells> findCells(const QList<Table> &tables, const TextQuestion &question,
                                    const std::stop_token &stop)
{
    const CellPattern pattern(question);
    FoundCells found;
    for (int index = 0; index < tables.size(); ++index) {
        const Table &table = tables.at(index);
        const size_t before = found.cells.size();
        const auto look = [&](qsizetype row, int column, QByteArrayView cell) {
            const CellPattern::Answer answer = pattern.answer(cell);
            if (answer == CellPattern::Answer::Yes)
                found.cells.push_back(
                    { static_cast<qint16>(index), static_cast<qint16>(column), static_cast<qint32>(row) });
            else if (answer == CellPattern::Answer::Undecided)
                ++found.undecided;
        };
        for (qsizetype chunk = 0; chunk < table.chunkCount(); ++chunk) {
            if (!forEachCell(table, chunk, stop, look))
                return std::nullopt;
        }
        found.counts.append(static_cast<qsizetype>(found.cells.size() - before));
    }
    return found;
}

std::optional<QList<EditedTable>> replaceCells(const QList<Table> &tables, const TextQuestion &question,
                                               const QString &replacement, const std::stop_token &stop)
{
    const CellPattern pattern(question);
    QList<EditedTable> all;
    for (int index = 0; index < tables.size(); ++index) {
        const Table &table = tables.at(index);
        EditedTable edited { index, table, {}, 0 };
        for (qsizetype chunk = 0; chunk < table.chunkCount(); ++chunk) {
            ChunkEdit edit;
            const auto replace = [&](qsizetype row, int column, QByteArrayView cell) {
                if (pattern.matches(cell))
                    edit.add(row, column, cell, pattern.replaced(cell, replacement));
            };
            if (!forEachCell(table, chunk, stop, replace))
                return std::nullopt;
            if (!edit.cells.empty())
                apply(edit, table.rowIds(chunk), table.chunkStart(chunk), edited);
        }
        forgetRagged(edited);
        if (edited.count > 0)
            all.append(edited);
    }
    return all;
}

} // namespace seedbed
