// SPDX-License-Identifier: MIT
#pragma once

// Which rows a target has, asked anew.

#include "insertion/target.h"

#include <unordered_set>
#include <vector>

namespace seedbed {

/// Those of \a rows at \a positions that are in \a target with all of their values.
/// Errors: as Target::find().
[[nodiscard]] Result<std::unordered_set<qint32>> rowsThere(Target &target, const TableSchema &schema, const Table &rows,
                                                           const std::vector<qint32> &positions);

} // namespace seedbed
