// SPDX-License-Identifier: MIT
#pragma once

// Rows that are written in the descriptor, as a table and back. A value that is absent there is a cell that the schema
// takes as missing.

#include "package/tableschema.h"
#include "rows/table.h"

#include <QByteArray>
#include <QList>

namespace seedbed {

/// \a rows: cells in the order of the fields; a null one is absent.
[[nodiscard]] Table tableFromInlineRows(const QList<QList<QByteArray>> &rows, const TableSchema &schema);

[[nodiscard]] QList<QList<QByteArray>> inlineRowsFromTable(const Table &table, const TableSchema &schema);

} // namespace seedbed
