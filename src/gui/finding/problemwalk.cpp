// SPDX-License-Identifier: MIT
#include "gui/finding/problemwalk.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace seedbed {

namespace {

constexpr int BehindAll = std::numeric_limits<int>::max();

/// The column of a wrong cell of the row that is nearest to \a column on its side, or -1.
int nextColumn(const Validation &validation, int table, qsizetype row, int column, Direction direction)
{
    int nearest = -1;
    const QList<Problem> problems = validation.problemsOf(table, row);
    for (const Problem &problem : problems) {
        const int field = std::max(0, problem.field);
        const bool isAfter = field > column && (nearest < 0 || field < nearest);
        const bool isBefore = field < column && field > nearest;
        if (direction == Direction::Forwards ? isAfter : isBefore)
            nearest = field;
    }
    return nearest;
}

/// The nearest wrong row beyond \a row, or -1.
qsizetype nextRow(const std::vector<RowState> &states, qsizetype row, Direction direction)
{
    const auto size = static_cast<qsizetype>(states.size());
    if (direction == Direction::Forwards) {
        const auto begin = states.begin() + std::clamp<qsizetype>(row + 1, 0, size);
        const auto found = std::find(begin, states.end(), RowState::Wrong);
        return found == states.end() ? -1 : found - states.begin();
    }
    const auto begin = std::make_reverse_iterator(states.begin() + std::clamp<qsizetype>(row, 0, size));
    const auto found = std::find(begin, states.rend(), RowState::Wrong);
    return found == states.rend() ? -1 : states.rend() - found - 1;
}

} // namespace

std::optional<WalkStep> nextProblem(const Validation &validation, const CellPlace &from, Direction direction)
{
    const auto tables = static_cast<int>(validation.tables.size());
    const bool isForwards = direction == Direction::Forwards;
    CellPlace place = from;
    // Once round, and the first table again up to where the walk began.
    for (int visited = 0; visited <= tables && place.table < tables; ++visited) {
        const std::vector<RowState> &states = validation.tables.at(place.table).states;
        if (place.row >= 0 && place.row < static_cast<qsizetype>(states.size()))
            place.column = nextColumn(validation, place.table, place.row, place.column, direction);
        else
            place.column = -1;
        if (place.column < 0) {
            place.row = nextRow(states, place.row, direction);
            place.column = place.row < 0
                ? -1
                : nextColumn(validation, place.table, place.row, isForwards ? -1 : BehindAll, direction);
        }
        if (place.column >= 0)
            return WalkStep { place, isForwards ? place <= from : place >= from };
        place.table = (place.table + (isForwards ? 1 : tables - 1)) % tables;
        place.row = isForwards ? -1 : static_cast<qsizetype>(validation.tables.at(place.table).states.size());
    }
    return std::nullopt;
}

} // namespace seedbed
