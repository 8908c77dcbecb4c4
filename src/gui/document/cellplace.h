// SPDX-License-Identifier: MIT
#pragma once

// Where a cell is among all tables.

#include <QtGlobal>

#include <compare>

namespace seedbed {

/// A cell by position; a row below 0: none. In order: table after table, row after row, from left to right.
/// Thread: any (a value).
struct CellPlace {
    int table = 0;
    qsizetype row = 0;
    int column = 0;

    friend auto operator<=>(const CellPlace &, const CellPlace &) = default;
};

} // namespace seedbed
