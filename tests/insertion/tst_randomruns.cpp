// SPDX-License-Identifier: MIT
// Runs of random packages: tables that refer to others, to themselves and in circles, rows that are wrong in every way,
// rows that are there already, databases that refuse some, any number of workers, any size of batches. What is in the
// files and what the report says are those of a plain reference that works on one row after the other.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "quiettest.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

using namespace seedbed;

namespace {

struct RandomRow {
    int id = 0;
    int code = 0;   // unique
    int amount = 0; // from 0
    std::vector<std::optional<int>> references;

    [[nodiscard]] QByteArray csv() const
    {
        QByteArrayList cells { QByteArray::number(id), codeText(code), QByteArray::number(amount) };
        for (const auto &reference : references)
            cells.append(reference ? QByteArray::number(*reference) : QByteArray());
        return cells.join(',') + '\n';
    }
    /// As a database has it.
    [[nodiscard]] QString stored() const
    {
        QStringList cells { QString::number(id), QString::fromLatin1(codeText(code)), QString::number(amount) };
        for (const auto &reference : references)
            cells.append(reference ? QString::number(*reference) : QStringLiteral("NULL"));
        return cells.join(u'|');
    }
    static QByteArray codeText(int code) { return "c" + QByteArray::number(code); }
};

struct RandomTable {
    QByteArray name;
    std::vector<int> parents; // tables, one for each reference
    std::vector<RandomRow> rows;
    std::map<int, RandomRow> there; // in the database before
    int refusedRest = -1;           // the database refuses the keys that leave this rest when divided by 5; -1: none

    [[nodiscard]] bool refuses(int id) const { return refusedRest >= 0 && id % 5 == refusedRest; }
};

/// What becomes of the rows of a table, by position.
struct Ends {
    std::set<qint64> inserted;
    std::set<qint64> unchanged;
    std::set<qint64> skipped;
    std::set<qint64> failed;
};

/// A package with its databases, and what a run is to make of them.
class RandomShop final
{
public:
    explicit RandomShop(QRandomGenerator &random)
        : m_random(random)
    {
        const int tableCount = upTo(1, 6);
        for (int table = 0; table < tableCount; ++table)
            m_tables.push_back(randomTable(table, tableCount));
        for (RandomTable &table : m_tables)
            fill(table);
    }

    [[nodiscard]] const std::vector<RandomTable> &tables() const { return m_tables; }

    [[nodiscard]] Dataset dataset() const
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

    /// Makes the databases of which something is there before, or that refuse rows.
    [[nodiscard]] bool prepare(const QString &folder) const
    {
        return std::ranges::all_of(m_tables, [&folder](const RandomTable &table) {
            if (table.there.empty() && table.refusedRest < 0)
                return true;
            QString columns = QStringLiteral("id INTEGER PRIMARY KEY, code TEXT, amount INTEGER");
            for (size_t reference = 0; reference < table.parents.size(); ++reference)
                columns += QStringLiteral(", to%1 INTEGER").arg(reference);
            if (table.refusedRest >= 0)
                columns += QStringLiteral(", CHECK (id % 5 <> %1)").arg(table.refusedRest);
            const QString name = QString::fromLatin1(table.name);
            QStringList statements { QStringLiteral("CREATE TABLE %1 (%2)").arg(name, columns) };
            for (const auto &[id, row] : table.there) {
                statements += QStringLiteral("INSERT INTO %1 (id, code, amount) VALUES (%2, '%3', %4)")
                                  .arg(name)
                                  .arg(id)
                                  .arg(QString::fromLatin1(RandomRow::codeText(row.code)))
                                  .arg(row.amount);
            }
            return execute(QStringLiteral("%1/%2.db").arg(folder, name), statements);
        });
    }

    /// The reference: one row after the other, until nothing more goes in.
    [[nodiscard]] std::vector<Ends> ends() const
    {
        std::vector<std::map<int, qint64>> owners;
        const std::vector<std::set<qint64>> right = rightRows(owners);
        std::vector<Ends> ends(m_tables.size());
        for (size_t table = 0; table < m_tables.size(); ++table) {
            for (const qint64 row : right[table]) {
                if (m_tables[table].there.contains(rowAt(table, row).id))
                    ends[table].unchanged.insert(row);
            }
        }
        const std::vector<std::set<qint64>> valid = reachable(right, owners, false);
        const std::vector<std::set<qint64>> taken = reachable(right, owners, true);
        for (size_t table = 0; table < m_tables.size(); ++table) {
            for (qint64 row = 0; row < std::ssize(m_tables[table].rows); ++row) {
                if (ends[table].unchanged.contains(row))
                    continue;
                if (taken[table].contains(row))
                    ends[table].inserted.insert(row);
                else if (valid[table].contains(row))
                    ends[table].failed.insert(row);
                else
                    ends[table].skipped.insert(row);
            }
        }
        return ends;
    }

private:
    int upTo(int least, int most) { return m_random.bounded(least, most + 1); }
    bool isOnce(int in) { return m_random.bounded(in) == 0; }
    [[nodiscard]] const RandomRow &rowAt(size_t table, qint64 row) const
    {
        return m_tables[table].rows[static_cast<size_t>(row)];
    }

