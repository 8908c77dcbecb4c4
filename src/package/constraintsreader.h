// SPDX-License-Identifier: MIT
#pragma once

// Reads the `constraints` of a field (datapackage.org/standard/table-schema/#field-constraints): which of
// them its type may have, and whether bounds and enum values are values of it.

#include "package/descriptornode.h"
#include "package/tableschema.h"

namespace seedbed {

/// Fills field.constraints from \a node. Numbers among bounds and enum values are kept with a point for
/// decimals and without groups, whatever the field's decimalChar and groupChar; true and false as the first
/// of the field's trueValues and falseValues; dates as the field's format says. \a resource names the field
/// in warnings.
void readConstraints(const Node &node, const QString &resource, Field &field);

} // namespace seedbed
