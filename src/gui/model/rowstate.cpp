// SPDX-License-Identifier: MIT
#include "gui/model/rowstate.h"

namespace seedbed {

std::optional<State> stateOf(RowMark mark)
{
    switch (mark) {
    case RowMark::None:
        return std::nullopt;
    case RowMark::In:
        return State::In;
    case RowMark::Changed:
        return State::Changed;
    case RowMark::Problem:
        return State::Problem;
    case RowMark::Failed:
        return State::Failed;
    }
    Q_UNREACHABLE();
}

} // namespace seedbed
