// SPDX-License-Identifier: MIT
#pragma once

// Rows as spreadsheets and text editors exchange them: lines of cells, with tabs between them.

#include "base/result.h"
#include "gui/model/roworder.h"
#include "package/package.h"
#include "rows/table.h"

#include <QByteArray>
#include <QByteArrayView>

#include <stop_token>

namespace seedbed {

/// The rows of a text whose cells are separated by tabs, or, where there is no tab in it, by commas; cells may be
/// quoted as in CSV. If the first line has nothing but names of fields, each once, it says which column is which field
/// (the others are empty); else columns are fields in their order. A line with more or fewer cells is a ragged row, as
/// in a file; one with nothing on it is a row only where rows are of one cell. Errors: Unreadable, naming the line.
[[nodiscard]] Result<Table> rowsFromText(QByteArrayView text, const Resource &resource);

/// The cells of a text as they stand, a column for each cell of its longest line; a line with nothing on it is an empty
/// cell. Only tabs part cells, as a comma may be in one; they may be quoted as in CSV.
[[nodiscard]] Table cellsFromText(QByteArrayView text);

/// Some cells of some rows, with tabs between them, quoted where they must be: cellsFromText() gives them back. Nothing
/// where a stop is asked.
[[nodiscard]] QByteArray textOfRows(const Table &table, const RowPositions &rows, const QList<int> &columns,
                                    const std::stop_token &stop = {});

} // namespace seedbed
