// SPDX-License-Identifier: MIT
#include "insertion/storedtable.h"

#include "insertion/sqlite/databasefiles.h"
#include "insertion/sqlite/sqliteconnection.h"
#include "insertion/sqlite/sqlitefile.h"
#include "insertion/sqlite/sqliteschema.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::StoredTable)
};

Error errorOf(const SqliteStatus &status, const Resource &resource)
{
    const QString &file = resource.database;
    if (status.isBusy()) {
        return { Error::Kind::Locked,
                 Text::tr("%1 is locked by another program; it is read as soon as that is done").arg(file) };
    }
    if (status.isNotADatabase())
        return { Error::Kind::Unreadable, Text::tr("%1 is not a SQLite database").arg(file) };
    if (status.isReadOnly()) {
        return { Error::Kind::Unreadable,
                 Text::tr("%1 was left in the middle of a change by a crash; a run recovers it").arg(file) };
    }
    return { Error::Kind::Unreadable, Text::tr("%1: %2 (SQLite error %3)").arg(file, status.message).arg(status.code) };
}

// The name by which the table's row ids go; empty where there are none, or columns have all the names
// (sqlite.org/rowidtable.html).
QString rowIdName(const TableKind &kind, const QStringList &columns)
{
    if (!kind.isTable() || !kind.hasRowIds)
        return {};
    for (const char *name : { "_rowid_", "rowid", "oid" }) {
        const QString rowId = QString::fromLatin1(name);
        if (!columns.contains(rowId, Qt::CaseInsensitive))
            return rowId;
    }
    return {};
}

// In many short statements, so that nobody who wants to write has to wait for the end of it.
SqliteStatus countByRowId(const SqliteConnection &connection, const QString &rowId, const Resource &resource,
                          const std::stop_token &stop, StoredTable &table)
{
    const QString from = QStringLiteral("FROM main.%1 WHERE %2 >= ?").arg(quoted(resource.table), rowId);
    SqliteStatement next(connection,
                         QStringLiteral("SELECT %1 %2 ORDER BY %1 LIMIT 1 OFFSET %3")
                             .arg(rowId, from, QString::number(StoredTable::RowsPerMark)));
    qint64 mark = std::numeric_limits<qint64>::min();
    table.marks = { mark };
    next.bind(1, mark);
    while (next.status().isOk() && !stop.stop_requested() && next.step()) {
        mark = next.cell(0).integer;
        table.marks.append(mark);
        next.reset();
        next.bind(1, mark);
    }
    if (!next.status().isOk())
        return next.status();
    SqliteStatement rest(connection, QStringLiteral("SELECT count(*) %1").arg(from));
    rest.bind(1, mark);
    if (!stop.stop_requested() && rest.status().isOk() && rest.step())
        table.rowCount = (table.marks.size() - 1) * StoredTable::RowsPerMark + rest.cell(0).integer;
    return rest.status();
}

// Row by row, so that a stop is answered.
SqliteStatus countAll(const SqliteConnection &connection, const Resource &resource, const std::stop_token &stop,
                      StoredTable &table)
{
    SqliteStatement statement(connection, QStringLiteral("SELECT 1 FROM main.%1").arg(quoted(resource.table)));
    while (!stop.stop_requested() && statement.status().isOk() && statement.step())
        ++table.rowCount;
    return statement.status();
}

QString shortened(QByteArrayView utf8)
{
    constexpr qsizetype MostBytes = 4; // of a character
    // A character that is cut in two is behind those that are kept.
    QString text = QString::fromUtf8(utf8.first(std::min(utf8.size(), MostBytes * (StoredTable::LongestText + 1))));
    if (text.size() <= StoredTable::LongestText)
        return text;
    const bool isPairCut = text.at(StoredTable::LongestText - 1).isHighSurrogate();
    text.truncate(StoredTable::LongestText - (isPairCut ? 1 : 0));
    return text + u'…';
}

StoredText textOf(const SqliteStatement &statement, int column, LongTexts longTexts)
{
    const StoredCell cell = statement.cell(column);
    switch (cell.storage) {
    case StoredCell::Storage::Null:
        return {};
    case StoredCell::Storage::Integer:
    case StoredCell::Storage::Real:
        return { StoredText::Kind::Number, QString::fromUtf8(statement.text(column)) };
    case StoredCell::Storage::Text:
        return { StoredText::Kind::Text,
                 longTexts == LongTexts::Whole ? QString::fromUtf8(cell.bytes) : shortened(cell.bytes) };
    case StoredCell::Storage::Blob:
        return { StoredText::Kind::Blob, QLocale().formattedDataSize(cell.bytes.size()) };
    }
    Q_UNREACHABLE();
}

QStringList columnsOf(const SqliteStatement &statement)
{
    QStringList names;
    for (int column = 0; column < statement.columnCount(); ++column)
        names += statement.columnName(column);
    return names;
}

