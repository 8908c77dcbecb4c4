// SPDX-License-Identifier: MIT
#pragma once

// A set of rows by their ids, kept as ranges: what is said of a million rows in a row takes no more room than one.

#include "rows/rowid.h"

#include <QList>

namespace seedbed {

/// Row ids, each once. Cost: the logarithm of the number of ranges to ask; linear in it to change the middle; none to
/// speak of to add ids in ascending order.
/// Thread: any (a value).
class RowIdSet final
{
public:
    void add(RowId id) { add(RowIdRange { id, id }); }
    void add(RowIdRange range);
    void add(const RowIdSet &other);
    void remove(RowId id);
    void clear() { m_ranges.clear(); }

    [[nodiscard]] bool contains(RowId id) const;
    [[nodiscard]] bool isEmpty() const { return m_ranges.isEmpty(); }
    /// How many ids there are. Cost: linear in the number of ranges.
    [[nodiscard]] qsizetype count() const;
    /// Ascending; no two of them touch.
    [[nodiscard]] const QList<RowIdRange> &ranges() const { return m_ranges; }

    friend bool operator==(const RowIdSet &, const RowIdSet &) = default;

private:
    QList<RowIdRange> m_ranges;
};

} // namespace seedbed
