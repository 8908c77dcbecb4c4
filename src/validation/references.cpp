// SPDX-License-Identifier: MIT
#include "validation/references.h"

#include <QtConcurrent/QtConcurrentMap>

#include <algorithm>

namespace seedbed {

ReferenceCheck::ReferenceCheck(const TableGroup &group, std::deque<TableCheck> &checks,
                               std::vector<ParentRows> &parents, std::vector<std::vector<qint32>> &levels,
                               QThreadPool &pool)
    : m_group(group)
    , m_checks(checks)
    , m_parents(parents)
    , m_levels(levels)
    , m_pool(pool)
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
        for (int key = 0; key < foreignKeys.size(); ++key) {
            if (!isInGroup(foreignKeys.at(key).resource))
                checkOutside(table, key);
        }
    }
    if (m_group.isCircle)
        checkCircle();
}

qint32 ReferenceCheck::firstRight(Place child, const ForeignKey &key) const
{
    const TableCheck &parent = m_checks[static_cast<size_t>(key.resource)];
    const TableKeys &keys = parent.keys(key.referenceFields);
    qint32 row = keys.first(m_checks[static_cast<size_t>(child.table)].keys(key.fields), child.row);
    while (row >= 0 && parent.isWrong(row))
        row = keys.next(row);
    return row;
}

void ReferenceCheck::addNotFound(Place child, int foreignKey, Problem::Against against)
{
    TableCheck &check = m_checks[static_cast<size_t>(child.table)];
    const ForeignKey &key = check.schema().foreignKeys.at(foreignKey);
    const TableCheck &parent = m_checks[static_cast<size_t>(key.resource)];
    Problem problem {
        .field = key.fields.first(), .rule = Rule::ForeignKey, .against = against, .foreignKey = foreignKey
    };
    const qint32 cause = parent.keys(key.referenceFields).first(check.keys(key.fields), child.row);
    if (cause >= 0) {
        problem.causeTable = key.resource;
        problem.cause = parent.rowId(cause);
    }
    check.add(child.row, problem);
}

void ReferenceCheck::checkOutside(int table, int foreignKey)
{
    struct Range {
        qint32 first;
        qint32 last;
        std::vector<qint32> notFound;
    };
    const TableCheck &check = m_checks[static_cast<size_t>(table)];
    std::vector<Range> ranges;
    for (qsizetype chunk = 0; chunk < check.rows().chunkCount(); ++chunk) {
        ranges.push_back({ static_cast<qint32>(check.rows().chunkStart(chunk)),
                           static_cast<qint32>(check.rows().chunkStart(chunk + 1)),
                           {} });
    }
    QtConcurrent::blockingMap(&m_pool, ranges, [&](Range &range) {
        range.notFound = findParents(table, foreignKey, range.first, range.last);
    });
    for (const Range &range : ranges) {
        for (const qint32 row : range.notFound)
            addNotFound({ table, row }, foreignKey, Problem::Against::Rows);
    }
}

