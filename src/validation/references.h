// SPDX-License-Identifier: MIT
#pragma once

// Step 4 of validation: references, parents first. A value must belong to a row of the parent table that is itself
// right, or be in the parent's target already.

#include "validation/tablecheck.h"
#include "validation/tableorder.h"

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
    /// The threads of \a crew work on ranges of rows. If a stop is asked what is filled in is of no worth.
    ReferenceCheck(const TableGroup &group, std::deque<TableCheck> &checks, std::vector<ParentRows> &parents,
                   std::vector<std::vector<qint32>> &levels, ThreadCrew &crew, std::stop_token stop);

    void check();

private:
    struct Place {
        int table = -1;
        qint32 row = -1;
    };
    /// A foreign key of a table of the group, with what is asked of it row after row.
    struct Reference {
        int table = -1;
        int foreignKey = -1;
        const ForeignKey *key = nullptr;
        const TableKeys *values = nullptr; // of the table's rows
        const TableCheck *parent = nullptr;
        const TableKeys *parentKeys = nullptr;
        qsizetype lookup = -1; // of the parent's existing rows
        std::vector<qint32> *parents = nullptr;
    };
    /// A reference into the group that is not settled yet.
    struct Open {
        qint32 row = -1;
        int reference = -1; // of m_references
        bool isSettled = false;
    };
    using Waiting = QHash<KeyCode, std::vector<size_t>>; // by value, into m_open

    [[nodiscard]] bool isInGroup(int table) const { return m_group.tables.contains(table); }
    [[nodiscard]] Reference referenceOf(int table, int foreignKey);
    void checkOutside(const Reference &reference);
    /// Finds the parents of rows [first, last); those that have none are returned.
    [[nodiscard]] std::vector<qint32> findParents(const Reference &reference, qint32 first, qint32 last) const;
    void checkCircle();
    void openReferences(int table);
    void openReference(int reference, qint32 row);
    void findReady(int table);
    void settleAll();
    void settle(Open &open, Place parent);
    void refuse();
    void refuseChildren(std::deque<Place> &wrong);
    /// Settles a reference as one that leads to nothing; a row that becomes wrong by it is added to \a wrong.
    void refuse(Open &open, std::deque<Place> &wrong);
    [[nodiscard]] bool hasRightParent(const Open &open) const;
    void addNotFound(const Reference &reference, qint32 row, Problem::Against against);

    /// Calls visit for each list of open references to the row \a parent, by whichever fields it is referred to. Where
    /// visit returns true the list is done with: no other row with the same key visits it again.
    template <typename Visit>
    void forEachWaiting(Place parent, Visit visit);

    const TableGroup &m_group;
    std::deque<TableCheck> &m_checks;
    std::vector<ParentRows> &m_parents;
    std::vector<std::vector<qint32>> &m_levels;

    ThreadCrew &m_crew;
    const std::stop_token m_stop;

    std::vector<Reference> m_references;    // those that lead into the group
    std::vector<Waiting> m_waiting;         // as many as m_references
    QHash<int, std::vector<size_t>> m_into; // per table: those of m_references that lead to it
    std::vector<Open> m_open;
    std::vector<std::vector<qint32>> m_unsettled; // per table, per row: how many are not settled
    std::deque<Place> m_ready;                    // right, their children not told yet
};

} // namespace seedbed
