// SPDX-License-Identifier: MIT
#pragma once

// Reads the `dialect` of a resource (datapackage.org/standard/table-dialect; CSV Dialect in version 1). What
// cannot be honoured is refused: a file that is read by other rules than it was written by gives wrong rows,
// silently.

#include "package/descriptornode.h"
#include "package/package.h"

namespace seedbed {

/// The dialect that \a node describes; \a defaults where it does not exist or is silent.
[[nodiscard]] Dialect readDialect(const Node &node, const Dialect &defaults);

} // namespace seedbed
