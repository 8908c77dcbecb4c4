// SPDX-License-Identifier: MIT
#pragma once

// Which position of a table each row of a grid shows. The rows of the grid and of the table are the same unless an
// order was given.

#include "gui/model/roworder.h"

#include <QList>

#include <optional>
#include <utility>

namespace seedbed {

/// A map between the rows of a grid and positions in a table, kept true while rows come and go.
/// Thread: any (a value).
class ShownRows final
{
public:
    /// All rows as they are in the table; no cost.
    void showAll() { m_positions.reset(); }
    void show(RowPositions positions);
    [[nodiscard]] bool isAll() const { return !m_positions; }

    /// How many rows are shown of \a tableRows.
    [[nodiscard]] qsizetype count(qsizetype tableRows) const;
    [[nodiscard]] qsizetype positionOf(qsizetype row) const;
    /// The row that shows the position, or -1. Cost: linear in the table after a change, then none.
    [[nodiscard]] qsizetype rowOf(qsizetype position) const;

    /// Table rows came at [first, last]: they are shown at the end.
    void insert(qsizetype first, qsizetype last);
    /// The rows of the grid that show the positions [first, last], as ranges [begin, end), ascending.
    [[nodiscard]] QList<std::pair<qsizetype, qsizetype>> rangesOf(qsizetype first, qsizetype last) const;
    /// These rows of the grid are no longer shown; positions stay as they are.
    void drop(qsizetype begin, qsizetype end);
    /// Table rows at [first, last], which are not shown any more, went.
    void remove(qsizetype first, qsizetype last);

private:
    std::optional<RowPositions> m_positions;
    mutable RowPositions m_rows; // the inverse; empty: not made yet
};

} // namespace seedbed