    RandomTable randomTable(int number, int tableCount)
    {
        RandomTable table;
        table.name = "t" + QByteArray::number(number);
        for (int reference = upTo(0, 2); reference > 0; --reference)
            table.parents.push_back(m_random.bounded(tableCount));
        if (isOnce(4))
            table.refusedRest = m_random.bounded(5);
        return table;
    }

    void fill(RandomTable &table)
    {
        const int rowCount = isOnce(10) ? 0 : upTo(1, 40);
        for (int position = 0; position < rowCount; ++position) {
            RandomRow row;
            row.id = isOnce(15) ? upTo(1, rowCount) : position + 1;
            row.code = isOnce(15) ? upTo(1, rowCount) : 1000 + position;
            row.amount = isOnce(12) ? -1 : upTo(0, 9);
            for (size_t reference = 0; reference < table.parents.size(); ++reference) {
                // Mostly to what comes early, so that chains are long and circles are not everywhere.
                const int most = isOnce(5) ? 43 : std::max(1, position);
                const int to = upTo(1, most);
                const bool isNone = isOnce(4) || to == row.id;
                row.references.push_back(isNone ? std::nullopt : std::optional(to));
            }
            if (isOnce(10) && !table.refuses(row.id) && row.amount >= 0)
                putThere(table, row);
            table.rows.push_back(row);
        }
    }

    // The very row, or another one under its key.
    void putThere(RandomTable &table, RandomRow &row)
    {
        for (auto &reference : row.references)
            reference.reset();
        RandomRow other = row;
        if (isOnce(3))
            other.code = 2000 + row.id;
        if (std::ranges::none_of(table.there, [&](const auto &entry) { return entry.second.code == other.code; }))
            table.there.insert({ row.id, other });
    }

    [[nodiscard]] QByteArray descriptorOf(const RandomTable &table) const
    {
        QByteArray fields = R"({"name": "id", "type": "integer"}, {"name": "code", "constraints": {"unique": true}},
            {"name": "amount", "type": "integer", "constraints": {"minimum": 0}})";
        QByteArrayList keys;
        for (size_t reference = 0; reference < table.parents.size(); ++reference) {
            const QByteArray field = "to" + QByteArray::number(reference);
            const auto parent = static_cast<size_t>(table.parents[reference]);
            const QByteArray name = &m_tables[parent] == &table ? QByteArray() : m_tables[parent].name;
            fields += R"(, {"name": ")" + field + R"(", "type": "integer"})";
            keys.append(R"({"fields": ")" + field + R"(", "reference": {"resource": ")" + name
                        + R"(", "fields": "id"}})");
        }
        return R"({"name": ")" + table.name + R"(", "schema": {"primaryKey": "id", "fields": [)" + fields
            + R"(], "foreignKeys": [)" + keys.join(", ") + "]}}";
    }

    // Rows in which nothing is wrong but, it may be, what they refer to. \a owners: per table the row that has a key.
    [[nodiscard]] std::vector<std::set<qint64>> rightRows(std::vector<std::map<int, qint64>> &owners) const
    {
        std::vector<std::set<qint64>> right(m_tables.size());
        owners.resize(m_tables.size());
        for (size_t number = 0; number < m_tables.size(); ++number) {
            const RandomTable &table = m_tables[number];
            std::set<int> codes;
            for (qint64 position = 0; position < std::ssize(table.rows); ++position) {
                const RandomRow &row = rowAt(number, position);
                if (row.amount < 0)
                    continue;
                const bool hasKey = owners[number].insert({ row.id, position }).second;
                const bool hasCode = codes.insert(row.code).second;
                const auto there = table.there.find(row.id);
                const bool isOther = there != table.there.end() && there->second.stored() != row.stored();
                const bool isTaken = std::ranges::any_of(table.there, [&row](const auto &entry) {
                    return entry.second.code == row.code && entry.first != row.id;
                });
                if (hasKey && hasCode && !isOther && !isTaken)
                    right[number].insert(position);
            }
        }
        return right;
    }

    // The rows whose references can be true, one after the other.
    [[nodiscard]] std::vector<std::set<qint64>> reachable(const std::vector<std::set<qint64>> &right,
                                                          const std::vector<std::map<int, qint64>> &owners,
                                                          bool withRefusals) const
    {
        std::vector<std::set<qint64>> in(m_tables.size());
        const auto isTrue = [&](size_t table, std::optional<int> reference) {
            if (!reference || m_tables[table].there.contains(*reference))
                return true;
            const auto owner = owners[table].find(*reference);
            return owner != owners[table].end() && in[table].contains(owner->second);
        };
        for (bool isMore = true; isMore;) {
            isMore = false;
            for (size_t table = 0; table < m_tables.size(); ++table) {
                for (const qint64 position : right[table]) {
                    const RandomRow &row = rowAt(table, position);
                    if (in[table].contains(position) || (withRefusals && m_tables[table].refuses(row.id)))
                        continue;
                    bool areTrue = true;
                    for (size_t reference = 0; reference < row.references.size(); ++reference) {
                        areTrue = areTrue
                            && isTrue(static_cast<size_t>(m_tables[table].parents[reference]),
                                      row.references[reference]);
                    }
                    if (areTrue)
                        isMore = in[table].insert(position).second;
                }
            }
        }
        return in;
    }

    QRandomGenerator &m_random;
    std::vector<RandomTable> m_tables;
};

