// SPDX-License-Identifier: MIT
#pragma once

// The rows that a descriptor holds itself, in a resource's `data`: an array of objects, or of arrays with the
// field names first (datapackage.org/standard/data-resource/#path-or-data).

#include "package/descriptornode.h"
#include "package/package.h"

namespace seedbed {

/// The cells of \a data in the order of the schema's fields; null where a value is absent or null. A number
/// is kept as it is written.
[[nodiscard]] QList<QList<QByteArray>> readInlineRows(const Node &data, const TableSchema &schema, bool hasHeader);

/// Replaces the rows of \a data, in the form that it has.
void writeInlineRows(JsonValue &data, const TableSchema &schema, const QList<QList<QByteArray>> &rows, bool hasHeader);

} // namespace seedbed