std::vector<qint32> ReferenceCheck::findParents(int table, int foreignKey, qint32 first, qint32 last)
{
    const TableCheck &check = m_checks[static_cast<size_t>(table)];
    const ForeignKey &key = check.schema().foreignKeys.at(foreignKey);
    const TableKeys &values = check.keys(key.fields);
    const TableCheck &parent = m_checks[static_cast<size_t>(key.resource)];
    const TableKeys &parentKeys = parent.keys(key.referenceFields);
    auto &parents = m_parents[static_cast<size_t>(table)][static_cast<size_t>(foreignKey)];
    const qsizetype lookup = parent.existing().lookup(key.referenceFields);
    std::vector<qint32> notFound;
    for (qint32 row = first; row < last; ++row) {
        if (!values.hasKey(row) || parent.isInTarget(lookup, values, row))
            continue;
        qint32 right = parentKeys.first(values, row);
        while (right >= 0 && parent.isWrong(right))
            right = parentKeys.next(right);
        if (right >= 0)
            parents[static_cast<size_t>(row)] = right;
        else if (parent.existing().isUnknown())
            parents[static_cast<size_t>(row)] = UnknownParent;
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
    for (const int table : m_group.tables) {
        const TableCheck &check = m_checks[static_cast<size_t>(table)];
        for (qint32 row = 0; row < check.rowCount(); ++row) {
            if (!check.isWrong(row) && m_unsettled[static_cast<size_t>(table)][static_cast<size_t>(row)] == 0)
                m_ready.push_back({ table, row });
        }
    }
    settleAll();
    refuse();
}

void ReferenceCheck::openReferences(int table)
{
    const TableCheck &check = m_checks[static_cast<size_t>(table)];
    for (int key = 0; key < check.schema().foreignKeys.size(); ++key) {
        if (!isInGroup(check.schema().foreignKeys.at(key).resource))
            continue;
        m_references.emplace_back(table, key);
        m_waiting.emplace_back();
        for (qint32 row = 0; row < check.rowCount(); ++row)
            openReference({ table, row }, key);
    }
}

void ReferenceCheck::openReference(Place child, int foreignKey)
{
    const TableCheck &check = m_checks[static_cast<size_t>(child.table)];
    const ForeignKey &key = check.schema().foreignKeys.at(foreignKey);
    const TableKeys &values = check.keys(key.fields);
    if (!values.hasKey(child.row))
        return;
    const bool isItself = key.resource == child.table && check.keys(key.referenceFields).hasKey(child.row)
        && check.keys(key.referenceFields).isSame(child.row, values, child.row);
    const TableCheck &parent = m_checks[static_cast<size_t>(key.resource)];
    if (isItself || parent.isInTarget(parent.existing().lookup(key.referenceFields), values, child.row))
        return;
    if (parent.existing().isUnknown() && parent.keys(key.referenceFields).first(values, child.row) < 0) {
        m_parents[static_cast<size_t>(child.table)][static_cast<size_t>(foreignKey)][static_cast<size_t>(child.row)] =
            UnknownParent;
        return;
    }
    m_waiting.back()[*values.code(child.row, KeyCoding::Digest)].push_back(m_open.size());
    m_open.push_back({ child, foreignKey, false });
    ++m_unsettled[static_cast<size_t>(child.table)][static_cast<size_t>(child.row)];
}

template <typename Visit>
void ReferenceCheck::forEachOpen(Place parent, Visit visit)
{
    for (size_t i = 0; i < m_references.size(); ++i) {
        const auto [table, foreignKey] = m_references[i];
        const ForeignKey &key = m_checks[static_cast<size_t>(table)].schema().foreignKeys.at(foreignKey);
        if (key.resource != parent.table)
            continue;
        const TableKeys &keys = m_checks[static_cast<size_t>(parent.table)].keys(key.referenceFields);
        if (!keys.hasKey(parent.row))
            continue;
        const auto waiting = m_waiting[i].constFind(*keys.code(parent.row, KeyCoding::Digest));
        if (waiting == m_waiting[i].cend())
            continue;
        for (const size_t open : *waiting)
            visit(m_open[open]);
    }
}

void ReferenceCheck::settleAll()
{
    // First come, first served, from a queue in the order of the rows: the answer is the same every time.
    while (!m_ready.empty()) {
        const Place parent = m_ready.front();
        m_ready.pop_front();
        forEachOpen(parent, [this, parent](Open &open) { settle(open, parent); });
    }
}

void ReferenceCheck::settle(Open &open, Place parent)
{
    if (open.isSettled)
        return;
    open.isSettled = true;
    const auto table = static_cast<size_t>(open.child.table);
    const auto row = static_cast<size_t>(open.child.row);
    m_parents[table][static_cast<size_t>(open.foreignKey)][row] = parent.row;
    qint32 &level = m_levels[table][row];
    level = std::max(level, m_levels[static_cast<size_t>(parent.table)][static_cast<size_t>(parent.row)] + 1);
    if (--m_unsettled[table][row] == 0 && !m_checks[table].isWrong(open.child.row))
        m_ready.push_back(open.child);
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
    const auto parentsAreWrong = [this](const Open &open) {
        const TableCheck &check = m_checks[static_cast<size_t>(open.child.table)];
        const ForeignKey &key = check.schema().foreignKeys.at(open.foreignKey);
        return firstRight(open.child, key) < 0;
    };
    std::deque<Place> wrong;
    const auto refuseIfWrong = [&](Open &open) {
        if (open.isSettled || !parentsAreWrong(open))
            return;
        open.isSettled = true;
        const bool wasWrong = m_checks[static_cast<size_t>(open.child.table)].isWrong(open.child.row);
        addNotFound(open.child, open.foreignKey, Problem::Against::Rows);
        if (!wasWrong)
            wrong.push_back(open.child);
    };
    for (Open *open : left)
        refuseIfWrong(*open);
    while (!wrong.empty()) {
        const Place parent = wrong.front();
        wrong.pop_front();
        forEachOpen(parent, refuseIfWrong);
    }
    for (Open *open : left) {
        if (!open->isSettled)
            addNotFound(open->child, open->foreignKey, Problem::Against::Circle);
    }
}

} // namespace seedbed
