// SPDX-License-Identifier: MIT
#pragma once

// The names of rows: one by one, and as many as follow each other.

#include "rows/rangeset.h"

#include <QHashFunctions>

namespace seedbed {

/// The name of a row for its whole life. Positions change, ids do not; an id is never given twice by one table.
enum class RowId : quint64 { None = 0 };

inline size_t qHash(RowId id, size_t seed = 0)
{
    return ::qHash(static_cast<quint64>(id), seed);
}

/// Ids that follow each other.
using RowIdRange = NumberRange<RowId>;

} // namespace seedbed
