// SPDX-License-Identifier: MIT
#pragma once

// After a run: whether the databases show what its report says.

#include "rows/rowidset.h"
#include "validation/existingrows.h"
#include "validation/validator.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace seedbed {

/// Holds the rows that are reported to be in the databases against what is there now: each with its values, once,
/// no unique value twice, every reference found. \a in: per table, the rows inserted, unchanged or updated.
/// \a before, \a now: what the targets held and hold. Returns a sentence for each thing that is not so, a limited
/// number of them.
[[nodiscard]] QStringList audit(const Validation &validation, const QList<RowIdSet> &in,
                                const QList<ExistingRows> &before, const QList<ExistingRows> &now);

} // namespace seedbed
