// SPDX-License-Identifier: MIT
#pragma once

// Where a problem comes from: the rows that it leads to, one after the other, up to the one that is to be mended.

#include "validation/validator.h"

#include <QList>
#include <QString>

#include <optional>

namespace seedbed {

/// A row that is the cause of a problem in another.
/// Thread: any (a value).
struct Cause {
    int table = -1;
    RowId row = RowId::None;
    int field = -1;                 ///< the cell to look at; -1 for the whole row
    std::optional<Problem> problem; ///< what is wrong with it; nothing for a row that is right, as the first of two
                                    ///< equal ones, and for one of a circle
};

/// The causes of a problem of a row of \a table, from the nearest to the root; none where it comes from no other row. A
/// row that is wrong in several ways is followed by the first of them that leads to no row that was met before. Where
/// the way is very long, its first steps.
[[nodiscard]] QList<Cause> causesOf(const Problem &problem, const Validation &validation, int table);

/// The nearest cause of what is wrong with a cell, or, where nothing is, with its row. \a problems: those of the row.
[[nodiscard]] std::optional<Cause> causeOfCell(const QList<Problem> &problems, int field, const Validation &validation,
                                               int table);

/// As describe(), with the causes: "FIELD 8 not found ← TABLE row 8: duplicate FIELD ← row 1".
[[nodiscard]] QString describeWithCauses(const Problem &problem, const Validation &validation, int table);

} // namespace seedbed