QString listText(const std::set<qint64> &rows)
{
    QStringList texts;
    for (const qint64 row : rows)
        texts.append(QString::number(row + 1));
    return texts.join(u' ');
}

std::set<qint64> rejectedAs(RowOutcome outcome, const TableReport &report)
{
    std::set<qint64> rows;
    for (const RejectedRow &row : report.rejected) {
        if (row.outcome == outcome)
            rows.insert(row.row - 1);
    }
    return rows;
}

} // namespace

class tst_RandomRuns final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void areThoseOfThePlainReference();

private:
    static QStringList wrongIn(const RandomShop &shop, const std::vector<Ends> &ends, const RunReport &report,
                               const QString &folder, bool isAgain);
};

void tst_RandomRuns::areThoseOfThePlainReference()
{
    // All of them take some minutes.
    const int runs = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS") ? 2000 : 60;
    const quint32 first = QRandomGenerator::system()->generate() % 1'000'000;
    qsizetype rows = 0;
    for (int number = 0; number < runs; ++number) {
        const quint32 seed = first + static_cast<quint32>(number);
        QRandomGenerator random(seed);
        const RandomShop shop(random);
        const QTemporaryDir folder;
        QVERIFY(shop.prepare(folder.path()));
        RunOptions options;
        options.into = folder.path();
        options.workers = random.bounded(1, 13);
        options.batchRows = random.bounded(0, 8);
        const std::vector<Ends> ends = shop.ends();
        for (const bool isAgain : { false, true }) {
            RunProgress progress;
            const auto report = run(shop.dataset(), options, progress, {});
            QVERIFY2(report, report ? "" : qPrintable(report.error().message));
            const QStringList wrong = wrongIn(shop, ends, *report, folder.path(), isAgain);
            QVERIFY2(wrong.isEmpty(),
                     qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(wrong.join(QStringLiteral("; ")))));
        }
        for (const Ends &table : ends)
            rows += std::ssize(table.inserted);
    }
    qInfo("%d runs from seed %u on, %lld rows went in", runs, first, static_cast<long long>(rows));
    QVERIFY(rows > runs);
}

QStringList tst_RandomRuns::wrongIn(const RandomShop &shop, const std::vector<Ends> &ends, const RunReport &report,
                                    const QString &folder, bool isAgain)
{
    QStringList wrong = report.auditFindings;
    if (!report.isBalanced())
        wrong += QStringLiteral("the report is not balanced");
    for (size_t number = 0; number < ends.size(); ++number) {
        const RandomTable &table = shop.tables()[number];
        const TableReport &told = report.tables.at(static_cast<qsizetype>(number));
        const QString name = QString::fromLatin1(table.name);
        const auto compare = [&](const char *what, const auto &actual, const auto &expected) {
            if (actual != expected)
                wrong += QStringLiteral("%1 %2%3: %4, not %5")
                             .arg(name, QString::fromLatin1(what), isAgain ? QStringLiteral(" again") : QString())
                             .arg(actual)
                             .arg(expected);
        };
        const Ends &end = ends[number];
        const qsizetype inserted = std::ssize(end.inserted);
        const qsizetype unchanged = std::ssize(end.unchanged);
        compare("inserted", told.counts.inserted, isAgain ? 0 : inserted);
        compare("unchanged", told.counts.unchanged, isAgain ? unchanged + inserted : unchanged);
        compare("skipped", listText(rejectedAs(RowOutcome::Skipped, told)), listText(end.skipped));
        compare("failed", listText(rejectedAs(RowOutcome::Failed, told)), listText(end.failed));

        std::map<int, QString> expected;
        for (const auto &[id, row] : table.there)
            expected[id] = row.stored();
        for (const qint64 row : end.inserted)
            expected[table.rows[static_cast<size_t>(row)].id] = table.rows[static_cast<size_t>(row)].stored();
        QStringList lines;
        for (const auto &[id, line] : expected)
            lines += line;
        const QString path = QStringLiteral("%1/%2.db").arg(folder, name);
        const QStringList stored =
            QFile::exists(path) ? ask(path, QStringLiteral("SELECT * FROM %1 ORDER BY id").arg(name)) : QStringList();
        compare("rows", stored.join(u' '), lines.join(u' '));
    }
    return wrong;
}

QTEST_GUILESS_MAIN(tst_RandomRuns)
#include "tst_randomruns.moc"
