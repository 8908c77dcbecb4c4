// SPDX-License-Identifier: MIT
#include "validation/tablecheck.h"

#include "rows/rowreader.h"
#include "validation/cellvalues.h"

#include <algorithm>

namespace seedbed {

TableCheck::TableCheck(const Dataset &dataset, int table, const ExistingRows &existing, ConflictPolicy onConflict,
                       std::stop_token stop)
    : m_dataset(dataset)
    , m_table(table)
    , m_existing(existing)
    , m_onConflict(onConflict)
    , m_stop(std::move(stop))
    , m_rowCount(static_cast<qint32>(dataset.tables.at(table).rowCount()))
    , m_isWrong(static_cast<size_t>(m_rowCount))
    , m_hasWrongCell(static_cast<size_t>(m_rowCount))
    , m_inTarget(static_cast<size_t>(m_rowCount), InTarget::No)
    , m_holders(existing)
{
    const auto addKeys = [this](const QList<int> &fields) {
        if (!m_keysOf.contains(fields))
            m_keysOf.insert(fields, &m_keys.emplace_back(schema(), rows(), fields));
    };
    for (const QList<int> &fields : lookupsOf(*dataset.package, table))
        addKeys(fields);
    m_lookups = m_keys.size();
    for (const ForeignKey &key : schema().foreignKeys)
        addKeys(key.fields);
}

const TableSchema &TableCheck::schema() const
{
    return m_dataset.package->resources.at(m_table).schema;
}

const TableKeys &TableCheck::keys(const QList<int> &fields) const
{
    const TableKeys *const found = m_keysOf.value(fields);
    Q_ASSERT_X(found != nullptr, "TableCheck::keys", "no such keys were made");
    return *found;
}

void TableCheck::add(qint32 row, Problem problem)
{
    problem.row = rowId(row);
    m_problems.push_back({ row, problem });
    m_isWrong[static_cast<size_t>(row)] = 1;
}

void TableCheck::check(ThreadCrew &crew, std::atomic<qsizetype> &done)
{
    const CellRules rules(schema());
    forEachRange(crew, [&](Range &range) { checkCells(range, rules, done); });
    if (m_stop.stop_requested())
        return;
    m_hasWrongCell = m_isWrong;
    indexKeys(crew);
    if (m_stop.stop_requested())
        return;
    findUniqueness();
    for (Uniqueness &uniqueness : m_uniqueness)
        checkUnique(uniqueness);
    if (m_existing.count() > 0)
        checkTarget(crew);
}

// Ranges follow the table's chunks; what is found does not depend on them.
template <typename CheckRange>
void TableCheck::forEachRange(ThreadCrew &crew, CheckRange checkRange)
{
    std::vector<Range> ranges;
    for (qsizetype chunk = 0; chunk < rows().chunkCount(); ++chunk) {
        Range range;
        range.chunk = chunk;
        range.begin = static_cast<qint32>(rows().chunkStart(chunk));
        range.end = static_cast<qint32>(rows().chunkStart(chunk + 1));
        ranges.push_back(std::move(range));
    }
    crew.forEach(ranges, checkRange);
    for (const Range &range : ranges) {
        if (m_stop.stop_requested())
            return;
        for (const PlacedProblem &placed : range.problems)
            add(placed.position, placed.problem);
        for (const Takeovers::Takeover &takeover : range.takeovers)
            m_takeovers.add(takeover);
    }
}

// Column by column, as each has one kind of text and rules of its own. Within a row the problems are in the order of
// the fields all the same.
void TableCheck::checkCells(Range &range, const CellRules &rules, std::atomic<qsizetype> &done)
{
    if (m_stop.stop_requested())
        return;
    if (rows().raggedCount() > 0) {
        for (qint32 row = range.begin; row < range.end; ++row) {
            if (rows().isRagged(row))
                range.problems.push_back({ row, { .rule = Rule::Ragged } });
        }
    }
    const auto size = static_cast<size_t>(range.end - range.begin);
    std::vector<std::vector<quint8>> isWrong(static_cast<size_t>(schema().fields.size()));
    for (int field = 0; field < rows().columnCount(); ++field) {
        isWrong[static_cast<size_t>(field)].resize(size);
        checkColumn(range, rules, field, isWrong[static_cast<size_t>(field)]);
        if (m_stop.stop_requested())
            return;
    }
    makeKeys(range, isWrong);
    done += range.end - range.begin;
}

void TableCheck::checkColumn(Range &range, const CellRules &rules, int field, std::vector<quint8> &isWrong)
{
    const ColumnView cells = rows().column(range.chunk, field);
    TableKeys *const keys = m_keysOf.value({ field });
    const bool isDoubtful = m_existing.form() != nullptr && m_existing.form()->isDoubtful(field);
    const bool isInteger = !isDoubtful && (keys == nullptr || keys->coding() == KeyCoding::Integer);
    QList<CellProblem> found;
    for (qint32 row = range.begin; row < range.end; ++row) {
        const QByteArrayView text = cells.cell(row - range.begin);
        if (const auto integer = isInteger ? rules.rightInteger(field, text) : std::nullopt) {
            if (keys != nullptr)
                keys->setLow(row, static_cast<quint64>(*integer));
            continue;
        }
        if (!isDoubtful && rules.isRightString(field, text)) {
            if (keys != nullptr)
                keys->setLow(row, textCode(text).low);
            continue;
        }
        if (!isDoubtful && keys == nullptr && rules.isRightNumber(field, text))
            continue;
        // What is not seen at a glance may take its time: a pattern can.
        if (m_stop.stop_requested())
            return;
        found.clear();
        const Value value = rules.check(field, text, found);
        if (isDoubtful && found.isEmpty() && !value.isNull() && !m_existing.form()->keeps(field, value))
            found.append({ Rule::Type, Problem::Against::Target });
        // A value that breaks a bound is still a value: it can be looked up, and it can be a duplicate.
        const bool isNone = std::any_of(found.cbegin(), found.cend(), [](const CellProblem &problem) {
            return problem.rule == Rule::Type || problem.rule == Rule::Format;
        });
        isWrong[static_cast<size_t>(row - range.begin)] = isNone ? 1 : 0;
        for (const CellProblem &problem : std::as_const(found))
            range.problems.push_back({ row, { .field = field, .rule = problem.rule, .against = problem.against } });
        if (keys != nullptr && !isNone && !value.isNull())
            keys->setLow(row, codeOf({ value }, keys->coding())->low);
    }
}

// The keys of several fields; and where a table has no primary key the row is known by all its values, of which a
// missing one is one. Keys of one field are made with its column.
void TableCheck::makeKeys(const Range &range, const std::vector<std::vector<quint8>> &isWrong)
{
    for (TableKeys &keys : m_keys) {
        const bool allowsNull = &keys == &m_keys.front() && schema().primaryKey.isEmpty();
        if (keys.fields().size() == 1 && !allowsNull)
            continue;
        QList<Value> values(schema().fields.size());
        for (qint32 row = range.begin; row < range.end && !m_stop.stop_requested(); ++row) {
            bool isWhole = true;
            for (const int field : keys.fields()) {
                const qint32 place = row - range.begin;
                values[field] = valueOf(schema(), field, rows().column(range.chunk, field).cell(place));
                isWhole = isWhole && isWrong[static_cast<size_t>(field)][static_cast<size_t>(place)] == 0
                    && (allowsNull || !values.at(field).isNull());
            }
            if (isWhole)
                keys.setKey(row, values);
        }
    }
}

void TableCheck::indexKeys(ThreadCrew &crew)
{
    crew.forEachIndex(m_lookups, [this](size_t key) { m_keys[key].index(m_stop); });
}

void TableCheck::findUniqueness()
{
    m_uniqueness.push_back({ &m_keys.front(), 0, Rule::PrimaryKey, {} });
    for (size_t i = 0; i < m_lookups; ++i) {
        const QList<int> &fields = m_keys[i].fields();
        if (fields.size() == 1 && schema().fields.at(fields.first()).constraints.unique
            && fields != schema().primaryKey)
            m_uniqueness.push_back({ &m_keys[i], static_cast<qsizetype>(i), Rule::Unique, {} });
    }
}

// The first row whose own cells are right keeps the value. A row with a wrong cell is a duplicate if it comes after
// that one: mending the cell would not make it right.
void TableCheck::checkUnique(Uniqueness &uniqueness)
{
    const TableKeys &keys = *uniqueness.keys;
    for (qint32 holder : keys.repeated(m_stop)) {
        while (holder >= 0 && m_hasWrongCell[static_cast<size_t>(holder)] != 0)
            holder = keys.next(holder);
        for (qint32 row = holder < 0 ? -1 : keys.next(holder); row >= 0; row = keys.next(row)) {
            if (m_stop.stop_requested())
                return;
            uniqueness.later.insert(row);
            add(row,
                { .field = keys.fields().first(),
                  .rule = uniqueness.rule,
                  .against = Problem::Against::Rows,
                  .causeTable = m_table,
                  .cause = rowId(holder) });
        }
    }
}

void TableCheck::checkTarget(ThreadCrew &crew)
{
    forEachRange(crew, [&](Range &range) { checkTargetIdentities(range); });
    if (m_uniqueness.size() < 2)
        return;
    forEachRange(crew, [&](Range &range) {
        for (qint32 row = range.begin; row < range.end && !m_stop.stop_requested(); ++row) {
            for (size_t i = 1; i < m_uniqueness.size(); ++i)
                checkTargetUnique(m_uniqueness[i], range, row);
        }
    });
}

void TableCheck::checkTargetIdentities(Range &range)
{
    const CellValues values(schema());
    const TableKeys &identity = m_keys.front();
    const QList<int> otherFields = schema().otherFields();
    RowReader reader(rows());
    KeyDigest digest;
    for (qint32 row = range.begin; row < range.end && !m_stop.stop_requested(); ++row) {
        if (!identity.hasKey(row) || m_hasWrongCell[static_cast<size_t>(row)] != 0)
            continue;
        const qint32 found = m_existing.find(0, identity.code(row, m_existing.coding(0)));
        if (found < 0)
            continue;
        digest.clear();
        for (const int field : otherFields)
            digest.add(values.value(field, reader.cell(row, field)));
        checkTargetIdentity(range, row, found, digest.code());
    }
}

void TableCheck::checkTargetIdentity(Range &range, qint32 row, qint32 found, const KeyCode &digest)
{
    const bool isSame = m_existing.hasValues(found, digest);
    m_inTarget[static_cast<size_t>(row)] = isSame ? InTarget::Same : InTarget::Other;
    // A later row with this key is a duplicate already.
    if (!isSame && m_onConflict != ConflictPolicy::Update && !m_uniqueness.front().later.contains(row))
        range.problems.push_back({ row,
                                   { .field = m_keys.front().fields().first(),
                                     .rule = Rule::PrimaryKey,
                                     .against = Problem::Against::Target } });
}

void TableCheck::checkTargetUnique(const Uniqueness &uniqueness, Range &range, qint32 row) const
{
    const TableKeys &keys = *uniqueness.keys;
    // A row that is in the target as it is has its own values there. And where an earlier row of the table has the
    // value that is already said.
    if (!keys.hasKey(row) || m_inTarget[static_cast<size_t>(row)] == InTarget::Same || uniqueness.later.contains(row))
        return;
    const qint32 found = m_existing.find(uniqueness.lookup, keys.code(row, m_existing.coding(uniqueness.lookup)));
    if (found >= 0)
        checkHolders(uniqueness, range, row, found);
}

// found: the first row of the target that has the value. The value may pass to the row when all that have it give it
// up, and only to the row of the table that is to have it: any number of rows with a wrong cell may have it too.
void TableCheck::checkHolders(const Uniqueness &uniqueness, Range &range, qint32 row, qint32 found) const
{
    const TableKeys &identity = m_keys.front();
    const auto own = identity.hasKey(row) ? identity.code(row, m_existing.coding(0)) : std::nullopt;
    const auto updateFor = [this](qint32 existing) { return m_allowsTakeovers ? updateOf(existing) : -1; };
    const auto stays = [&](qint32 existing) { return m_stop.stop_requested() || updateFor(existing) < 0; };
    const int field = uniqueness.keys->fields().first();
    if (m_holders.anothersStays(uniqueness.lookup, found, own, stays)) {
        range.problems.push_back(
            { row, { .field = field, .rule = Rule::Unique, .against = Problem::Against::Target } });
        return;
    }
    if (m_hasWrongCell[static_cast<size_t>(row)] != 0)
        return;
    for (qint32 holder = found; holder >= 0; holder = m_existing.next(uniqueness.lookup, holder)) {
        if (!own || m_existing.identity(holder) != own)
            range.takeovers.push_back({ row, updateFor(holder), field });
    }
}

qint32 TableCheck::updateOf(qint32 existing) const
{
    const auto key = m_onConflict == ConflictPolicy::Update ? m_existing.identity(existing) : std::nullopt;
    if (!key)
        return -1;
    const TableKeys &identity = m_keys.front();
    return m_updates.find(
        identity.find(*key), [&identity](qint32 row) { return identity.next(row); },
        [this](qint32 row) { return isWrong(row) || m_inTarget[static_cast<size_t>(row)] != InTarget::Other; });
}

qint32 TableCheck::firstRight(const TableKeys &keys, const TableKeys &values, qint32 row) const
{
    return keys.firstOf(keys.first(values, row), [this](qint32 parent) { return isWrong(parent); });
}

bool TableCheck::isInTarget(qsizetype lookup, const TableKeys &values, qint32 row) const
{
    if (lookup < 0)
        return false;
    const qint32 found = m_existing.find(lookup, values.code(row, m_existing.coding(lookup)));
    if (found < 0 || lookup == 0 || m_onConflict != ConflictPolicy::Update)
        return found >= 0; // an update leaves a row its identity
    const TableKeys &keys = m_keys[static_cast<size_t>(lookup)];
    return m_holders.anyStays(lookup, found, [&](qint32 existing) {
        const qint32 update = m_stop.stop_requested() ? -1 : updateOf(existing);
        return update < 0
            || (keys.hasKey(update)
                && keys.code(update, m_existing.coding(lookup)) == m_existing.code(lookup, existing));
    });
}

void TableCheck::settleTakeovers()
{
    m_holders.clear();
    m_takeovers.refuse([this](qint32 row) { return isWrong(row); },
                       [this](const Takeovers::Takeover &takeover) {
                           add(takeover.row,
                               { .field = takeover.field, .rule = Rule::Unique, .against = Problem::Against::Target });
                       });
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
            : m_inTarget[row] == InTarget::Same  ? RowState::Unchanged
            : m_inTarget[row] == InTarget::Other ? RowState::Changed
                                                 : RowState::Valid;
    }
    result.together = m_takeovers.rowsInOrder([this](qint32 row) { return isWrong(row); });
    return result;
}

} // namespace seedbed
