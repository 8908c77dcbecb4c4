// SPDX-License-Identifier: MIT
#pragma once

// What is put in the cells of a block: functions over snapshots.

#include "gui/model/roworder.h"
#include "rows/table.h"

#include <QByteArrayView>
#include <QList>

#include <vector>

namespace seedbed {

/// Some columns of some rows.
/// Thread: any (a value).
struct CellBlock {
    RowPositions rows; ///< where they are in the table, in the order in which they are shown
    int left = 0;
    int right = 0;
    qint32 above = -1; ///< the row that is shown above them; -1: none
};

/// The same text in all cells of blocks of which none touches another.
[[nodiscard]] std::vector<CellText> filled(const QList<CellBlock> &blocks, QByteArrayView text);
/// In each column of a block the text of its first row; in those of a single row that of the row above it.
[[nodiscard]] std::vector<CellText> filledDown(const QList<CellBlock> &blocks, const Table &table);
/// \a cells over those of \a rows from column \a left on; of the cells only as many rows as those. Its texts are the
/// cells'.
[[nodiscard]] std::vector<CellText> pasted(const Table &cells, const RowPositions &rows, int left);
/// Those that are other than what is there, ordered by row.
[[nodiscard]] std::vector<CellText> changesAmong(std::vector<CellText> cells, const Table &table);

} // namespace seedbed
