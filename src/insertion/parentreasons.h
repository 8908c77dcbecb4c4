// SPDX-License-Identifier: MIT
#pragma once

// Why a row that is right cannot go in: the row that it refers to did not.

#include "insertion/commitboard.h"
#include "report/runreport.h"
#include "validation/validator.h"

namespace seedbed {

/// The row that a foreign key of the row at \a position leads to did not go in; \a message says why.
[[nodiscard]] Reason lostParentReason(const Validation &validation, int table, qint32 position, int foreignKey,
                                      RowPlace parent, const QString &message);

/// Nobody can tell whether the row that a foreign key leads to is there, as its database is locked.
[[nodiscard]] Reason unknownParentReason(const Package &package, int table, int foreignKey);

} // namespace seedbed
