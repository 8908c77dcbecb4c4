// SPDX-License-Identifier: MIT
#pragma once

// Paths as people read them.

#include <QDir>
#include <QString>

namespace seedbed {

/// With ~ for the user's home.
/// Thread: any.
[[nodiscard]] inline QString pathText(const QString &path)
{
    const QString native = QDir::toNativeSeparators(path);
    const QString home = QDir::toNativeSeparators(QDir::homePath() + QLatin1Char('/'));
    return native.startsWith(home) ? QLatin1Char('~') + native.mid(home.size() - 1) : native;
}

} // namespace seedbed
