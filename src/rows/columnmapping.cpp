// SPDX-License-Identifier: MIT
#include "rows/columnmapping.h"

#include <algorithm>
#include <functional>

namespace seedbed {

namespace {

bool isOfRejects(const QString &column)
{
    return column == u"_row" || column == u"_reasons";
}

int fieldByLooseName(const TableSchema &schema, const QString &column)
{
    const QString loose = looseName(column);
    const auto field = std::ranges::find_if(schema.fields, [&loose](const Field &candidate) {
        return looseName(candidate.name) == loose || looseName(candidate.title) == loose;
    });
    const bool isField = !loose.isEmpty() && field != schema.fields.cend();
    return isField ? static_cast<int>(field - schema.fields.cbegin()) : NoField;
}

/// Gives the columns that have no field yet those that \a find finds for them and that are still free.
void mapMore(ColumnMapping &mapping, const QStringList &columns, const std::function<int(const QString &)> &find)
{
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const int field = mapping.at(i) == NoField ? find(columns.at(i)) : NoField;
        if (field != NoField && !mapping.contains(field))
            mapping[i] = field;
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
    mapMore(mapping, columns, [&](const QString &column) {
        return remembered.contains(column) || isOfRejects(column) ? NoField : fieldByLooseName(schema, column);
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
