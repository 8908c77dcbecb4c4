// SPDX-License-Identifier: MIT
#include "validation/existingrows.h"

#include <algorithm>
#include <utility>

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

ExistingRows::ExistingRows(const Package &package, int table)
    : m_otherFields(package.resources.at(table).schema.otherFields())
{
    const TableSchema &schema = package.resources.at(table).schema;
    for (const QList<int> &fields : lookupsOf(package, table))
        m_lookups.append(Lookup { fields, keyCoding(schema, fields), {}, {}, {}, {} });
}

void ExistingRows::Lookup::add(const QList<Value> &values)
{
    const auto code = codeOf(values, fields, coding);
    hasKey.append(code.has_value());
    lows.append(code ? code->low : 0);
    if (coding == KeyCoding::Digest)
        highs.append(code->high);
}

KeyCode ExistingRows::Lookup::at(qint32 row) const
{
    return { lows.at(row), coding == KeyCoding::Digest ? highs.at(row) : 0 };
}

void ExistingRows::add(const QList<Value> &values)
{
    for (Lookup &lookup : m_lookups)
        lookup.add(values);
    m_digest.clear();
    for (const int field : std::as_const(m_otherFields))
        m_digest.add(values.at(field));
    m_rows.append(m_digest.code());
}

void ExistingRows::index()
{
    for (Lookup &lookup : m_lookups) {
        lookup.index.build(
            lookup.lows, lookup.coding, [&lookup](qint32 row) { return lookup.hasKey.at(row); },
            [&lookup](qint32 a, qint32 b) { return lookup.at(a) == lookup.at(b); });
    }
}

qsizetype ExistingRows::lookup(const QList<int> &fields) const
{
    for (qsizetype i = 0; i < m_lookups.size() && count() > 0; ++i) {
        if (m_lookups.at(i).fields == fields)
            return i;
    }
    return -1;
}

qint32 ExistingRows::find(qsizetype lookup, const std::optional<KeyCode> &code) const
{
    if (!code)
        return -1;
    const Lookup &in = m_lookups.at(lookup);
    return in.index.first(code->low, [&](qint32 candidate) { return in.at(candidate) == *code; });
}

bool ExistingRows::contains(const QList<int> &fields, const QList<Value> &values) const
{
    const qsizetype found = lookup(fields);
    return found >= 0 && find(found, codeOf(values, coding(found))) >= 0;
}

std::optional<KeyCode> ExistingRows::identity(qint32 position) const
{
    const Lookup &identity = m_lookups.first();
    return identity.hasKey.at(position) ? std::optional(identity.at(position)) : std::nullopt;
}

} // namespace seedbed
