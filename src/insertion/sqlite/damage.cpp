// SPDX-License-Identifier: MIT
#include "insertion/sqlite/damage.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <sqlite3.h>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::SqliteTarget)
};

} // namespace

// A file that was cut off has fewer bytes than the pages in its header take; pages in the write-ahead log do not count.
Result<void> checkLength(SqliteConnection &connection, const QString &path, SqliteStatus &status)
{
    QString pages;
    QString pageSize;
    status = connection.ask(QStringLiteral("PRAGMA page_count"), pages);
    if (status.isOk())
        status = connection.ask(QStringLiteral("PRAGMA page_size"), pageSize);
    if (!status.isOk() || QFileInfo::exists(path + QStringLiteral("-wal")))
        return {};
    if (QFileInfo(path).size() >= pages.toLongLong() * pageSize.toLongLong())
        return {};
    return failure(
        Error::Kind::Refused,
        Text::tr("%1: is cut off, its end is missing; restore it from a copy or choose another folder").arg(path));
}

Result<void> checkDamage(SqliteConnection &connection, const QString &path, qint64 mostBytes, SqliteStatus &status)
{
    if (QFileInfo(path).size() > mostBytes)
        return {};
    // What a CHECK says of rows that are there is none of the file's damage, and may need a function that is not here.
    status = connection.execute(QStringLiteral("PRAGMA ignore_check_constraints = ON"));
    SqliteStatement check(connection, QStringLiteral("PRAGMA main.quick_check"));
    if (status.isOk() && check.status().primaryCode() == SQLITE_ERROR)
        return {}; // the schema has what this library does not know: a function, a collation
    while (status.isOk() && check.status().isOk() && check.step()) {
        const QString found = QString::fromUtf8(check.text(0));
        const bool isOfRows = found.contains(QLatin1String(" value in "))
            || found.startsWith(QLatin1String("non-unique")) || found.startsWith(QLatin1String("CHECK "));
        if (found == QLatin1String("ok") || isOfRows)
            continue;
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: is damaged or cut off (database disk image is malformed: %2); restore it from a "
                                "copy or choose another folder")
                           .arg(path, found.split(u'\n').constLast()));
    }
    if (status.isOk() && check.status().primaryCode() != SQLITE_ERROR)
        status = check.status();
    return {};
}

} // namespace seedbed
