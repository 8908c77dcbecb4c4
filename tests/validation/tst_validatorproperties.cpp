// SPDX-License-Identifier: MIT
// The result of validating does not depend on how tables are cut into chunks or on how many threads work on it, and
// equals that of a plain reference that looks at one row after another.

#include "fixtures.h"
#include "quiettest.h"
#include "validation/causes.h"

#include <QRandomGenerator>

using namespace seedbed;

namespace {

const QByteArray Parents = R"({"name": "parents", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "code", "constraints": {"unique": true, "maxLength": 2}},
    {"name": "price", "type": "number", "constraints": {"exclusiveMinimum": 0, "required": true}},
    {"name": "up", "type": "integer"}],
    "foreignKeys": [{"fields": "up", "reference": {"resource": "", "fields": "id"}}]}})";
const QByteArray Children = R"({"name": "children", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "parent", "type": "integer"}, {"name": "code"}],
    "foreignKeys": [{"fields": "parent", "reference": {"resource": "parents", "fields": "id"}},
                    {"fields": "code", "reference": {"resource": "parents", "fields": "code"}}]}})";

// Few different values, so that they meet often.
QByteArray randomCell(QRandomGenerator &random, int values)
{
    switch (random.bounded(12)) {
    case 0:
        return {};
    case 1:
        return "x";
    case 2:
        return "-1";
    default:
        return QByteArray::number(random.bounded(values));
    }
}

QByteArray randomCsv(QRandomGenerator &random, const QByteArray &header, int columns, int rows)
{
    QByteArray csv = header + '\n';
    for (int row = 0; row < rows; ++row) {
        QList<QByteArray> cells;
        for (int column = 0; column < columns; ++column)
            cells += randomCell(random, rows);
        csv += cells.join(',') + '\n';
    }
    return csv;
}

QList<QByteArray> randomTables(quint32 seed)
{
    QRandomGenerator random(seed);
    const int rows = 1 + random.bounded(150);
    return { randomCsv(random, "id,code,price,up", 4, rows), randomCsv(random, "id,parent,code", 3, rows) };
}

// What validation says, with positions for ids, so that datasets cut differently can be compared.
QStringList said(const Validation &validation)
{
    QStringList lines;
    for (int table = 0; table < validation.tables.size(); ++table) {
        const TableValidation &found = validation.tables.at(table);
        for (const Problem &problem : found.problems) {
            lines += QStringLiteral("%1 %2 %3")
                         .arg(table)
                         .arg(validation.dataset.tables.at(table).indexOf(problem.row))
                         .arg(describeWithCauses(problem, validation, table));
        }
        for (size_t row = 0; row < found.states.size(); ++row) {
            lines += QStringLiteral("%1 %2 state %3").arg(table).arg(row).arg(static_cast<int>(found.states[row]));
            for (const auto &parents : found.parents)
                lines += QStringLiteral("parent %1").arg(parents[row]);
            if (!found.levels.empty())
                lines += QStringLiteral("level %1").arg(found.levels[row]);
        }
    }
    return lines;
}

// Which rows are right, found the slow and simple way.
class Reference final
{
public:
    Reference(const Table &parents, const Table &children)
        : m_parents(parents)
        , m_children(children)
        , m_isParentRight(static_cast<size_t>(parents.rowCount()), false)
    {
        // Add what is right until nothing is added any more.
        for (bool hasGrown = true; hasGrown;) {
            hasGrown = false;
            for (qsizetype row = 0; row < parents.rowCount(); ++row) {
                const auto i = static_cast<size_t>(row);
                if (!m_isParentRight[i] && isParentRight(row)) {
                    m_isParentRight[i] = true;
                    hasGrown = true;
                }
            }
        }
    }

    [[nodiscard]] bool isRight(int table, qsizetype row) const
    {
        return table == 0 ? m_isParentRight[static_cast<size_t>(row)] : isChildRight(row);
    }

private:
    static bool isInteger(QByteArrayView cell)
    {
        bool ok = false;
        (void)cell.toInt(&ok);
        return ok;
    }

