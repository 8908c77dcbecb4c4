// SPDX-License-Identifier: MIT
#include "randomshop.h"

#include "databases.h"
#include "fixtures.h"

#include <algorithm>

namespace seedbed {

namespace {

int upTo(QRandomGenerator &random, int least, int most)
{
    return random.bounded(least, most + 1);
}

bool isOnce(QRandomGenerator &random, int in)
{
    return random.bounded(in) == 0;
}

} // namespace

QByteArray RandomRow::csv() const
{
    QByteArrayList cells { QByteArray::number(id), codeText(code), QByteArray::number(amount) };
    for (const auto &reference : references)
        cells.append(reference ? QByteArray::number(*reference) : QByteArray());
    return cells.join(',') + '\n';
}

QString RandomRow::stored() const
{
    QStringList cells { QString::number(id), QString::fromLatin1(codeText(code)), QString::number(amount) };
    for (const auto &reference : references)
        cells.append(reference ? QString::number(*reference) : QStringLiteral("NULL"));
    return cells.join(u'|');
}

QStringList RandomTable::statements() const
{
    static const std::map<Refusal, QString> raises { { Refusal::RaiseAbort, QStringLiteral("ABORT, 'no'") },
                                                     { Refusal::RaiseFail, QStringLiteral("FAIL, 'no'") },
                                                     { Refusal::RaiseIgnore, QStringLiteral("IGNORE") } };
    const QString title = QString::fromLatin1(name);
    QString columns = QStringLiteral("id INTEGER PRIMARY KEY, code TEXT, amount INTEGER");
    for (size_t reference = 0; reference < parents.size(); ++reference)
        columns += QStringLiteral(", to%1 INTEGER").arg(reference);
    if (refusedRest >= 0 && refusal == Refusal::Check)
        columns += QStringLiteral(", CHECK (id % 5 <> %1)").arg(refusedRest);
    QStringList statements { QStringLiteral("CREATE TABLE %1 (%2)").arg(title, columns) };
    for (const auto &[id, row] : there) {
        statements += QStringLiteral("INSERT INTO %1 (id, code, amount) VALUES (%2, '%3', %4)")
                          .arg(title)
                          .arg(id)
                          .arg(QString::fromLatin1(RandomRow::codeText(row.code)))
                          .arg(row.amount);
    }
    if (refusedRest >= 0 && refusal != Refusal::Check) {
        statements += QStringLiteral("CREATE TRIGGER refuse BEFORE INSERT ON %1 WHEN NEW.id % 5 = %2 "
                                     "BEGIN SELECT RAISE(%3); END")
                          .arg(title)
                          .arg(refusedRest)
                          .arg(raises.at(refusal));
    }
    return statements;
}

RandomShop::RandomShop(QRandomGenerator &random)
{
    const int tableCount = upTo(random, 1, 6);
    for (int table = 0; table < tableCount; ++table)
        m_tables.push_back(randomTable(random, table, tableCount));
    for (RandomTable &table : m_tables)
        fill(random, table);
    for (size_t table = 0; table < m_tables.size(); ++table) {
        if (isOnce(random, 2))
            closeCircle(random, table);
    }
    findOwners();
}

RandomTable RandomShop::randomTable(QRandomGenerator &random, int number, int tableCount)
{
    RandomTable table;
    table.name = "t" + QByteArray::number(number);
    for (int reference = upTo(random, 0, 2); reference > 0; --reference)
        table.parents.push_back(random.bounded(tableCount));
    if (isOnce(random, 4)) {
        table.refusedRest = random.bounded(5);
        table.refusal = static_cast<Refusal>(random.bounded(4));
    }
    return table;
}

void RandomShop::fill(QRandomGenerator &random, RandomTable &table)
{
    const int rowCount = isOnce(random, 10) ? 0 : upTo(random, 1, 40);
    for (int position = 0; position < rowCount; ++position) {
        RandomRow row;
        row.id = isOnce(random, 15) ? upTo(random, 1, rowCount) : position + 1;
        row.code = isOnce(random, 15) ? upTo(random, 1, rowCount) : 1000 + position;
        row.amount = isOnce(random, 12) ? -1 : upTo(random, 0, 9);
        for (size_t reference = 0; reference < table.parents.size(); ++reference) {
            // Mostly to what comes early, so that chains are long and circles are not everywhere.
            const int most = isOnce(random, 5) ? 43 : std::max(1, position);
            const int to = upTo(random, 1, most);
            const bool isNone = isOnce(random, 4) || to == row.id;
            row.references.push_back(isNone ? std::nullopt : std::optional(to));
        }
        if (isOnce(random, 10) && !table.refuses(row.id) && row.amount >= 0)
            putThere(random, table, row);
        table.rows.push_back(row);
    }
}

// The very row, or another one under its key.
void RandomShop::putThere(QRandomGenerator &random, RandomTable &table, RandomRow &row)
{
    for (auto &reference : row.references)
        reference.reset();
    RandomRow other = row;
    if (isOnce(random, 3))
        other.code = 2000 + row.id;
    if (std::ranges::none_of(table.there, [&](const auto &entry) { return entry.second.code == other.code; }))
        table.there.insert({ row.id, other });
}

// Two rows that refer to each other, where a table refers to itself.
void RandomShop::closeCircle(QRandomGenerator &random, size_t number)
{
    RandomTable &table = m_tables[number];
    const auto toItself = std::ranges::find(table.parents, static_cast<int>(number));
    if (toItself == table.parents.end() || table.rows.size() < 2)
        return;
    const auto reference = static_cast<size_t>(toItself - table.parents.begin());
    RandomRow &first = table.rows[static_cast<size_t>(random.bounded(static_cast<int>(table.rows.size()) - 1))];
    RandomRow &last = table.rows.back();
    if (first.id == last.id)
        return;
    first.references[reference] = last.id;
    last.references[reference] = first.id;
}

void RandomShop::refuseNothing()
{
    for (RandomTable &table : m_tables)
        table.refusedRest = -1;
}

Dataset RandomShop::dataset() const
{
    QList<QByteArray> resources;
    QList<QByteArray> csv;
    for (const RandomTable &table : m_tables) {
        resources.append(descriptorOf(table));
        csv.append("id,code,amount");
        for (size_t reference = 0; reference < table.parents.size(); ++reference)
            csv.last() += ",to" + QByteArray::number(reference);
        csv.last() += '\n';
        for (const RandomRow &row : table.rows)
            csv.last() += row.csv();
    }
    return datasetOf(resources, csv);
}

QByteArray RandomShop::descriptorOf(const RandomTable &table) const
{
    QByteArray fields = R"({"name": "id", "type": "integer"}, {"name": "code", "constraints": {"unique": true}},
        {"name": "amount", "type": "integer", "constraints": {"minimum": 0}})";
    QByteArrayList keys;
    for (size_t reference = 0; reference < table.parents.size(); ++reference) {
        const QByteArray field = "to" + QByteArray::number(reference);
        const auto parent = static_cast<size_t>(table.parents[reference]);
        const QByteArray name = &m_tables[parent] == &table ? QByteArray() : m_tables[parent].name;
        fields += R"(, {"name": ")" + field + R"(", "type": "integer"})";
        keys.append(R"({"fields": ")" + field + R"(", "reference": {"resource": ")" + name + R"(", "fields": "id"}})");
    }
    return R"({"name": ")" + table.name + R"(", "schema": {"primaryKey": "id", "fields": [)" + fields
        + R"(], "foreignKeys": [)" + keys.join(", ") + "]}}";
}

