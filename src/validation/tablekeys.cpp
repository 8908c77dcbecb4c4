// SPDX-License-Identifier: MIT
#include "validation/tablekeys.h"

namespace seedbed {

void TableKeys::index()
{
    const auto rows = static_cast<qint32>(m_keys.size());
    m_first.clear();
    m_first.reserve(rows);
    m_next.assign(m_keys.size(), -1);
    // From the last row to the first, so that each chain runs in the order of the rows.
    for (qint32 row = rows - 1; row >= 0; --row) {
        if (!hasKey(row))
            continue;
        const auto later = m_first.constFind(key(row));
        if (later != m_first.cend())
            m_next[static_cast<size_t>(row)] = *later;
        m_first.insert(key(row), row);
    }
}

} // namespace seedbed
