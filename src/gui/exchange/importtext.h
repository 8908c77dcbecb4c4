// SPDX-License-Identifier: MIT
#pragma once

// What an import would do, in words.

#include "gui/exchange/importfile.h"
#include "gui/look/theme.h"

#include <QString>

#include <optional>

namespace seedbed {

/// A sentence with its sign.
/// Thread: any (a value).
struct ImportText {
    QString text;
    std::optional<State> state;
};

/// "120 rows will be added to Users", how far the reading is, or why it cannot be. \a rowsThere: in the table now.
[[nodiscard]] ImportText importSummary(const ImportFile &file, qsizetype rowsThere);

/// What is left out: columns that are not used, fields that stay empty, rows with more or fewer cells.
[[nodiscard]] ImportText importNote(const ImportFile &file);

} // namespace seedbed
