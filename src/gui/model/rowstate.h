// SPDX-License-Identifier: MIT
#pragma once

// The colour and sign of a row, from what is known of it.

#include "gui/document/rowmarks.h"
#include "gui/look/theme.h"

#include <optional>

namespace seedbed {

/// The state that a mark says, if it says one.
[[nodiscard]] std::optional<State> stateOf(RowMark mark);

} // namespace seedbed
