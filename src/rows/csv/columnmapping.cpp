// SPDX-License-Identifier: MIT
#include "rows/csv/columnmapping.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <functional>

namespace seedbed {

namespace {

bool isOfRejects(const QString &column)
{
    return column == u"_row" || column == u"_reasons";
}

/// The first field of each loose name or title; the empty one is none's.
QHash<QString, int> fieldsByLooseName(const TableSchema &schema)
{
    QHash<QString, int> fields;
    for (int i = 0; i < schema.fields.size(); ++i) {
        for (const QString &name : { schema.fields.at(i).name, schema.fields.at(i).title }) {
            const QString loose = looseName(name);
            if (!loose.isEmpty() && !fields.contains(loose))
                fields.insert(loose, i);
        }
    }
    return fields;
}

/// Gives the columns that have no field yet those that \a find finds for them and that are still free.
void mapMore(ColumnMapping &mapping, const QStringList &columns, const std::function<int(const QString &)> &find)
{
    QSet<int> known(mapping.cbegin(), mapping.cend());
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const int field = mapping.at(i) == NoField ? find(columns.at(i)) : NoField;
        if (field == NoField || known.contains(field))
            continue;
        mapping[i] = field;
        known.insert(field);
    }
}

} // namespace

QString looseName(const QString &name)
{
    QString loose;
    for (const QChar c : name.toCaseFolded()) {
        if (c.isLetterOrNumber() || c.isMark() || c.isSurrogate())
            loose += c;
    }
    return loose;
}

ColumnMapping mapByName(const QStringList &columns, const TableSchema &schema, const RememberedColumns &remembered)
{
    ColumnMapping mapping(columns.size(), NoField);
    mapMore(mapping, columns,
            [&](const QString &column) { return remembered.contains(column) ? NoField : schema.indexOf(column); });
    mapMore(mapping, columns, [&](const QString &column) { return schema.indexOf(remembered.value(column)); });
    if (!mapping.contains(NoField))
        return mapping;
    const QHash<QString, int> byLooseName = fieldsByLooseName(schema);
    mapMore(mapping, columns, [&](const QString &column) {
        const bool isNone = remembered.contains(column) || isOfRejects(column);
        return isNone ? NoField : byLooseName.value(looseName(column), NoField);
    });
    return mapping;
}

ColumnMapping mapByPosition(qsizetype columns, const TableSchema &schema)
{
    ColumnMapping mapping(columns, NoField);
    for (qsizetype i = 0; i < std::min(columns, schema.fields.size()); ++i)
        mapping[i] = static_cast<int>(i);
    return mapping;
}

qsizetype namedFields(const QStringList &columns, const TableSchema &schema)
{
    const ColumnMapping mapping = mapByName(columns, schema);
    return mapping.size() - mapping.count(NoField);
}

} // namespace seedbed
