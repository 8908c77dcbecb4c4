// SPDX-License-Identifier: MIT
#include "insertion/audit.h"

#include "validation/cellrules.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <algorithm>
#include <chrono>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

constexpr qsizetype MostFindings = 100;

} // namespace

TableAudit::TableAudit(const Validation &validation, int table, const RowIdSet &in, std::stop_token stop)
    : m_validation(validation)
    , m_table(table)
    , m_stop(std::move(stop))
    , m_values(schema())
    , m_seen(static_cast<size_t>(rows().rowCount()))
    , m_identityFields(schema().identity())
    , m_otherFields(schema().otherFields())
{
    RowReader reader(rows());
    const std::vector<RowState> &states = validation.tables.at(table).states;
    for (qsizetype row = 0; row < rows().rowCount() && !m_stop.stop_requested(); ++row) {
        if (in.contains(reader.rowId(row)))
            m_seen[static_cast<size_t>(row)] = Missing;
        else if (isToBeSent(states[static_cast<size_t>(row)]))
            m_seen[static_cast<size_t>(row)] = Absent;
    }
    seekForChildren();
}

const TableSchema &TableAudit::schema() const
{
    return m_validation.dataset.package->resources.at(m_table).schema;
}

bool TableAudit::isWritten(qint32 row) const
{
    return isIn(row) && m_validation.tables.at(m_table).states[static_cast<size_t>(row)] != RowState::Unchanged;
}

void TableAudit::indexIdentity()
{
    m_identity = std::make_unique<TableKeys>(schema(), rows(), m_identityFields);
    QList<Value> values(schema().fields.size());
    RowReader reader(rows());
    const bool isInteger = m_identity->coding() == KeyCoding::Integer;
    for (qint32 row = 0; row < static_cast<qint32>(m_seen.size()) && !m_stop.stop_requested(); ++row) {
        if (seen(row) == Unsought)
            continue;
        if (isInteger) {
            const Value key = m_values.value(m_identityFields.first(), reader.cell(row, m_identityFields.first()));
            m_identity->setLow(row, static_cast<quint64>(key.integer));
            continue;
        }
        for (const int field : m_identityFields)
            values[field] = m_values.value(field, reader.cell(row, field));
        m_identity->setKey(row, values);
    }
    m_identity->index(m_stop);
}

void TableAudit::seekForChildren()
{
    const QList<Resource> &resources = m_validation.dataset.package->resources;
    for (int child = 0; child < resources.size(); ++child) {
        const QList<ForeignKey> &keys = resources.at(child).schema.foreignKeys;
        for (int i = 0; i < keys.size(); ++i) {
            if (keys.at(i).resource == m_table)
                addSought(child, keys.at(i), m_validation.tables.at(child).parents[static_cast<size_t>(i)]);
        }
    }
}

// A row of the run that is its child's parent is looked for as itself; other keys are.
void TableAudit::addSought(int child, const ForeignKey &key, const std::vector<qint32> &parents)
{
    const TableSchema &childSchema = m_validation.dataset.package->resources.at(child).schema;
    const Table &children = m_validation.dataset.tables.at(child);
    const std::vector<RowState> &states = m_validation.tables.at(child).states;
    Sought sought { key.referenceFields, keyCoding(schema(), key.referenceFields), {} };
    for (qsizetype row = 0; row < children.rowCount() && !m_stop.stop_requested(); ++row) {
        if (!isToBeSent(states[static_cast<size_t>(row)]) || parents[static_cast<size_t>(row)] != NoParent)
            continue;
        const QList<Value> values = valuesOf(childSchema, children, row);
        const bool isMissing = std::any_of(key.fields.cbegin(), key.fields.cend(),
                                           [&values](int field) { return values.at(field).isNull(); });
        const auto code = isMissing ? std::nullopt : codeOf(values, key.fields, sought.coding);
        if (code)
            sought.codes.insert(*code, false);
    }
    if (!sought.codes.isEmpty())
        m_sought.push_back(sought);
}

QList<Value> TableAudit::storedValues(const StoredRow &stored, const QList<int> &fields) const
{
    QList<Value> values(schema().fields.size());
    for (const int field : fields)
        values[field] = stored.value(field);
    return values;
}

bool TableAudit::holds(Look &look, const StoredRow &stored, const QList<int> &fields, qint32 row)
{
    return std::all_of(fields.cbegin(), fields.cend(),
                       [&](int field) { return stored.holds(field, look.reader.cell(row, field)); });
}

// The next row of the run, or one that soon follows it, if it has the identity of the stored one; else -1. Mostly they
// come in the same order.
qint32 TableAudit::findNear(Look &look, const StoredRow &stored) const
{
    constexpr int MostTries = 8;
    const auto rowCount = static_cast<qint32>(m_seen.size());
    qint32 row = look.next;
    // With an index, what is not the very next is found more quickly there.
    for (int tries = m_isIndexed ? 1 : MostTries; tries > 0; --tries, ++row) {
        while (row < rowCount && seen(row) == Unsought)
            ++row;
        if (row >= rowCount)
            return -1;
        if (holds(look, stored, m_identityFields, row))
            return row;
    }
    return -1;
}

