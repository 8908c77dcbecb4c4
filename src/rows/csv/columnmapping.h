// SPDX-License-Identifier: MIT
#pragma once

// Which column of a file is which field of a table.

#include "package/tableschema.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace seedbed {

/// The position of the field of each column, or NoField; no field twice.
using ColumnMapping = QList<int>;

inline constexpr int NoField = -1;

/// What was chosen before: the name of the field of a column, by the column's name; empty for one that is not used.
using RememberedColumns = QHash<QString, QString>;

/// A name without what people write in one way or another: case, spaces, underscores and the like.
[[nodiscard]] QString looseName(const QString &name);

/// A column that is remembered as that says; else by the very name of a field, which also goes before what is
/// remembered of another column, else by looseName() of its name or title. Of two columns for one field the first. The
/// columns `_row` and `_reasons`, which rejects have, are not used.
[[nodiscard]] ColumnMapping mapByName(const QStringList &columns, const TableSchema &schema,
                                      const RememberedColumns &remembered = {});

/// The first column is the first field, and so on.
[[nodiscard]] ColumnMapping mapByPosition(qsizetype columns, const TableSchema &schema);

/// How many of \a columns are fields, by looseName().
[[nodiscard]] qsizetype namedFields(const QStringList &columns, const TableSchema &schema);

} // namespace seedbed
