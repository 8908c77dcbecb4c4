// SPDX-License-Identifier: MIT
#pragma once

// How files were imported into a table the last time, as the settings keep it.

#include "rows/csv/csvimport.h"

#include <QStringList>
#include <QVariantMap>

namespace seedbed {

/// What was chosen for a table.
/// Thread: any (a value).
struct ImportMemory {
    CsvForm form;
    bool hasDecimalComma = false;
    bool replaces = false;
    QStringList columns; ///< of the file; empty: nothing was imported yet
    QStringList fields;  ///< the name of each column's field, empty where it has none

    [[nodiscard]] static ImportMemory fromMap(const QVariantMap &map);
    [[nodiscard]] QVariantMap toMap() const;

    [[nodiscard]] RememberedColumns rememberedColumns() const;
    void remember(const QStringList &columnNames, const ColumnMapping &mapping, const TableSchema &schema);
};

} // namespace seedbed
