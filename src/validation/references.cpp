// SPDX-License-Identifier: MIT
#include "validation/references.h"

#include <algorithm>
#include <utility>

namespace seedbed {

ReferenceCheck::ReferenceCheck(const TableGroup &group, std::deque<TableCheck> &checks,
                               std::vector<ParentRows> &parents, std::vector<std::vector<qint32>> &levels,
                               ThreadCrew &crew, std::stop_token stop)
    : m_group(group)
    , m_checks(checks)
    , m_parents(parents)
    , m_levels(levels)
    , m_crew(crew)
    , m_stop(std::move(stop))
    , m_unsettled(checks.size())
{
}

void ReferenceCheck::check()
{
    for (const int table : m_group.tables) {
        const TableCheck &check = m_checks[static_cast<size_t>(table)];
        const auto rows = static_cast<size_t>(check.rowCount());
        const auto &foreignKeys = check.schema().foreignKeys;
        m_parents[static_cast<size_t>(table)].assign(static_cast<size_t>(foreignKeys.size()),
                                                     std::vector<qint32>(rows, NoParent));
        for (int key = 0; key < foreignKeys.size() && !m_stop.stop_requested(); ++key) {
            if (!isInGroup(foreignKeys.at(key).resource))
                checkOutside(referenceOf(table, key));
        }
    }
    if (m_group.isCircle)
        checkCircle();
}

ReferenceCheck::Reference ReferenceCheck::referenceOf(int table, int foreignKey)
{
    const TableCheck &child = m_checks[static_cast<size_t>(table)];
    const ForeignKey &key = child.schema().foreignKeys.at(foreignKey);
    const TableCheck &parent = m_checks[static_cast<size_t>(key.resource)];
    return { .table = table,
             .foreignKey = foreignKey,
             .key = &key,
             .values = &child.keys(key.fields),
             .parent = &parent,
             .parentKeys = &parent.keys(key.referenceFields),
             .lookup = parent.existing().lookup(key.referenceFields),
             .parents = &m_parents[static_cast<size_t>(table)][static_cast<size_t>(foreignKey)] };
}

void ReferenceCheck::addNotFound(const Reference &reference, qint32 row, Problem::Against against)
{
    Problem problem { .field = reference.key->fields.first(),
                      .rule = Rule::ForeignKey,
                      .against = against,
                      .foreignKey = reference.foreignKey };
    const qint32 cause = reference.parentKeys->first(*reference.values, row);
    if (cause >= 0) {
        problem.causeTable = reference.key->resource;
        problem.cause = reference.parent->rowId(cause);
    }
    m_checks[static_cast<size_t>(reference.table)].add(row, problem);
}

void ReferenceCheck::checkOutside(const Reference &reference)
{
    struct Range {
        qint32 first;
        qint32 last;
        std::vector<qint32> notFound;
    };
    const TableCheck &check = m_checks[static_cast<size_t>(reference.table)];
    std::vector<Range> ranges;
    for (qsizetype chunk = 0; chunk < check.rows().chunkCount(); ++chunk) {
        ranges.push_back({ static_cast<qint32>(check.rows().chunkStart(chunk)),
                           static_cast<qint32>(check.rows().chunkStart(chunk + 1)),
                           {} });
    }
    m_crew.forEach(ranges, [&](Range &range) { range.notFound = findParents(reference, range.first, range.last); });
    for (const Range &range : ranges) {
        if (m_stop.stop_requested())
            return;
        for (const qint32 row : range.notFound)
            addNotFound(reference, row, Problem::Against::Rows);
    }
}

std::vector<qint32> ReferenceCheck::findParents(const Reference &reference, qint32 first, qint32 last) const
{
    const TableKeys &values = *reference.values;
    const TableCheck &parent = *reference.parent;
    std::vector<qint32> notFound;
    for (qint32 row = first; row < last && !m_stop.stop_requested(); ++row) {
        if (!values.hasKey(row) || parent.isInTarget(reference.lookup, values, row))
            continue;
        const qint32 right = parent.firstRight(*reference.parentKeys, values, row);
        if (right >= 0)
            (*reference.parents)[static_cast<size_t>(row)] = right;
        else if (parent.existing().isUnknown())
            (*reference.parents)[static_cast<size_t>(row)] = UnknownParent;
        else
            notFound.push_back(row);
    }
    return notFound;
}

// Tables that refer to each other: a row is right when all rows it refers to are, starting from those that refer to
// none. Rows that wait for each other in a circle are never reached: no order of commits would keep their references
// true.
void ReferenceCheck::checkCircle()
{
    for (const int table : m_group.tables) {
        const auto rows = static_cast<size_t>(m_checks[static_cast<size_t>(table)].rowCount());
        m_unsettled[static_cast<size_t>(table)].assign(rows, 0);
        m_levels[static_cast<size_t>(table)].assign(rows, 0);
    }
    for (const int table : m_group.tables)
        openReferences(table);
    for (const int table : m_group.tables)
        findReady(table);
    settleAll();
    refuse();
}

void ReferenceCheck::openReferences(int table)
{
    const TableCheck &check = m_checks[static_cast<size_t>(table)];
    for (int key = 0; key < check.schema().foreignKeys.size(); ++key) {
        if (!isInGroup(check.schema().foreignKeys.at(key).resource))
            continue;
        m_references.push_back(referenceOf(table, key));
        m_into[m_references.back().key->resource].push_back(m_waiting.size());
        m_waiting.emplace_back();
        const int reference = static_cast<int>(m_references.size()) - 1;
        for (qint32 row = 0; row < check.rowCount() && !m_stop.stop_requested(); ++row)
            openReference(reference, row);
    }
}

void ReferenceCheck::openReference(int index, qint32 row)
{
    const Reference &reference = m_references[static_cast<size_t>(index)];
    const TableKeys &values = *reference.values;
    const TableKeys &parentKeys = *reference.parentKeys;
    const TableCheck &parent = *reference.parent;
    if (!values.hasKey(row))
        return;
    const bool isItself =
        reference.key->resource == reference.table && parentKeys.hasKey(row) && parentKeys.isSame(row, values, row);
    if (isItself || parent.isInTarget(reference.lookup, values, row))
        return;
    if (parent.existing().isUnknown() && parentKeys.first(values, row) < 0) {
        (*reference.parents)[static_cast<size_t>(row)] = UnknownParent;
        return;
    }
    m_waiting.back()[*values.code(row, KeyCoding::Digest)].push_back(m_open.size());
    m_open.push_back({ row, index, false });
    ++m_unsettled[static_cast<size_t>(reference.table)][static_cast<size_t>(row)];
}

void ReferenceCheck::findReady(int table)
{
    const TableCheck &check = m_checks[static_cast<size_t>(table)];
    const std::vector<qint32> &unsettled = m_unsettled[static_cast<size_t>(table)];
    for (qint32 row = 0; row < check.rowCount() && !m_stop.stop_requested(); ++row) {
        if (!check.isWrong(row) && unsettled[static_cast<size_t>(row)] == 0)
            m_ready.push_back({ table, row });
    }
}

template <typename Visit>
void ReferenceCheck::forEachWaiting(Place parent, Visit visit)
{
    const auto into = m_into.constFind(parent.table);
    if (into == m_into.cend())
        return;
    for (const size_t i : *into) {
        const Reference &reference = m_references[i];
        if (!reference.parentKeys->hasKey(parent.row))
            continue;
        const auto waiting = m_waiting[i].constFind(*reference.parentKeys->code(parent.row, KeyCoding::Digest));
        if (waiting != m_waiting[i].cend() && visit(*waiting))
            m_waiting[i].erase(waiting);
    }
}

void ReferenceCheck::settleAll()
{
    // First come, first served, from a queue in the order of the rows: the answer is the same every time.
    while (!m_ready.empty() && !m_stop.stop_requested()) {
        const Place parent = m_ready.front();
        m_ready.pop_front();
        forEachWaiting(parent, [this, parent](const std::vector<size_t> &waiting) {
            for (const size_t open : waiting)
                settle(m_open[open], parent);
            return true;
        });
    }
}

void ReferenceCheck::settle(Open &open, Place parent)
{
    open.isSettled = true;
    const Reference &reference = m_references[static_cast<size_t>(open.reference)];
    const auto table = static_cast<size_t>(reference.table);
    const auto row = static_cast<size_t>(open.row);
    (*reference.parents)[row] = parent.row;
    qint32 &level = m_levels[table][row];
    level = std::max(level, m_levels[static_cast<size_t>(parent.table)][static_cast<size_t>(parent.row)] + 1);
    if (--m_unsettled[table][row] == 0 && !m_checks[table].isWrong(open.row))
        m_ready.push_back({ reference.table, open.row });
}

bool ReferenceCheck::hasRightParent(const Open &open) const
{
    const Reference &reference = m_references[static_cast<size_t>(open.reference)];
    return reference.parent->firstRight(*reference.parentKeys, *reference.values, open.row) >= 0;
}

void ReferenceCheck::refuse(Open &open, std::deque<Place> &wrong)
{
    open.isSettled = true;
    const Reference &reference = m_references[static_cast<size_t>(open.reference)];
    const bool wasWrong = m_checks[static_cast<size_t>(reference.table)].isWrong(open.row);
    addNotFound(reference, open.row, Problem::Against::Rows);
    if (!wasWrong)
        wrong.push_back({ reference.table, open.row });
}

// What is open now will never be settled. A reference to nothing, or to a row that is wrong for another reason, is not
// found; what is left over refers to itself in a circle.
void ReferenceCheck::refuse()
{
    std::vector<Open *> left;
    for (Open &open : m_open) {
        if (!open.isSettled)
            left.push_back(&open);
    }
    std::deque<Place> wrong;
    for (Open *open : left) {
        if (m_stop.stop_requested())
            return;
        if (!hasRightParent(*open))
            refuse(*open, wrong);
    }
    refuseChildren(wrong);
    for (Open *open : left) {
        if (m_stop.stop_requested())
            return;
        if (!open->isSettled)
            addNotFound(m_references[static_cast<size_t>(open->reference)], open->row, Problem::Against::Circle);
    }
}

// Those that wait for one key have a right parent all of them, or none.
void ReferenceCheck::refuseChildren(std::deque<Place> &wrong)
{
    while (!wrong.empty() && !m_stop.stop_requested()) {
        const Place parent = wrong.front();
        wrong.pop_front();
        forEachWaiting(parent, [&](const std::vector<size_t> &waiting) {
            if (hasRightParent(m_open[waiting.front()]))
                return false;
            for (const size_t open : waiting) {
                if (!m_open[open].isSettled)
                    refuse(m_open[open], wrong);
            }
            return true;
        });
    }
}

} // namespace seedbed
