// SPDX-License-Identifier: MIT
#pragma once

// Keys that new rows begin with.

#include "rows/table.h"
#include "validation/existingrows.h"

namespace seedbed {

/// The next \a count keys above those of \a rows, of which none is in \a existing; empty texts where the primary key is
/// not one integer. Cost: linear in the rows, about 10 ns each.
[[nodiscard]] QList<QByteArray> freeKeys(const Table &rows, const TableSchema &schema, const ExistingRows &existing,
                                         qsizetype count);

} // namespace seedbed
