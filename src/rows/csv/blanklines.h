// SPDX-License-Identifier: MIT
#pragma once

// What a line of CSV with nothing on it is: RFC 4180 leaves it open.

#include <QtGlobal>

namespace seedbed {

enum class BlankLines : quint8 {
    Skipped, ///< nothing, as in files
    Kept,    ///< a record of one empty cell, as where a single column is copied
};

} // namespace seedbed
