// SPDX-License-Identifier: MIT
#pragma once

// The first row of a key that is still of use, found without walking over the same rows for everyone who asks.

#include <QHash>

#include <mutex>

namespace seedbed {

/// Per key, the first of its rows that is not out. A row that is out once is out for good, so that each row is passed
/// once, however often its key is asked for: a file may have a hundred thousand rows with one key, all of them wrong.
/// Thread: any.
class FirstOfKey final
{
public:
    /// \a head: the first row with the key, or -1. \a next(row): the next one with the same key, or -1. \a isOut(row):
    /// whether a row is of no use; it must not change while several threads ask.
    template <typename Next, typename IsOut>
    [[nodiscard]] qint32 find(qint32 head, Next next, IsOut isOut)
    {
        if (head < 0 || !isOut(head))
            return head;
        const std::scoped_lock lock(m_mutex);
        auto found = m_rows.find(head);
        if (found == m_rows.end())
            found = m_rows.insert(head, head);
        qint32 row = *found;
        while (row >= 0 && isOut(row))
            row = next(row);
        *found = row;
        return row;
    }

private:
    std::mutex m_mutex;           // guards m_rows
    QHash<qint32, qint32> m_rows; // per head that is out: the row that was found, or -1
};

} // namespace seedbed