// The row of the run with the identity of the stored one, or -1.
qint32 TableAudit::find(Look &look, const StoredRow &stored)
{
    qint32 row = findNear(look, stored);
    if (row < 0) {
        std::call_once(m_indexing, [this] {
            indexIdentity();
            m_isIndexed = true;
        });
        row = m_identity->first(storedValues(stored, m_identityFields));
    }
    if (row >= 0)
        look.next = row + 1;
    return row;
}

RowVisitor TableAudit::visitor(qint32 part, qint32 parts)
{
    // Somewhat before the part, as the first row's place is not known exactly.
    const qint64 start = std::max<qint64>(0, static_cast<qint64>(m_seen.size()) * part / parts - 2);
    return [this, look = std::make_shared<Look>(Look { RowReader(rows()), static_cast<qint32>(start) })](
               const StoredRow &stored) { see(*look, stored); };
}

void TableAudit::see(Look &look, const StoredRow &stored)
{
    if (!m_sought.empty())
        seeSought(stored);
    const qint32 row = find(look, stored);
    if (row < 0)
        return seeStranger(look, stored);
    const bool isEqual = holds(look, stored, m_otherFields, row);
    if (isIn(row))
        note(row, isEqual);
    else if (isEqual)
        m_seen[static_cast<size_t>(row)].store(Stray, std::memory_order_relaxed);
    if (!isEqual || !isIn(row))
        seeStranger(look, stored);
}

void TableAudit::note(qint32 row, bool hasItsValues)
{
    std::atomic<quint8> &seen = m_seen[static_cast<size_t>(row)];
    quint8 before = Missing;
    if (hasItsValues)
        before = seen.exchange(Equal, std::memory_order_relaxed);
    else
        seen.compare_exchange_strong(before, Different, std::memory_order_relaxed);
    if (before > Missing && isWritten(row))
        ++m_duplicates;
}

void TableAudit::seeSought(const StoredRow &stored)
{
    const std::scoped_lock lock(m_mutex);
    for (Sought &sought : m_sought) {
        const auto code = codeOf(storedValues(stored, sought.fields), sought.fields, sought.coding);
        const auto found = code ? sought.codes.find(*code) : sought.codes.end();
        if (found != sought.codes.end())
            *found = true;
    }
}

TableKeys &TableAudit::uniqueKeys(int field)
{
    std::shared_ptr<TableKeys> &keys = m_uniqueKeys[field];
    if (keys)
        return *keys;
    keys = std::make_shared<TableKeys>(schema(), rows(), QList<int> { field });
    RowReader reader(rows());
    QList<Value> values(schema().fields.size());
    for (qint32 row = 0; row < static_cast<qint32>(m_seen.size()) && !m_stop.stop_requested(); ++row) {
        values[field] = isWritten(row) ? m_values.value(field, reader.cell(row, field)) : Value();
        if (!values.at(field).isNull())
            keys->setKey(row, values);
    }
    keys->index(m_stop);
    return *keys;
}

// A row that is none of the run's may not have a value that is to be unique and is a written row's.
void TableAudit::seeStranger(Look &look, const StoredRow &stored)
{
    const std::scoped_lock lock(m_mutex);
    for (int field = 0; field < schema().fields.size(); ++field) {
        if (!schema().fields.at(field).constraints.unique)
            continue;
        const QList<Value> values = storedValues(stored, { field });
        const qint32 row = values.at(field).isNull() ? -1 : uniqueKeys(field).first(values);
        const bool isAnothers = row >= 0 && !holds(look, stored, m_identityFields, row);
        if (isAnothers && !m_clashes.value(row).contains(field))
            m_clashes[row].append(field);
    }
}

void TableAudit::close()
{
    m_identity.reset();
    m_uniqueKeys.clear();
}

bool TableAudit::hasKey(const QList<int> &fields, const KeyCode &code) const
{
    return std::any_of(m_sought.begin(), m_sought.end(),
                       [&](const Sought &sought) { return sought.fields == fields && sought.codes.value(code); });
}

namespace {

/// Puts what is not as reported in words, table by table.
class Findings final
{
public:
    Findings(const Validation &validation, const std::vector<std::unique_ptr<TableAudit>> &audits,
             const std::stop_token &stop)
        : m_validation(validation)
        , m_audits(audits)
        , m_stop(stop)
    {
    }

