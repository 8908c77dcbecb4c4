// SPDX-License-Identifier: MIT
#pragma once

// In which order tables depend on each other: parents first.

#include "package/package.h"

#include <QList>

namespace seedbed {

/// The tables of a package in groups, parents first. Tables that refer to each other in a circle, or to themselves,
/// are one group; any other table is a group of its own.
struct TableGroup {
    QList<int> tables;
    bool isCircle = false;
};

[[nodiscard]] QList<TableGroup> tableOrder(const Package &package);

} // namespace seedbed
