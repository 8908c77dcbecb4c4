// SPDX-License-Identifier: MIT
#include "insertion/sqlite/ownparents.h"

#include "insertion/sqlite/sqlitecolumns.h"
#include "insertion/sqlite/sqlitetexts.h"

#include <algorithm>

namespace seedbed {

OwnParents::OwnParents(const SqliteConnection &connection, const Resource &resource, int table,
                       const SqliteTable &stored)
    : m_identity(resource.schema.identity())
    , m_affinities(stored.affinities)
{
    for (const ForeignKey &key : resource.schema.foreignKeys) {
        if (key.resource == table && stored.hasUniqueKey && key.referenceFields == m_identity)
            m_parents.push_back(
                { key.fields, std::make_unique<SqliteStatement>(connection, parentText(resource, key)) });
    }
}

SqliteStatus OwnParents::status() const
{
    for (const Parent &parent : m_parents) {
        if (!parent.lookUp->status().isOk())
            return parent.lookUp->status();
    }
    return {};
}

bool OwnParents::hasAll(const QList<Value> &values)
{
    return std::ranges::all_of(m_parents, [&](const Parent &parent) { return has(parent, values); });
}

bool OwnParents::has(const Parent &parent, const QList<Value> &values) const
{
    int parameter = 0;
    for (const int field : parent.fields) {
        if (values.at(field).isNull())
            return true;
        const int referred = m_identity.at(parameter);
        bindValue(*parent.lookUp, ++parameter, values.at(field), m_affinities.at(referred));
    }
    const bool isThere = parent.lookUp->step();
    parent.lookUp->reset();
    return isThere;
}

} // namespace seedbed
