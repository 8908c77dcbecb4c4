// SPDX-License-Identifier: MIT
#pragma once

// From one wrong cell to the next, across all tables.

#include "gui/document/cellplace.h"
#include "validation/validator.h"

#include <optional>

namespace seedbed {

/// Where a walk comes to.
/// Thread: any (a value).
struct WalkStep {
    CellPlace cell;         ///< as it was when it was validated; the first of the row where all of it is wrong
    bool isWrapped = false; ///< it has begun again at the other end
};

enum class Direction : quint8 { Forwards, Backwards };

/// The wrong cell after, or before, \a from, in the order of places; the same one where there is no other, and nothing
/// where there is none. Cost: linear in the rows between, about a millisecond for a few million.
[[nodiscard]] std::optional<WalkStep> nextProblem(const Validation &validation, const CellPlace &from,
                                                  Direction direction);

} // namespace seedbed