    [[nodiscard]] bool areCellsRight(qsizetype row) const
    {
        const QByteArrayView price = m_parents.cell(row, 2);
        const QByteArrayView up = m_parents.cell(row, 3);
        return isInteger(m_parents.cell(row, 0)) && m_parents.cell(row, 1).size() <= 2 && isInteger(price)
            && price.toInt() > 0 && (up.isEmpty() || isInteger(up));
    }

    [[nodiscard]] bool isTaken(qsizetype row, int column) const
    {
        for (qsizetype before = 0; before < row; ++before) {
            if (areCellsRight(before) && m_parents.cell(before, column) == m_parents.cell(row, column))
                return true;
        }
        return false;
    }

    [[nodiscard]] bool hasRight(int column, QByteArrayView value) const
    {
        for (qsizetype row = 0; row < m_parents.rowCount(); ++row) {
            if (m_isParentRight[static_cast<size_t>(row)] && m_parents.cell(row, column) == value)
                return true;
        }
        return false;
    }

    [[nodiscard]] bool isParentRight(qsizetype row) const
    {
        const QByteArrayView up = m_parents.cell(row, 3);
        return areCellsRight(row) && !isTaken(row, 0) && (m_parents.cell(row, 1).isEmpty() || !isTaken(row, 1))
            && (up.isEmpty() || up == m_parents.cell(row, 0) || hasRight(0, up));
    }

    [[nodiscard]] bool isChildRight(qsizetype row) const
    {
        const auto areTypesRight = [this](qsizetype r) {
            const QByteArrayView parent = m_children.cell(r, 1);
            return isInteger(m_children.cell(r, 0)) && (parent.isEmpty() || isInteger(parent));
        };
        if (!areTypesRight(row))
            return false;
        for (qsizetype before = 0; before < row; ++before) {
            if (areTypesRight(before) && m_children.cell(before, 0) == m_children.cell(row, 0))
                return false;
        }
        const QByteArrayView parent = m_children.cell(row, 1);
        const QByteArrayView code = m_children.cell(row, 2);
        return (parent.isEmpty() || hasRight(0, parent)) && (code.isEmpty() || hasRight(1, code));
    }

    const Table &m_parents;
    const Table &m_children;
    std::vector<bool> m_isParentRight;
};

} // namespace

class tst_ValidatorProperties final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void sameForAllChunksAndThreads_data();
    void sameForAllChunksAndThreads();
    void sameAsTheReference_data();
    void sameAsTheReference();
};

void tst_ValidatorProperties::sameForAllChunksAndThreads_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 4; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void tst_ValidatorProperties::sameForAllChunksAndThreads()
{
    QFETCH(quint32, seed);
    const QList<QByteArray> csv = randomTables(seed);
    const Dataset whole = datasetOf({ Parents, Children }, csv);
    const QStringList expected = said(validate(whole, nothingExists(whole), 1));
    for (const qsizetype chunkRows : { 1, 2, 3, 7, 64, 4096 }) {
        const Dataset dataset = datasetOf({ Parents, Children }, csv, chunkRows);
        for (int threads = 1; threads <= 16; ++threads)
            QCOMPARE(said(validate(dataset, nothingExists(dataset), threads)), expected);
    }
}

void tst_ValidatorProperties::sameAsTheReference_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 100; seed < 250; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void tst_ValidatorProperties::sameAsTheReference()
{
    QFETCH(quint32, seed);
    const Dataset dataset = datasetOf({ Parents, Children }, randomTables(seed), 16);
    const Validation validation = validate(dataset, nothingExists(dataset), 4);
    const Reference reference(dataset.tables.at(0), dataset.tables.at(1));
    for (int table = 0; table < 2; ++table) {
        for (qsizetype row = 0; row < dataset.tables.at(table).rowCount(); ++row) {
            const bool isRight = validation.tables.at(table).states[static_cast<size_t>(row)] == RowState::Valid;
            QVERIFY2(isRight == reference.isRight(table, row),
                     qPrintable(QStringLiteral("table %1 row %2").arg(table).arg(row + 1)));
            QCOMPARE(validation.problemsOf(table, row).isEmpty(), isRight);
        }
    }
}

SEEDBED_TEST(tst_ValidatorProperties, QCoreApplication)
#include "tst_validatorproperties.moc"
