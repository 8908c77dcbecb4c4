// SPDX-License-Identifier: MIT
#pragma once

// Rows as JSON.

#include "package/tableschema.h"
#include "rows/table.h"

#include <QByteArray>

namespace seedbed {

/// Row \a row as an object with a member for each field: null for a missing value, a number or a boolean where the cell
/// is one by the schema, with no digit lost, and else its text.
[[nodiscard]] QByteArray rowToJson(const Table &rows, qsizetype row, const TableSchema &schema);

} // namespace seedbed
