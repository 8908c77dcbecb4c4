// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqlitetexts.h"

#include <QStringList>

namespace seedbed {
namespace {

constexpr QLatin1String Separator(", ");

QStringList columnsOf(const Resource &resource)
{
    QStringList columns;
    for (const Field &field : resource.schema.fields)
        columns += quoted(field.name);
    return columns;
}

// As a tree: SQLite takes no expression that is deeper than 1,000, and a table has up to 2,000 columns.
QString allOf(const QStringList &conditions)
{
    if (conditions.size() == 1)
        return conditions.constFirst();
    const qsizetype half = conditions.size() / 2;
    return QStringLiteral("(%1) AND (%2)").arg(allOf(conditions.first(half)), allOf(conditions.sliced(half)));
}

QString sameKey(const Resource &resource)
{
    const QStringList columns = columnsOf(resource);
    QStringList same;
    for (const int field : resource.schema.identity())
        same += QStringLiteral("%1 IS ?%2").arg(columns.at(field), QString::number(field + 1));
    return allOf(same);
}

} // namespace

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

QString insertAllText(const Resource &resource, const QString &source)
{
    QStringList sources;
    for (qsizetype i = 0; i < resource.schema.fields.size(); ++i)
        sources += QStringLiteral("c%1").arg(i);
    // Without a WHERE the parser would take ON for the start of a join's condition.
    return QStringLiteral("INSERT OR ABORT INTO %1 (%2) SELECT %3 FROM %4 WHERE true ON CONFLICT DO NOTHING")
        .arg(quoted(resource.table), columnsOf(resource).join(Separator), sources.join(Separator), source);
}

QString insertText(const Resource &resource, const SqliteTable &table)
{
    const QStringList columns = columnsOf(resource);
    QStringList parameters;
    for (qsizetype i = 1; i <= columns.size(); ++i)
        parameters += QStringLiteral("?%1").arg(i);
    const QString insert =
        QStringLiteral("INSERT OR ABORT INTO %1 (%2) ").arg(quoted(resource.table), columns.join(Separator));
    if (table.hasUniqueKey)
        return insert + QStringLiteral("VALUES (%1) ON CONFLICT DO NOTHING").arg(parameters.join(Separator));
    // The database has no key that would find a second row: ask.
    return insert
        + QStringLiteral("SELECT %1 WHERE NOT EXISTS (SELECT 1 FROM %2 WHERE %3) ON CONFLICT DO NOTHING")
              .arg(parameters.join(Separator), quoted(resource.table), sameKey(resource));
}

QString updateText(const Resource &resource, const SqliteTable &table)
{
    const QStringList columns = columnsOf(resource);
    QStringList values;
    for (const int field : resource.schema.otherFields())
        values += QStringLiteral("%1 = ?%2").arg(columns.at(field), QString::number(field + 1));
    if (values.isEmpty())
        return {};
    const QString same = sameKey(resource);
    const QString update =
        QStringLiteral("UPDATE OR ABORT %1 SET %2 WHERE %3").arg(quoted(resource.table), values.join(Separator), same);
    if (table.hasUniqueKey)
        return update;
    return QStringLiteral("%1 AND (SELECT count(*) FROM %2 WHERE %3) = 1").arg(update, quoted(resource.table), same);
}

QString parentText(const Resource &resource, const ForeignKey &key)
{
    const QStringList columns = columnsOf(resource);
    QStringList same;
    for (const int field : key.referenceFields)
        same += QStringLiteral("%1 IS ?%2").arg(columns.at(field), QString::number(same.size() + 1));
    return QStringLiteral("SELECT 1 FROM %1 WHERE %2").arg(quoted(resource.table), allOf(same));
}

QString lookUpText(const Resource &resource)
{
    return QStringLiteral("SELECT %1 FROM %2 WHERE %3")
        .arg(columnsOf(resource).join(Separator), quoted(resource.table), sameKey(resource));
}

} // namespace seedbed
