// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqliteschema.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::SqliteTarget)
};

struct Column {
    QString name;
    QString declaredType;
    bool isNotNull = false;
    bool hasDefault = false;
    int keyPosition = 0; // from 1; 0: not in the key
    bool isGenerated = false;
};

QString textLiteral(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("''")) + u'\'';
}

QString textAt(const SqliteStatement &statement, int column)
{
    return QString::fromUtf8(statement.text(column));
}

// As SQLite compares names: without regard to the case of ASCII letters, and of no others.
QString folded(QString name)
{
    for (QChar &c : name) {
        if (c >= u'A' && c <= u'Z')
            c = QChar(c.unicode() + (u'a' - u'A'));
    }
    return name;
}

bool sameName(const QString &a, const QString &b)
{
    return folded(a) == folded(b);
}

QList<Column> readColumns(SqliteConnection &connection, const QString &table, SqliteStatus &status)
{
    SqliteStatement statement(connection,
                              QStringLiteral("SELECT name, type, \"notnull\", dflt_value, pk, hidden "
                                             "FROM pragma_table_xinfo(%1)")
                                  .arg(textLiteral(table)));
    QList<Column> columns;
    while (statement.status().isOk() && statement.step()) {
        columns.append({ .name = textAt(statement, 0),
                         .declaredType = textAt(statement, 1),
                         .isNotNull = statement.cell(2).integer != 0,
                         .hasDefault = statement.cell(3).storage != StoredCell::Storage::Null,
                         .keyPosition = static_cast<int>(statement.cell(4).integer),
                         .isGenerated = statement.cell(5).integer != 0 });
    }
    status = statement.status();
    return columns;
}

// Whether one of the table's own keys has exactly the columns by which the resource knows its rows, or fewer.
bool readHasUniqueKey(SqliteConnection &connection, const Resource &resource, const QList<Column> &columns,
                      SqliteStatus &status)
{
    QSet<QString> identity;
    for (const int field : resource.schema.primaryKey)
        identity.insert(resource.schema.fields.at(field).name.toLower());
    if (identity.isEmpty())
        return false;
    QSet<QString> key;
    for (const Column &column : columns) {
        if (column.keyPosition > 0)
            key.insert(column.name.toLower());
    }
    if (!key.isEmpty() && identity.contains(key))
        return true;

    SqliteStatement statement(connection,
                              QStringLiteral("SELECT l.name, i.name FROM pragma_index_list(%1) l, "
                                             "pragma_index_info(l.name) i WHERE l.\"unique\" AND NOT l.partial")
                                  .arg(textLiteral(resource.table)));
    QHash<QString, QSet<QString>> indexes;
    while (statement.status().isOk() && statement.step())
        indexes[textAt(statement, 0)].insert(textAt(statement, 1).toLower());
    status = statement.status();
    return std::any_of(indexes.cbegin(), indexes.cend(),
                       [&identity](const QSet<QString> &index) { return identity.contains(index); });
}

const Column *columnOf(const QList<Column> &columns, const QString &name)
{
    const auto found = std::find_if(columns.cbegin(), columns.cend(),
                                    [&name](const Column &column) { return sameName(column.name, name); });
    return found == columns.cend() ? nullptr : &*found;
}

Result<void> checkColumns(const QList<Column> &columns, const Resource &resource, const QString &path)
{
    QStringList missing;
    for (const Field &field : resource.schema.fields) {
        const Column *column = columnOf(columns, field.name);
        if (column == nullptr) {
            missing += field.name;
            continue;
        }
        if (column->isGenerated) {
            return failure(Error::Kind::Refused,
                           Text::tr("%1: column %2 of table %3 is generated and cannot be written; "
                                    "leave the field out of the package or choose another folder")
                               .arg(path, field.name, resource.table));
        }
        // What other programs keep in such columns are texts that no number looks like.
        const bool isDateOrTime = column->declaredType.contains(QLatin1String("date"), Qt::CaseInsensitive)
            || column->declaredType.contains(QLatin1String("time"), Qt::CaseInsensitive);
        if (!isDateOrTime && wouldChangeTexts(field, affinityOf(column->declaredType))) {
            return failure(Error::Kind::Refused,
                           Text::tr("%1: column %2 of table %3 is declared %4, which would change texts such as 007; "
                                    "make it TEXT or give the field a numeric type")
                               .arg(path, field.name, resource.table, column->declaredType));
        }
    }
    if (!missing.isEmpty()) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: table %2 lacks the columns: %3; add them or choose another folder")
                           .arg(path, resource.table, missing.join(QStringLiteral(", "))));
    }
    const auto keyColumns =
        std::count_if(columns.cbegin(), columns.cend(), [](const Column &column) { return column.keyPosition > 0; });
    for (const Column &column : columns) {
        const bool isRowId =
            column.keyPosition > 0 && keyColumns == 1 && sameName(column.declaredType, QStringLiteral("INTEGER"));
        if (column.isNotNull && !column.hasDefault && !isRowId && !column.isGenerated
            && resource.schema.indexOf(column.name) < 0
            && std::none_of(resource.schema.fields.cbegin(), resource.schema.fields.cend(),
                            [&column](const Field &field) { return sameName(field.name, column.name); })) {
            return failure(Error::Kind::Refused,
                           Text::tr(
                               "%1: column %2 of table %3 must not be NULL and has no default, and the package has "
                               "no such field; add the field or choose another folder")
                               .arg(path, column.name, resource.table));
        }
    }
    return {};
}

// A file that was cut off has fewer bytes than its header says it has pages; what its write-ahead log holds counts not.
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

} // namespace