    void addTable(int table)
    {
        const TableAudit &audit = *m_audits[static_cast<size_t>(table)];
        const Resource &resource = m_validation.dataset.package->resources.at(table);
        const auto rows = static_cast<qint32>(m_validation.dataset.tables.at(table).rowCount());
        QStringList found;
        for (qint32 row = 0; row < rows && !isCut(row); ++row) {
            if (audit.isAsReported(row) && (!audit.isIn(row) || areReferencesThere(table, row)))
                continue;
            if (found.size() >= MostFindings) {
                found += Text::tr("%1: and more").arg(resource.database);
                break;
            }
            for (const QString &what : findingsOf(table, row)) {
                found += Text::tr("%1 row %2 %3", "a table, a row's number and what is wrong with it")
                             .arg(resource.name)
                             .arg(row + 1)
                             .arg(what);
            }
        }
        if (audit.duplicates() > 0 && !resource.schema.primaryKey.isEmpty()) {
            found += Text::tr("%1: new rows with a key that another row has too: %2")
                         .arg(resource.database)
                         .arg(audit.duplicates());
        }
        m_sentences += found;
    }

    /// What was found, unless a stop kept it from being found to the end.
    [[nodiscard]] std::optional<QStringList> sentences() const
    {
        return m_isCut ? std::nullopt : std::optional(m_sentences);
    }

private:
    // Mostly everything is looked at before it would be worth a stop.
    [[nodiscard]] bool isCut(qint32 row)
    {
        constexpr qint32 Often = 1024;
        m_isCut = m_isCut || (row % Often == Often - 1 && m_stop.stop_requested() && m_patience.hasExpired());
        return m_isCut;
    }

    [[nodiscard]] QStringList findingsOf(int table, qint32 row) const
    {
        const TableAudit &audit = *m_audits[static_cast<size_t>(table)];
        const Resource &resource = m_validation.dataset.package->resources.at(table);
        if (audit.isStray(row))
            return { Text::tr("is in %1, though it was not reported to have gone in").arg(resource.database) };
        if (!audit.isThere(row))
            return { Text::tr("is not in %1").arg(resource.database) };
        if (!audit.hasItsValues(row))
            return { Text::tr("is in %1 with other values").arg(resource.database) };
        QStringList found;
        for (const int field : audit.clashesOf(row)) {
            found += Text::tr("has the same %1 as another row of %2")
                         .arg(resource.schema.fields.at(field).name, resource.database);
        }
        for (int key = 0; key < resource.schema.foreignKeys.size(); ++key) {
            const ForeignKey &reference = resource.schema.foreignKeys.at(key);
            if (!isReferenceThere(table, row, key)) {
                found += Text::tr("refers to a row that is not in %1")
                             .arg(m_validation.dataset.package->resources.at(reference.resource).database);
            }
        }
        return found;
    }

    [[nodiscard]] bool areReferencesThere(int table, qint32 row) const
    {
        const QList<ForeignKey> &keys = m_validation.dataset.package->resources.at(table).schema.foreignKeys;
        for (int key = 0; key < keys.size(); ++key) {
            if (!isReferenceThere(table, row, key))
                return false;
        }
        return true;
    }

    [[nodiscard]] bool isReferenceThere(int table, qint32 row, int key) const
    {
        const TableSchema &schema = m_validation.dataset.package->resources.at(table).schema;
        const ForeignKey &reference = schema.foreignKeys.at(key);
        const auto &audit = m_audits[static_cast<size_t>(reference.resource)];
        if (audit == nullptr || !m_audits[static_cast<size_t>(table)]->isWritten(row))
            return true; // not looked at, or found before this run
        const qint32 parent = m_validation.tables.at(table).parents[static_cast<size_t>(key)][static_cast<size_t>(row)];
        if (parent >= 0)
            return audit->isThere(parent);
        const QList<Value> values = valuesOf(schema, m_validation.dataset.tables.at(table), row);
        const bool isMissing = std::any_of(reference.fields.cbegin(), reference.fields.cend(),
                                           [&values](int field) { return values.at(field).isNull(); });
        if (isMissing)
            return true;
        const TableSchema &parentSchema = m_validation.dataset.package->resources.at(reference.resource).schema;
        const auto code = codeOf(values, reference.fields, keyCoding(parentSchema, reference.referenceFields));
        return code && audit->hasKey(reference.referenceFields, *code);
    }

    const Validation &m_validation;
    const std::vector<std::unique_ptr<TableAudit>> &m_audits;
    const std::stop_token m_stop;
    const QDeadlineTimer m_patience { std::chrono::milliseconds(200) }; // of a stop
    bool m_isCut = false;
    QStringList m_sentences;
};

} // namespace

std::optional<QStringList> auditFindings(const Validation &validation,
                                         const std::vector<std::unique_ptr<TableAudit>> &audits,
                                         const std::stop_token &stop)
{
    Findings findings(validation, audits, stop);
    for (size_t table = 0; table < audits.size(); ++table) {
        if (audits[table])
            findings.addTable(static_cast<int>(table));
    }
    return findings.sentences();
}

} // namespace seedbed
