// SPDX-License-Identifier: MIT
#pragma once

// Which table of a package a file is meant for.

#include "package/package.h"

#include <QString>
#include <QStringList>

namespace seedbed {

/// The table that the file has its name from, or else the one of which it names the most fields in \a columns; -1 where
/// there is none. Names are compared by looseName(): "Order Items.csv" is for order_items, as is "order_items (2).csv".
[[nodiscard]] int tableForFile(const Package &package, const QString &fileName, const QStringList &columns);

} // namespace seedbed