Result<void> checkFile(const QString &path)
{
    const QFileInfo file(path);
    if (file.isSymLink() && !file.exists()) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is a link to %2, which is not there; remove it or choose another folder")
                           .arg(path, file.symLinkTarget()));
    }
    if (file.isSymLink()) { // whoever made the package may have made it, and mean a file of somebody else's
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is a link to %2, and what is not in the folder itself is not written to; choose "
                                "the folder where the file really is, or put the file itself here")
                           .arg(path, file.symLinkTarget()));
    }
    if (!file.exists()) {
        QFileInfo folder(file.absolutePath());
        while (!folder.exists() && !folder.isRoot())
            folder = QFileInfo(folder.absolutePath());
        if (folder.isDir() && folder.isWritable())
            return {};
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: cannot be created, %2 is not a folder that can be written; choose another folder")
                           .arg(path, folder.filePath()));
    }
    if (file.isDir())
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is a folder; move it away or choose another folder").arg(path));
    if (!file.isFile())
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is not a file; move it away or choose another folder").arg(path));
    // The administrator may write anything; a file that nobody is allowed to write is still meant to stay as it is.
    constexpr QFile::Permissions Write = QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther;
    if (!file.isReadable() || !file.isWritable() || (file.permissions() & Write) == 0)
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: is read-only; allow writing it or choose another folder").arg(path));
    if (!QFileInfo(file.absolutePath()).isWritable())
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: its folder is read-only, and a database needs to put its journal there; "
                                "allow writing it or choose another folder")
                           .arg(path));
    return {};
}

Result<void> checkFieldCount(const Resource &resource, const QString &path)
{
    constexpr qsizetype MostColumns = 2000; // sqlite.org/limits.html, 2
    const qsizetype count = resource.schema.fields.size();
    if (count <= MostColumns)
        return {};
    return failure(Error::Kind::Refused,
                   Text::tr("%1: table %2 has %3 fields, and SQLite takes %4 columns at most; make several tables of "
                            "them")
                       .arg(path, resource.table)
                       .arg(count)
                       .arg(MostColumns));
}

QString replacedText(const Resource &resource)
{
    return Text::tr("%1 was deleted or replaced by another program during the run").arg(resource.database);
}

SqliteTable newTable(const Resource &resource)
{
    SqliteTable table;
    table.hasUniqueKey = !resource.schema.primaryKey.isEmpty();
    for (const Field &field : resource.schema.fields)
        table.affinities.append(affinityOf(declaredTypeFor(field)));
    return table;
}

Result<SqliteTable> readTable(SqliteConnection &connection, const Resource &resource, const QString &path,
                              SqliteStatus &status)
{
    SqliteTable table = newTable(resource);
    status = connection.ask(QStringLiteral("PRAGMA journal_mode"), table.journalMode);
    if (!status.isOk())
        return table;
    if (const auto whole = checkLength(connection, path, status); !whole || !status.isOk())
        return whole ? Result<SqliteTable>(table) : tl::unexpected(whole.error());
    QString kind;
    status = connection.ask(QStringLiteral(
                                "SELECT type FROM pragma_table_list WHERE schema = 'main' AND lower(name) = lower(%1)")
                                .arg(textLiteral(resource.table)),
                            kind);
    if (!status.isOk() || kind.isEmpty())
        return table;
    if (kind == QLatin1String("view")) {
        return failure(
            Error::Kind::Refused,
            Text::tr("%1: %2 is a view, not a table; rename it or choose another folder").arg(path, resource.table));
    }
    if (kind != QLatin1String("table")) {
        return failure(Error::Kind::Refused,
                       Text::tr(
                           "%1: %2 is a virtual table or a part of one, and what is written to it may go anywhere; "
                           "rename it or choose another folder")
                           .arg(path, resource.table));
    }
    const QList<Column> columns = readColumns(connection, resource.table, status);
    if (!status.isOk())
        return table;
    if (const auto fits = checkColumns(columns, resource, path); !fits)
        return tl::unexpected(fits.error());
    table.exists = true;
    table.affinities.clear();
    for (const Field &field : resource.schema.fields)
        table.affinities.append(affinityOf(columnOf(columns, field.name)->declaredType));
    table.hasUniqueKey = readHasUniqueKey(connection, resource, columns, status);
    return table;
}

QStringList ownCodeOf(SqliteConnection &connection, const Resource &resource, SqliteStatus &status)
{
    constexpr int Expression = -2; // sqlite.org/pragma.html#pragma_index_xinfo: "cid"
    SqliteStatement statement(
        connection,
        QStringLiteral("SELECT 'trigger ' || name FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = "
                       "lower(%1) UNION SELECT 'index ' || l.name FROM pragma_index_list(%1) l, "
                       "pragma_index_xinfo(l.name) i WHERE i.cid = %2 ORDER BY 1")
            .arg(textLiteral(resource.table), QString::number(Expression)));
    QStringList names;
    while (statement.status().isOk() && statement.step())
        names += textAt(statement, 0);
    status = statement.status();
    return names;
}

QString createStatement(const Resource &resource)
{
    const TableSchema &schema = resource.schema;
    QStringList parts;
    for (int i = 0; i < schema.fields.size(); ++i) {
        QString column = quoted(schema.fields.at(i).name) + u' ' + declaredTypeFor(schema.fields.at(i));
        if (schema.primaryKey == QList<int> { i })
            column += QStringLiteral(" PRIMARY KEY");
        parts += column;
    }
    if (schema.primaryKey.size() > 1) {
        QStringList key;
        for (const int field : schema.primaryKey)
            key += quoted(schema.fields.at(field).name);
        parts += QStringLiteral("PRIMARY KEY (%1)").arg(key.join(QStringLiteral(", ")));
    }
    return QStringLiteral("CREATE TABLE IF NOT EXISTS %1 (%2)")
        .arg(quoted(resource.table), parts.join(QStringLiteral(", ")));
}

} // namespace seedbed
