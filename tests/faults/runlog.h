// SPDX-License-Identifier: MIT
#pragma once

// What the log of seedbed-cli --verbose says was durable.

#include <QByteArray>
#include <QString>

namespace seedbed {

/// How many rows of a table the log says were committed.
[[nodiscard]] inline qsizetype committedIn(const QByteArray &log, const QString &table)
{
    qsizetype count = 0;
    const QByteArray before = table.toUtf8() + ".db: ";
    for (const QByteArray &line : log.split('\n')) {
        const qsizetype at = line.indexOf(before);
        if (at >= 0 && line.endsWith(" committed"))
            count += line.sliced(at + before.size()).split(' ').constFirst().toLongLong();
    }
    return count;
}

} // namespace seedbed
