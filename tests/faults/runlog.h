// SPDX-License-Identifier: MIT
#pragma once

// What seedbed-cli says was durable: the log of --verbose, and the report as JSON.

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QString>

namespace seedbed {

/// How many rows of a table the log says were committed.
[[nodiscard]] inline qsizetype committedIn(const QByteArray &log, const QString &table)
{
    qsizetype count = 0;
    const QByteArray before = table.toUtf8() + ".db: ";
    for (const QByteArray &line : log.split('\n')) {
        const qsizetype at = line.indexOf(before);
        if (at >= 0 && line.contains(" committed of rows "))
            count += line.sliced(at + before.size()).split(' ').constFirst().toLongLong();
    }
    return count;
}

/// The keys that a report says are in a table of so many rows; they are the numbers of the rows.
[[nodiscard]] inline QSet<int> keysReported(const QJsonObject &table, int rowCount)
{
    QSet<int> keys;
    for (int row = 1; row <= rowCount; ++row)
        keys.insert(row);
    const QJsonArray rejected = table[QStringLiteral("rejected")].toArray();
    for (const QJsonValue &row : rejected)
        keys.remove(row[QStringLiteral("row")].toInt());
    const QJsonArray cancelled = table[QStringLiteral("cancelledRows")].toArray();
    for (const QJsonValue &range : cancelled) {
        for (int row = range[0].toInt(); row <= range[1].toInt(); ++row)
            keys.remove(row);
    }
    return keys;
}

} // namespace seedbed
