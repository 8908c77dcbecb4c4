// SPDX-License-Identifier: MIT
#pragma once

// Reads the `schema` of a resource (datapackage.org/standard/table-schema). Constraints have a reader of
// their own; foreign keys are read when every schema of the package is, for they name fields of each other.

#include "package/descriptornode.h"
#include "package/package.h"

#include <QHash>

namespace seedbed {

/// The schema that \a node describes, without its foreign keys. \a resource names it in warnings.
[[nodiscard]] TableSchema readSchema(const Node &node, const QString &resource);

/// The foreign keys that \a node, the schema of the resource at position \a self, describes.
/// \a byName: the positions of \a resources by their names.
[[nodiscard]] QList<ForeignKey> readForeignKeys(const Node &node, const QList<Resource> &resources,
                                                const QHash<QString, int> &byName, int self);

} // namespace seedbed
