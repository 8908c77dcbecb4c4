// SPDX-License-Identifier: MIT
#include "insertion/rowsthere.h"

namespace seedbed {

Result<std::unordered_set<qint32>> rowsThere(Target &target, const TableSchema &schema, const Table &rows,
                                             const std::vector<qint32> &positions)
{
    std::unordered_set<qint32> there;
    const auto see = [&](qint32 position, const StoredRow &stored) {
        bool isSame = true;
        for (int field = 0; field < schema.fields.size(); ++field)
            isSame = isSame && stored.holds(field, rows.cell(position, field));
        if (isSame)
            there.insert(position);
    };
    const auto found = target.find(rows, positions, see, {}); // a stop leaves nothing unknown
    if (!found)
        return tl::unexpected(found.error());
    return there;
}

} // namespace seedbed
