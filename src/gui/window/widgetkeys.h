// SPDX-License-Identifier: MIT
#pragma once

// The keys that widgets take themselves, in words. What actions do is in the menus, and is not listed here.

#include <QKeySequence>
#include <QList>
#include <QString>

namespace seedbed {

/// Thread: any (a value).
struct WidgetKey {
    QString where;
    QString what;
    QList<QKeySequence> keys;
};

[[nodiscard]] QList<WidgetKey> widgetKeys();

} // namespace seedbed
