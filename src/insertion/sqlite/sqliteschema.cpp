// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqliteschema.h"

#include "insertion/sqlite/damage.h"

#include <QCoreApplication>
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

// Pragmas are asked as statements: a table may have the name of a function such as pragma_table_xinfo, and answer in
// its place.
QString pragma(const char *name, const QString &argument)
{
    return QStringLiteral("PRAGMA main.%1(%2)").arg(QLatin1String(name), textLiteral(argument));
}

QList<Column> readColumns(SqliteConnection &connection, const QString &table, SqliteStatus &status)
{
    // cid, name, type, notnull, dflt_value, pk, hidden
    SqliteStatement statement(connection, pragma("table_xinfo", table));
    QList<Column> columns;
    while (statement.status().isOk() && statement.step()) {
        columns.append({ .name = textAt(statement, 1),
                         .declaredType = textAt(statement, 2),
                         .isNotNull = statement.cell(3).integer != 0,
                         .hasDefault = statement.cell(4).storage != StoredCell::Storage::Null,
                         .keyPosition = static_cast<int>(statement.cell(5).integer),
                         .isGenerated = statement.cell(6).integer != 0 });
    }
    status = statement.status();
    return columns;
}

struct Index {
    QString name;
    bool isUnique = false; // for every row
    bool hasExpression = false;
    QSet<QString> columns; // in lower case
};

QList<Index> readIndexes(SqliteConnection &connection, const QString &table, SqliteStatus &status)
{
    constexpr qint64 Expression = -2; // "cid" in sqlite.org/pragma.html#pragma_index_xinfo
    QList<Index> indexes;
    SqliteStatement list(connection, pragma("index_list", table)); // seq, name, unique, origin, partial
    while (list.status().isOk() && list.step())
        indexes.append({ textAt(list, 1), list.cell(2).integer != 0 && list.cell(4).integer == 0, false, {} });
    status = list.status();
    for (Index &index : indexes) {
        if (!status.isOk())
            break;
        SqliteStatement columns(connection, pragma("index_xinfo", index.name)); // seqno, cid, name, desc, coll, key
        while (columns.status().isOk() && columns.step()) {
            if (columns.cell(5).integer == 0)
                continue; // the row id, by which the table is found
            index.hasExpression = index.hasExpression || columns.cell(1).integer == Expression;
            index.columns.insert(textAt(columns, 2).toLower());
        }
        status = columns.status();
    }
    return indexes;
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
    const QList<Index> indexes = readIndexes(connection, resource.table, status);
    return std::any_of(indexes.cbegin(), indexes.cend(), [&identity](const Index &index) {
        return index.isUnique && !index.hasExpression && identity.contains(index.columns);
    });
}

using ColumnsByName = QHash<QString, const Column *>; // by folded name

ColumnsByName byName(const QList<Column> &columns)
{
    ColumnsByName found;
    for (const Column &column : columns)
        found.insert(folded(column.name), &column);
    return found;
}

// A column of a STRICT table that is declared ANY keeps everything as it is.
Affinity affinityIn(const Column &column, bool isStrict)
{
    const bool isAny = isStrict && column.declaredType.compare(QLatin1String("ANY"), Qt::CaseInsensitive) == 0;
    return isAny ? Affinity::Blob : affinityOf(column.declaredType);
}

// Of other types (DATE, UUID, JSON) each text is looked at by itself: most look like no number.
bool isForNumbers(const QString &declaredType)
{
    if (affinityOf(declaredType) != Affinity::Numeric)
        return true;
    return std::ranges::any_of(QStringList { QStringLiteral("NUM"), QStringLiteral("DEC"), QStringLiteral("BOOL") },
                               [&](const QString &part) { return declaredType.contains(part, Qt::CaseInsensitive); });
}

// The column that is the row id under another name (sqlite.org/lang_createtable.html#rowid); null where there is none.
const Column *rowIdOf(const QList<Column> &columns)
{
    const auto isKey = [](const Column &column) { return column.keyPosition > 0; };
    const auto key = std::find_if(columns.cbegin(), columns.cend(), isKey);
    if (std::count_if(columns.cbegin(), columns.cend(), isKey) != 1
        || !sameName(key->declaredType, QStringLiteral("INTEGER")))
        return nullptr;
    return &*key;
}