bool RandomShop::prepare(const QString &folder, std::optional<size_t> table) const
{
    for (size_t number = 0; number < m_tables.size(); ++number) {
        const RandomTable &made = m_tables[number];
        if (made.there.empty() && made.refusedRest < 0 && number != table)
            continue;
        if (!execute(folder + u'/' + made.file(), made.statements()))
            return false;
    }
    return true;
}

std::vector<Ends> RandomShop::ends() const
{
    const Rows right = rightRows();
    const Rows valid = reachable(right, false);
    const Rows taken = reachable(right, true);
    const Rows stands = standing(right, valid);
    std::vector<Ends> ends(m_tables.size());
    for (size_t table = 0; table < m_tables.size(); ++table) {
        for (qint64 position = 0; position < std::ssize(m_tables[table].rows); ++position) {
            const RandomRow &row = rowAt(table, position);
            if (!right[table].contains(position))
                ends[table].skipped[position] = wrongByItself(table, position);
            else if (m_tables[table].there.contains(row.id))
                ends[table].unchanged.insert(position);
            else if (taken[table].contains(position))
                ends[table].inserted.insert(position);
            else if (valid[table].contains(position))
                ends[table].failed[position] =
                    areTrue(table, row, taken, taken) ? QString() : QStringLiteral("foreignKey");
            else
                ends[table].skipped[position] =
                    stands[table].contains(position) ? QStringLiteral("circle") : QStringLiteral("foreignKey");
        }
    }
    return ends;
}

