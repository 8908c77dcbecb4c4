// SPDX-License-Identifier: MIT
#pragma once

// What seedbed-cli says was durable: the log of --verbose, and the report as JSON. Keys are the numbers of the rows.

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>

#include <algorithm>

namespace seedbed {

/// The keys from \a first to \a last.
[[nodiscard]] inline QSet<int> keysBetween(int first, int last)
{
    QSet<int> keys;
    for (int key = first; key <= last; ++key)
        keys.insert(key);
    return keys;
}

/// The keys of the rows of a table that the log says were committed. Warns where a batch went in only in part, of which
/// the log does not tell which.
[[nodiscard]] inline QSet<int> keysCommitted(const QByteArray &log, const QString &table)
{
    const QRegularExpression committed(
        QStringLiteral(" %1\\.db: (\\d+) committed of rows (\\d+) to (\\d+)\n").arg(table));
    QSet<int> keys;
    for (auto found = committed.globalMatch(QString::fromUtf8(log)); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        const int first = match.capturedView(2).toInt();
        const int last = match.capturedView(3).toInt();
        if (match.capturedView(1).toInt() != last - first + 1)
            qWarning("in part:%s", qPrintable(match.captured()));
        keys.unite(keysBetween(first, last));
    }
    return keys;
}

/// The keys that a report says are in a table of so many rows; none where there is no report.
[[nodiscard]] inline QSet<int> keysReported(const QJsonObject &table, int rowCount)
{
    if (table.isEmpty())
        return {};
    QSet<int> keys = keysBetween(1, rowCount);
    const QJsonArray rejected = table[QStringLiteral("rejected")].toArray();
    for (const QJsonValue &row : rejected)
        keys.remove(row[QStringLiteral("row")].toInt());
    const QJsonArray cancelled = table[QStringLiteral("cancelledRows")].toArray();
    for (const QJsonValue &range : cancelled)
        keys.subtract(keysBetween(range[0].toInt(), range[1].toInt()));
    return keys;
}

/// Keys as text, in order, neighbours drawn together: "1-3 7".
[[nodiscard]] inline QString textOf(const QSet<int> &keys)
{
    QStringList ranges;
    QList<int> sorted(keys.cbegin(), keys.cend());
    std::sort(sorted.begin(), sorted.end());
    for (auto first = sorted.cbegin(); first != sorted.cend();) {
        auto last = first;
        while (last + 1 != sorted.cend() && *(last + 1) == *last + 1)
            ++last;
        ranges += last == first ? QString::number(*first) : QStringLiteral("%1-%2").arg(*first).arg(*last);
        first = last + 1;
    }
    return ranges.join(u' ');
}

} // namespace seedbed
