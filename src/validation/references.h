// SPDX-License-Identifier: MIT
#pragma once

// Step 4 of validation: references, parents first. A value must belong to a row of the parent table that is itself
// right, or be in the parent's target already.

#include "validation/tablecheck.h"
#include "validation/tableorder.h"

#include <QThreadPool>

#include <deque>
#include <stop_token>
#include <vector>

namespace seedbed {

/// Where a row's reference leads: the row to be committed before it, or -1 where it need not wait.
using ParentRows = std::vector<std::vector<qint32>>; // per foreign key, per row

/// Checks the references of one group of tables; the groups they refer to must have been checked before.
/// Thread: one.
class ReferenceCheck final
{
public:
    /// \a checks, \a parents, \a levels: one for each table of the package; those of \a group are filled.
    /// The threads of \a pool work on ranges of rows.
    ReferenceCheck(const TableGroup &group, std::deque<TableCheck> &checks, std::vector<ParentRows> &parents,
                   std::vector<std::vector<qint32>> &levels, QThreadPool &pool);

    void check();

private:
    struct Place {
        int table = -1;
        qint32 row = -1;
    };
    /// A reference into the group that is not settled yet.
    struct Open {
        Place child;
        int foreignKey = -1;
        bool isSettled = false;
    };

    [[nodiscard]] bool isInGroup(int table) const { return m_group.tables.contains(table); }
    void checkOutside(int table, int foreignKey);
    /// Finds the parents of rows [first, last); those that have none are returned.
    [[nodiscard]] std::vector<qint32> findParents(int table, int foreignKey, qint32 first, qint32 last);
    void checkCircle();
    void openReferences(int table);
    void openReference(Place child, int foreignKey);
    void settleAll();
    void settle(Open &open, Place parent);
    void refuse();
    [[nodiscard]] qint32 firstRight(Place child, const ForeignKey &key) const;
    void addNotFound(Place child, int foreignKey, Problem::Against against);

    // Calls visit for every open reference to the row \a parent, by whichever fields it is referred to.
    template <typename Visit>
    void forEachOpen(Place parent, Visit visit);

    const TableGroup &m_group;
    std::deque<TableCheck> &m_checks;
    std::vector<ParentRows> &m_parents;
    std::vector<std::vector<qint32>> &m_levels;

    QThreadPool &m_pool;

    std::vector<Open> m_open;
    std::vector<QHash<KeyCode, std::vector<size_t>>> m_waiting; // per reference of the group: by value, into m_open
    std::vector<std::pair<int, int>> m_references;              // table and foreign key of each m_waiting
    std::vector<std::vector<qint32>> m_unsettled;               // per table, per row: how many are not settled
    std::deque<Place> m_ready;                                  // right, their children not told yet
};

} // namespace seedbed