const RandomRow &RandomShop::rowAt(size_t table, qint64 row) const
{
    return m_tables[table].rows[static_cast<size_t>(row)];
}

void RandomShop::findOwners()
{
    m_keyOwners.resize(m_tables.size());
    m_codeOwners.resize(m_tables.size());
    for (size_t table = 0; table < m_tables.size(); ++table) {
        for (qint64 position = 0; position < std::ssize(m_tables[table].rows); ++position) {
            const RandomRow &row = rowAt(table, position);
            if (row.amount < 0)
                continue;
            m_keyOwners[table].insert({ row.id, position });
            m_codeOwners[table].insert({ row.code, position });
        }
    }
}

// The rule that a row breaks first, whatever it refers to; empty where it breaks none.
QString RandomShop::wrongByItself(size_t table, qint64 position) const
{
    const RandomRow &row = rowAt(table, position);
    const std::map<int, RandomRow> &there = m_tables[table].there;
    if (row.amount < 0)
        return QStringLiteral("minimum");
    if (m_keyOwners[table].at(row.id) != position)
        return QStringLiteral("primaryKey");
    if (m_codeOwners[table].at(row.code) != position)
        return QStringLiteral("unique");
    if (const auto same = there.find(row.id); same != there.end() && same->second.stored() != row.stored())
        return QStringLiteral("primaryKey");
    const bool isTaken = std::ranges::any_of(there, [&row](const auto &entry) {
        return entry.second.code == row.code && entry.first != row.id;
    });
    return isTaken ? QStringLiteral("unique") : QString();
}

// Rows in which nothing is wrong but, it may be, what they refer to.
RandomShop::Rows RandomShop::rightRows() const
{
    Rows right(m_tables.size());
    for (size_t table = 0; table < m_tables.size(); ++table) {
        for (qint64 position = 0; position < std::ssize(m_tables[table].rows); ++position) {
            if (wrongByItself(table, position).isEmpty())
                right[table].insert(position);
        }
    }
    return right;
}

// Whether there is a way along references from one table to the other.
bool RandomShop::refersTo(size_t table, size_t other) const
{
    std::set<size_t> seen;
    std::vector<size_t> next { table };
    while (!next.empty()) {
        const size_t from = next.back();
        next.pop_back();
        for (const int parent : m_tables[from].parents) {
            if (seen.insert(static_cast<size_t>(parent)).second)
                next.push_back(static_cast<size_t>(parent));
        }
    }
    return seen.contains(other);
}

// Whether all that the row refers to is there before, or among rows: \a in where its own table is referred to by that
// one in turn, otherwise \a outside.
bool RandomShop::areTrue(size_t table, const RandomRow &row, const Rows &in, const Rows &outside) const
{
    for (size_t reference = 0; reference < row.references.size(); ++reference) {
        const std::optional<int> key = row.references[reference];
        const auto parent = static_cast<size_t>(m_tables[table].parents[reference]);
        if (!key || m_tables[parent].there.contains(*key))
            continue;
        const auto owner = m_keyOwners[parent].find(*key);
        const Rows &rows = refersTo(parent, table) ? in : outside;
        if (owner == m_keyOwners[parent].end() || !rows[parent].contains(owner->second))
            return false;
    }
    return true;
}

// The rows whose references can be true, one after the other.
RandomShop::Rows RandomShop::reachable(const Rows &right, bool withRefusals) const
{
    Rows in(m_tables.size());
    for (bool isMore = true; isMore;) {
        isMore = false;
        for (size_t table = 0; table < m_tables.size(); ++table) {
            for (const qint64 position : right[table]) {
                const RandomRow &row = rowAt(table, position);
                if (in[table].contains(position) || (withRefusals && m_tables[table].refuses(row.id)))
                    continue;
                if (areTrue(table, row, in, in))
                    isMore = in[table].insert(position).second;
            }
        }
    }
    return in;
}

// The rows whose references would be true if those of a circle of tables went in all at once.
RandomShop::Rows RandomShop::standing(Rows rows, const Rows &valid) const
{
    for (bool isLess = true; isLess;) {
        isLess = false;
        for (size_t table = 0; table < m_tables.size(); ++table) {
            const auto falls = [&](qint64 position) { return !areTrue(table, rowAt(table, position), rows, valid); };
            isLess = std::erase_if(rows[table], falls) > 0 || isLess;
        }
    }
    return rows;
}

} // namespace seedbed