Result<void> checkColumns(const QList<Column> &columns, const Resource &resource, bool isStrict, const QString &path)
{
    const ColumnsByName columnOf = byName(columns);
    QSet<QString> fieldNames;
    QStringList missing;
    for (const Field &field : resource.schema.fields) {
        fieldNames.insert(folded(field.name));
        const Column *const column = columnOf.value(folded(field.name));
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
        if (isForNumbers(column->declaredType) && wouldChangeTexts(field, affinityIn(*column, isStrict))) {
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
    const Column *const rowId = rowIdOf(columns);
    for (const Column &column : columns) {
        if (column.isNotNull && !column.hasDefault && &column != rowId && !column.isGenerated
            && !fieldNames.contains(folded(column.name))) {
            return failure(Error::Kind::Refused,
                           Text::tr(
                               "%1: column %2 of table %3 must not be NULL and has no default, and the package has "
                               "no such field; add the field or choose another folder")
                               .arg(path, column.name, resource.table));
        }
    }
    return {};
}

} // namespace

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

QString changedText(const Resource &resource)
{
    return Text::tr("table %1 of %2 was made or changed by another program during the run; run again")
        .arg(resource.table, resource.database);
}

SqliteTable newTable(const Resource &resource)
{
    SqliteTable table;
    table.hasUniqueKey = !resource.schema.primaryKey.isEmpty();
    for (const Field &field : resource.schema.fields) {
        table.declaredTypes.append(declaredTypeFor(field));
        table.affinities.append(affinityOf(table.declaredTypes.constLast()));
    }
    return table;
}

Result<SqliteTable> readTable(SqliteConnection &connection, const Resource &resource, const QString &path,
                              SqliteStatus &status)
{
    SqliteTable table = newTable(resource);
    status = connection.ask(QStringLiteral("PRAGMA journal_mode"), table.journalMode);
    if (!status.isOk())
        return table;
    if (!connection.hasKnownFormat()) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is in a format that this version of SQLite does not write; open it with the "
                                "program that made it, or choose another folder")
                           .arg(path));
    }
    if (connection.isUnlocked()) // such a connection does not tell the mode
        table.journalMode = QStringLiteral("wal");
    if (const auto whole = checkLength(connection, path, status); !whole || !status.isOk())
        return whole ? Result<SqliteTable>(table) : tl::unexpected(whole.error());
    status = connection.ask(QStringLiteral("PRAGMA main.encoding"), table.encoding);
    const TableKind kind = status.isOk() ? kindOf(connection, resource, status) : TableKind {};
    if (!status.isOk() || kind.name.isEmpty())
        return table;
    if (kind.name == QLatin1String("view")) {
        return failure(
            Error::Kind::Refused,
            Text::tr("%1: %2 is a view, not a table; rename it or choose another folder").arg(path, resource.table));
    }
    if (!kind.isTable()) {
        return failure(Error::Kind::Refused,
                       Text::tr(
                           "%1: %2 is a virtual table or a part of one, and what is written to it may go anywhere; "
                           "rename it or choose another folder")
                           .arg(path, resource.table));
    }
    const QList<Column> columns = readColumns(connection, resource.table, status);
    if (!status.isOk())
        return table;
    if (const auto fits = checkColumns(columns, resource, kind.isStrict, path); !fits)
        return tl::unexpected(fits.error());
    table.exists = true;
    const ColumnsByName columnOf = byName(columns);
    table.affinities.clear();
    table.declaredTypes.clear();
    table.isStrict = kind.isStrict;
    const Column *const rowId = kind.hasRowIds ? rowIdOf(columns) : nullptr;
    for (const Field &field : resource.schema.fields) {
        const Column *const column = columnOf.value(folded(field.name));
        if (column == rowId)
            table.rowIdField = static_cast<int>(table.affinities.size());
        table.declaredTypes.append(column->declaredType);
        table.affinities.append(affinityIn(*column, kind.isStrict));
    }
    table.hasUniqueKey = readHasUniqueKey(connection, resource, columns, status);
    if (status.isOk())
        table.definition = definitionOf(connection, resource, status);
    return table;
}

TableKind kindOf(const SqliteConnection &connection, const Resource &resource, SqliteStatus &status)
{
    SqliteStatement statement(connection, pragma("table_list", resource.table)); // schema, name, type, ncol, wr, strict
    TableKind kind;
    if (statement.status().isOk() && statement.step())
        kind = { textAt(statement, 2), statement.cell(4).integer == 0, statement.cell(5).integer != 0 };
    status = statement.status();
    return kind;
}

QByteArray definitionOf(const SqliteConnection &connection, const Resource &resource, SqliteStatus &status)
{
    SqliteStatement statement(connection,
                              QStringLiteral("SELECT type, name, sql FROM main.sqlite_master "
                                             "WHERE lower(tbl_name) = lower(%1) ORDER BY type, name")
                                  .arg(textLiteral(resource.table)));
    QByteArray definition;
    while (statement.status().isOk() && statement.step())
        definition += statement.text(0) + '\0' + statement.text(1) + '\0' + statement.text(2) + '\0';
    status = statement.status();
    return definition;
}

QStringList ownCodeOf(SqliteConnection &connection, const Resource &resource, SqliteStatus &status)
{
    QStringList names;
    SqliteStatement triggers(connection,
                             QStringLiteral("SELECT name FROM main.sqlite_master WHERE type = 'trigger' AND "
                                            "lower(tbl_name) = lower(%1)")
                                 .arg(textLiteral(resource.table)));
    while (triggers.status().isOk() && triggers.step())
        names += QStringLiteral("trigger ") + textAt(triggers, 0);
    status = triggers.status();
    if (!status.isOk())
        return names;
    const QList<Index> indexes = readIndexes(connection, resource.table, status);
    for (const Index &index : indexes) {
        if (index.hasExpression)
            names += QStringLiteral("index ") + index.name;
    }
    names.sort();
    return names;
}

} // namespace seedbed