Result<void> checkPresence(const QString &path, const Resource &resource)
{
    const QFileInfo file(path);
    if (file.isSymLink()) {
        return failure(
            Error::Kind::Unreadable,
            Text::tr("%1 is a link to %2, which a run refuses").arg(resource.database, file.symLinkTarget()));
    }
    if (!file.exists()) {
        return failure(Error::Kind::Unreadable,
                       Text::tr("%1 is not there yet; the first run makes it").arg(resource.database));
    }
    if (!file.isFile())
        return failure(Error::Kind::Unreadable, Text::tr("%1 is not a file").arg(resource.database));
    if (const auto fit = checkNames(path); !fit)
        return failure(Error::Kind::Unreadable, fit.error().message);
    return {};
}

Error noTable(const Resource &resource)
{
    return { Error::Kind::Unreadable,
             Text::tr("%1 has no table %2 yet; the first run makes it").arg(resource.database, resource.table) };
}

// What was read while another program may have written is as good as not read.
SqliteStatus checkUnchanged(const SqliteConnection &connection, const SqliteStatus &status)
{
    return connection.mayHaveChanged() ? SqliteStatus { SQLITE_BUSY, {} } : status;
}

} // namespace

QString databasePath(const Resource &resource, const QString &into)
{
    // Absolute, as a path that begins with "file:" would be taken for a URI. The folder may be a link, the file may
    // not: that it is one must show.
    const QDir folder(into);
    const QString canonical = folder.canonicalPath();
    return QDir(canonical.isEmpty() ? folder.absolutePath() : canonical).filePath(resource.database);
}

Result<StoredTable> lookAt(const Resource &resource, const QString &into, const std::stop_token &stop)
{
    const QString path = databasePath(resource, into);
    if (const auto present = checkPresence(path, resource); !present)
        return tl::unexpected(present.error());
    if (SqliteFile(path).isEmpty())
        return tl::unexpected(noTable(resource));
    SqliteConnection connection(path, SqliteConnection::Mode::Look);
    SqliteStatus status = connection.openStatus();
    if (!status.isOk())
        return tl::unexpected(errorOf(status, resource));
    const auto target = readTable(connection, resource, path, status);
    if (status.isOk() && target && !target->exists)
        return tl::unexpected(noTable(resource));
    const TableKind kind = status.isOk() ? kindOf(connection, resource, status) : TableKind {};
    if (!status.isOk())
        return tl::unexpected(errorOf(checkUnchanged(connection, status), resource));
    if (!target && !kind.isTable()) // a view may have no end, and a virtual table may do anything
        return failure(Error::Kind::Unreadable, target.error().message);
    StoredTable table;
    if (!target)
        table.objection = target.error().message;
    const SqliteStatement all(connection, QStringLiteral("SELECT * FROM main.%1").arg(quoted(resource.table)));
    if (!all.status().isOk())
        return tl::unexpected(errorOf(all.status(), resource));
    table.columns = columnsOf(all);
    const QString rowId = rowIdName(kind, table.columns);
    status = rowId.isEmpty() ? countAll(connection, resource, stop, table)
                             : countByRowId(connection, rowId, resource, stop, table);
    if (stop.stop_requested())
        return failure(Error::Kind::Stopped, Text::tr("%1: stopped").arg(resource.database));
    status = checkUnchanged(connection, status);
    if (!status.isOk())
        return tl::unexpected(errorOf(status, resource));
    return table;
}

Result<QList<StoredTexts>> readRows(const Resource &resource, const QString &into, const StoredTable &table,
                                    qint64 first, qint64 count, LongTexts longTexts)
{
    const QString path = databasePath(resource, into);
    if (const auto present = checkPresence(path, resource); !present)
        return tl::unexpected(present.error());
    SqliteConnection connection(path, SqliteConnection::Mode::Look);
    if (const SqliteStatus &status = connection.openStatus(); !status.isOk())
        return tl::unexpected(errorOf(status, resource));
    SqliteStatus status;
    const TableKind kind = kindOf(connection, resource, status);
    if (!status.isOk())
        return tl::unexpected(errorOf(checkUnchanged(connection, status), resource));
    if (!kind.isTable())
        return tl::unexpected(noTable(resource));
    const qint64 mark = std::min<qint64>(first / StoredTable::RowsPerMark, table.marks.size() - 1);
    const QString rowId = mark < 0 ? QString() : rowIdName(kind, table.columns);
    const QString condition = rowId.isEmpty() ? QString() : QStringLiteral("WHERE %1 >= ? ORDER BY %1").arg(rowId);
    const qint64 passedOver = rowId.isEmpty() ? first : first - mark * StoredTable::RowsPerMark;
    SqliteStatement statement(connection,
                              QStringLiteral("SELECT * FROM main.%1 %2 LIMIT %3 OFFSET %4")
                                  .arg(quoted(resource.table), condition, QString::number(count),
                                       QString::number(passedOver)));
    if (!rowId.isEmpty())
        statement.bind(1, table.marks.at(mark));
    QList<StoredTexts> rows;
    while (statement.status().isOk() && statement.step()) {
        StoredTexts texts;
        texts.reserve(statement.columnCount());
        for (int column = 0; column < statement.columnCount(); ++column)
            texts.append(textOf(statement, column, longTexts));
        rows.append(std::move(texts));
    }
    status = checkUnchanged(connection, statement.status());
    if (!status.isOk())
        return tl::unexpected(errorOf(status, resource));
    return rows;
}

} // namespace seedbed
