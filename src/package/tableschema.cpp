// SPDX-License-Identifier: MIT
#include "package/tableschema.h"

#include <QSet>

#include <numeric>

#include <algorithm>

namespace seedbed {

void TableSchema::indexNames()
{
    positions.byName.clear();
    positions.byName.reserve(fields.size());
    for (int i = 0; i < fields.size(); ++i) {
        if (!positions.byName.contains(fields.at(i).name))
            positions.byName.insert(fields.at(i).name, i);
    }
}

int TableSchema::foreignKeyOf(int field) const
{
    const auto key = std::find_if(foreignKeys.cbegin(), foreignKeys.cend(),
                                  [field](const ForeignKey &foreignKey) { return foreignKey.fields.contains(field); });
    return key == foreignKeys.cend() ? -1 : static_cast<int>(key - foreignKeys.cbegin());
}

int TableSchema::indexOf(const QString &name) const
{
    if (positions.byName.size() == fields.size())
        return positions.byName.value(name, -1);
    for (int i = 0; i < fields.size(); ++i) {
        if (fields.at(i).name == name)
            return i;
    }
    return -1;
}

QList<int> TableSchema::identity() const
{
    if (!primaryKey.isEmpty())
        return primaryKey;
    QList<int> all(fields.size());
    std::iota(all.begin(), all.end(), 0);
    return all;
}

QList<int> TableSchema::otherFields() const
{
    const QList<int> key = identity();
    const QSet<int> known(key.cbegin(), key.cend());
    QList<int> others;
    for (int field = 0; field < fields.size(); ++field) {
        if (!known.contains(field))
            others.append(field);
    }
    return others;
}

} // namespace seedbed
