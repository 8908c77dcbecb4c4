// SPDX-License-Identifier: MIT
#pragma once

// The filter and sort requested for a table, and the function that applies them.

#include "gui/document/rowmarks.h"
#include "package/tableschema.h"
#include "rows/table.h"

#include <QString>

#include <optional>
#include <stop_token>
#include <vector>

namespace seedbed {

/// What is asked for: all rows as they are in the table, unless it says otherwise.
/// Thread: any (a value).
struct RowQuestion {
    QString text {};           ///< as in rowfilter.h
    bool onlyProblems = false; ///< rows that are wrong or failed
    bool onlyNotIn = false;    ///< rows that are not in the database
    int sortColumn = -1;       ///< -1: in the order of the table
    Qt::SortOrder sortOrder = Qt::AscendingOrder;

    [[nodiscard]] bool isFiltering() const { return !text.isEmpty() || onlyProblems || onlyNotIn; }
    [[nodiscard]] bool isSorting() const { return sortColumn >= 0; }

    friend bool operator==(const RowQuestion &, const RowQuestion &) = default;
};

/// Positions of rows in a table, in the order in which they are to be shown.
using RowPositions = std::vector<qint32>;

/// The answer, or nothing if a stop is asked. Rows that are equal in the sorted column keep the order of the table, in
/// both directions. Integers and numbers are sorted as such (to 19 digits), and cells that are none come after them;
/// all else is sorted by code point. Cost: linear in the rows, and n log n to sort; call it off the GUI thread.
[[nodiscard]] std::optional<RowPositions> orderRows(const Table &table, const TableSchema &schema,
                                                    const RowMarks &marks, const RowQuestion &question,
                                                    const std::stop_token &stop = {});

} // namespace seedbed
