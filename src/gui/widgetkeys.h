// SPDX-License-Identifier: MIT
#pragma once

// The keys that a grid takes itself, in words. What actions do is in the menus, and is not listed here.

#include <QKeySequence>
#include <QList>
#include <QString>

namespace seedbed {

/// Thread: any (a value).
struct GridKey {
    QString what;
    QList<QKeySequence> keys;
};

[[nodiscard]] QList<GridKey> gridKeys();

} // namespace seedbed
