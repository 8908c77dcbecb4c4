// SPDX-License-Identifier: MIT
#pragma once

// Texts that a spreadsheet would take for a formula, and might run (owasp.org, "CSV Injection").

#include "package/tableschema.h"
#include "rows/table.h"

#include <QByteArray>
#include <QByteArrayView>

namespace seedbed {

/// Whether \a text begins as a formula does (=, +, -, @, also full-width, tab or a line end) and is no number, neither
/// by its look nor in \a field.
[[nodiscard]] bool looksLikeFormula(QByteArrayView text, const Field &field);

/// Puts an apostrophe before each cell that looks like a formula, and returns how many there were.
qsizetype defuse(Table &rows, const TableSchema &schema);

} // namespace seedbed
