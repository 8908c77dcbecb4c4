// SPDX-License-Identifier: MIT
#pragma once

// Rows that were read go into the tables of a document.

#include "gui/document/document.h"

namespace seedbed {

/// Rows for one table.
/// Thread: any (a value).
struct TableImport {
    int table = 0;
    Table rows;
    bool replaces = false; ///< the rows that are there go first
};

/// Whether no table comes to have more than \a mostRows.
[[nodiscard]] bool haveRoom(const Document &document, const QList<TableImport> &imports, qsizetype mostRows);

/// All of it is one step of undo, "Import 120 Rows"; nothing to add and nothing to replace is none. Rows get new ids.
void importRows(Document &document, const QList<TableImport> &imports);

} // namespace seedbed
