// SPDX-License-Identifier: MIT
#include "package/tableschema.h"

#include <numeric>

namespace seedbed {

int TableSchema::indexOf(const QString &name) const
{
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
    const QList<int> known = identity();
    QList<int> others;
    for (int field = 0; field < fields.size(); ++field) {
        if (!known.contains(field))
            others.append(field);
    }
    return others;
}

} // namespace seedbed
