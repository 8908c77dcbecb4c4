// SPDX-License-Identifier: MIT
#include "validation/existingrows.h"

#include <algorithm>

namespace seedbed {

QList<QList<int>> lookupsOf(const Package &package, int table)
{
    const TableSchema &schema = package.resources.at(table).schema;
    QList<QList<int>> lookups { schema.identity() };
    const auto addLookup = [&lookups](const QList<int> &fields) {
        if (!lookups.contains(fields))
            lookups.append(fields);
    };
    for (int i = 0; i < schema.fields.size(); ++i) {
        if (schema.fields.at(i).constraints.unique)
            addLookup({ i });
    }
    for (const Resource &resource : package.resources) {
        for (const ForeignKey &key : resource.schema.foreignKeys) {
            if (key.resource == table)
                addLookup(key.referenceFields);
        }
    }
    return lookups;
}

ExistingRows::ExistingRows(int fieldCount, QList<QList<int>> lookups)
    : m_rows(fieldCount)
    , m_lookups(std::move(lookups))
    , m_positions(m_lookups.size())
{
}

void ExistingRows::add(const QList<Value> &values)
{
    QList<QByteArray> cells;
    cells.reserve(values.size());
    for (const Value &value : values)
        cells.append(keyOf({ value }));
    m_rows.append(cells);
    const qsizetype position = m_rows.rowCount() - 1;
    const bool hasNull = !m_lookups.isEmpty()
        && std::any_of(m_lookups.first().cbegin(), m_lookups.first().cend(),
                       [&values](int field) { return values.at(field).isNull(); });
    for (qsizetype i = 0; i < m_lookups.size(); ++i) {
        const QByteArray key = keyAt(position, m_lookups.at(i));
        auto &positions = m_positions[i];
        if (!positions.contains(key))
            positions.insert(key, position);
        else if (i == 0 && !hasNull)
            ++m_duplicates;
    }
}

std::optional<qsizetype> ExistingRows::find(const QList<int> &fields, const QByteArray &key) const
{
    const qsizetype lookup = m_lookups.indexOf(fields);
    if (lookup < 0)
        return std::nullopt;
    const auto found = m_positions.at(lookup).constFind(key);
    return found == m_positions.at(lookup).cend() ? std::nullopt : std::optional(*found);
}

bool ExistingRows::hasValues(qsizetype position, const QList<Value> &values) const
{
    for (int field = 0; field < values.size(); ++field) {
        if (m_rows.cell(position, field) != keyOf({ values.at(field) }))
            return false;
    }
    return true;
}

QByteArray ExistingRows::keyAt(qsizetype position, const QList<int> &fields) const
{
    QByteArray key;
    for (const int field : fields)
        key += m_rows.cell(position, field);
    return key;
}

} // namespace seedbed
