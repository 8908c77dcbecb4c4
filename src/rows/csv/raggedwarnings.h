// SPDX-License-Identifier: MIT
#pragma once

// What is said of ragged rows when a package is read.

#include "package/package.h"
#include "rows/table.h"

#include <QList>
#include <QStringList>

namespace seedbed {

/// A sentence for each ragged row with its file and line, in the order of the lines, up to 20 for each table; where a
/// table has more, one that says how many. \a tables: as many as the package has resources.
[[nodiscard]] QStringList raggedWarnings(const Package &package, const QList<Table> &tables);

} // namespace seedbed
