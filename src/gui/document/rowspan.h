// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace seedbed {

/// Rows that follow each other in a table.
/// Thread: any (a value).
struct RowSpan {
    qsizetype first = 0;
    qsizetype count = 0;

    friend bool operator==(const RowSpan &, const RowSpan &) = default;
};

} // namespace seedbed
