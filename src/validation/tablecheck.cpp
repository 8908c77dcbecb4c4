// SPDX-License-Identifier: MIT
#include "validation/tablecheck.h"

#include "validation/cellrules.h"

#include <QtConcurrent/QtConcurrentMap>

#include <algorithm>

namespace seedbed {
namespace {

// The key of some fields of a row whose values are given; null where a value is missing or wrong. Where a table has no
// primary key the row is known by all its values, and a missing one is one of them.
QByteArray keyOfFields(const QList<int> &fields, const QList<Value> &values, const QList<bool> &isWrong,
                       bool allowsNull)
{
    QByteArray key;
    for (const int field : fields) {
        if (isWrong.at(field) || (values.at(field).isNull() && !allowsNull))
            return {};
        appendKey(key, values.at(field));
    }
    return key;
}

} // namespace

TableCheck::TableCheck(const Dataset &dataset, int table, const ExistingRows &existing)
    : m_dataset(dataset)
    , m_table(table)
    , m_existing(existing)
    , m_rowCount(static_cast<qint32>(dataset.tables.at(table).rowCount()))
    , m_isWrong(static_cast<size_t>(m_rowCount))
    , m_hasWrongCell(static_cast<size_t>(m_rowCount))
    , m_isInTarget(static_cast<size_t>(m_rowCount))
{
    QList<QList<int>> keyFields = lookupsOf(*dataset.package, table);
    for (const ForeignKey &key : schema().foreignKeys) {
        if (!keyFields.contains(key.fields))
            keyFields.append(key.fields);
    }
    for (const QList<int> &fields : std::as_const(keyFields))
        m_keys.emplace_back(fields, m_rowCount);
}

const TableSchema &TableCheck::schema() const
{
    return m_dataset.package->resources.at(m_table).schema;
}

const TableKeys &TableCheck::keys(const QList<int> &fields) const
{
    const auto found = std::find_if(m_keys.begin(), m_keys.end(),
                                    [&fields](const TableKeys &keys) { return keys.fields() == fields; });
    Q_ASSERT_X(found != m_keys.end(), "TableCheck::keys", "no such keys were made");
    return *found;
}

void TableCheck::add(qint32 row, Problem problem)
{
    problem.row = rowId(row);
    m_problems.push_back({ row, problem });
    m_isWrong[static_cast<size_t>(row)] = 1;
}

void TableCheck::check(QThreadPool &pool, const std::stop_token &stop)
{
    checkCells(pool, stop);
    if (stop.stop_requested())
        return;
    for (TableKeys &keys : m_keys)
        keys.index();
    m_hasWrongCell = m_isWrong;

    const TableKeys &identity = m_keys.front();
    checkUnique(identity, Rule::PrimaryKey);
    const auto isUniqueField = [this](const TableKeys &keys) {
        return keys.fields().size() == 1 && schema().fields.at(keys.fields().first()).constraints.unique
            && keys.fields() != schema().primaryKey;
    };
    for (const TableKeys &keys : m_keys) {
        if (isUniqueField(keys))
            checkUnique(keys, Rule::Unique);
    }
    if (m_existing.count() == 0)
        return;
    checkTargetIdentity();
    for (const TableKeys &keys : m_keys) {
        if (isUniqueField(keys))
            checkTargetUnique(keys);
    }
}

void TableCheck::checkCells(QThreadPool &pool, const std::stop_token &stop)
{
    // Ranges follow the table's chunks; what is found does not depend on them.
    std::vector<Range> ranges;
    for (qsizetype chunk = 0; chunk < rows().chunkCount(); ++chunk) {
        Range range;
        range.begin = static_cast<qint32>(rows().chunkStart(chunk));
        range.end = static_cast<qint32>(rows().chunkStart(chunk + 1));
        ranges.push_back(range);
    }
    QtConcurrent::blockingMap(&pool, ranges, [this, &stop](Range &range) { checkRange(range, stop); });
    for (const Range &range : ranges) {
        for (const PlacedProblem &placed : range.problems)
            add(placed.position, placed.problem);
    }
}

void TableCheck::checkRange(Range &range, const std::stop_token &stop)
{
    const CellRules rules(schema());
    const Table table = rows();
    const auto fieldCount = static_cast<int>(schema().fields.size());
    const bool identityAllowsNull = schema().primaryKey.isEmpty();
    QList<Value> values(fieldCount);
    QList<bool> isWrong(fieldCount);
    QList<CellProblem> found;
    for (qint32 row = range.begin; row < range.end && !stop.stop_requested(); ++row) {
        if (table.isRagged(row))
            range.problems.push_back({ row, { .rule = Rule::Ragged } });
        for (int field = 0; field < fieldCount; ++field) {
            found.clear();
            values[field] = rules.check(field, table.cell(row, field), found);
            // A value that breaks a bound is still a value: it can be looked up, and it can be a duplicate.
            isWrong[field] = std::any_of(found.cbegin(), found.cend(), [](const CellProblem &problem) {
                return problem.rule == Rule::Type || problem.rule == Rule::Format;
            });
            for (const CellProblem &problem : std::as_const(found))
                range.problems.push_back(
                    { row, { .field = field, .rule = problem.rule, .against = problem.against } });
        }
        for (size_t i = 0; i < m_keys.size(); ++i) {
            const bool allowsNull = i == 0 && identityAllowsNull;
            m_keys[i].setKey(row, keyOfFields(m_keys[i].fields(), values, isWrong, allowsNull));
        }
    }
}

qint32 TableCheck::holderOf(const TableKeys &keys, qint32 row) const
{
    qint32 holder = keys.first(keys.key(row));
    while (holder >= 0 && m_hasWrongCell[static_cast<size_t>(holder)] != 0)
        holder = keys.next(holder);
    return holder;
}

void TableCheck::checkUnique(const TableKeys &keys, Rule rule)
{
    for (qint32 row = 0; row < m_rowCount; ++row) {
        if (!keys.hasKey(row))
            continue;
        // The first row whose own cells are right keeps the value. A row with a wrong cell is a duplicate if it
        // comes after that one: mending the cell would not make it right.
        const qint32 holder = holderOf(keys, row);
        if (holder < 0 || holder >= row)
            continue;
        add(row, { .field = keys.fields().first(),
                   .rule = rule,
                   .against = Problem::Against::Rows,
                   .causeTable = m_table,
                   .cause = rowId(holder) });
    }
}

void TableCheck::checkTargetIdentity()
{
    const TableKeys &identity = m_keys.front();
    for (qint32 row = 0; row < m_rowCount; ++row) {
        if (!identity.hasKey(row) || m_hasWrongCell[static_cast<size_t>(row)] != 0)
            continue;
        const auto position = m_existing.find(identity.fields(), identity.key(row));
        if (!position)
            continue;
        if (m_existing.hasValues(*position, valuesOf(schema(), rows(), row)))
            m_isInTarget[static_cast<size_t>(row)] = 1;
        else if (holderOf(identity, row) == row) // a later row with this key is a duplicate already
            add(row, { .field = identity.fields().first(),
                       .rule = Rule::PrimaryKey,
                       .against = Problem::Against::Target });
    }
}

void TableCheck::checkTargetUnique(const TableKeys &keys)
{
    const TableKeys &identity = m_keys.front();
    for (qint32 row = 0; row < m_rowCount; ++row) {
        if (!keys.hasKey(row))
            continue;
        const auto position = m_existing.find(keys.fields(), keys.key(row));
        if (!position || m_existing.keyAt(*position, identity.fields()) == identity.key(row))
            continue;
        // Where an earlier row of the table has the value that is already said.
        const qint32 holder = holderOf(keys, row);
        if (holder >= 0 && holder < row)
            continue;
        add(row, { .field = keys.fields().first(), .rule = Rule::Unique, .against = Problem::Against::Target });
    }
}

TableValidation TableCheck::take()
{
    std::stable_sort(m_problems.begin(), m_problems.end(),
                     [](const PlacedProblem &a, const PlacedProblem &b) { return a.position < b.position; });
    TableValidation result;
    result.problems.reserve(static_cast<qsizetype>(m_problems.size()));
    for (const PlacedProblem &placed : m_problems) {
        if (result.problems.isEmpty() || result.problems.last().row != placed.problem.row)
            result.firstProblem.insert(placed.problem.row, result.problems.size());
        result.problems.append(placed.problem);
    }
    result.states.resize(static_cast<size_t>(m_rowCount));
    for (size_t row = 0; row < result.states.size(); ++row) {
        result.states[row] = m_isWrong[row] != 0 ? RowState::Wrong
            : m_isInTarget[row] != 0             ? RowState::Unchanged
                                                 : RowState::Valid;
    }
    return result;
}

} // namespace seedbed
