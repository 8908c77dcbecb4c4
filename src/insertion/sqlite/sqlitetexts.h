// SPDX-License-Identifier: MIT
#pragma once

// The statements by which a table is created, and rows are written and looked up. The parameter of a field is its
// position in the schema, from 1. What a table declares to be done at a conflict (ON CONFLICT REPLACE would delete
// another row) counts for nothing here.

#include "insertion/sqlite/sqliteschema.h"
#include "package/package.h"

#include <QString>

namespace seedbed {

/// Creates the table: the key and plain columns, no other constraint.
[[nodiscard]] QString createStatement(const Resource &resource);

/// Puts all rows of \a source in, a table with columns c0, c1, …, but for those whose key is there.
[[nodiscard]] QString insertAllText(const Resource &resource, const QString &source);

/// Puts a row in, unless its key is there.
[[nodiscard]] QString insertText(const Resource &resource, const SqliteTable &table);

/// Gives the row with the key the other values, unless several rows have it. Empty where a row is nothing but its key.
[[nodiscard]] QString updateText(const Resource &resource, const SqliteTable &table);

/// All fields of the row with the key.
[[nodiscard]] QString lookUpText(const Resource &resource);

/// Finds the row of the table that \a key, of the same table, refers to; the parameters are its fields in their order.
[[nodiscard]] QString parentText(const Resource &resource, const ForeignKey &key);

} // namespace seedbed
