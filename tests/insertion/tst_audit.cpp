// SPDX-License-Identifier: MIT
// The audit finds every way in which files do not show what is reported.

#include "fixtures.h"
#include "insertion/audit.h"
#include "quiettest.h"
#include "validation/cellrules.h"

using namespace seedbed;

namespace {

const QByteArray Things = R"({"name": "things", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}]}})";

// A row of the package as if a database held it.
class RowAsStored final : public StoredRow
{
public:
    RowAsStored(const TableSchema &schema, const Table &rows, qsizetype row)
        : m_schema(schema)
        , m_values(valuesOf(schema, rows, row))
    {
    }

    [[nodiscard]] Value value(int field) const override { return m_values.at(field); }
    [[nodiscard]] bool holds(int field, QByteArrayView cell) const override
    {
        return m_values.at(field) == valueOf(m_schema, field, cell);
    }

private:
    const TableSchema &m_schema;
    const QList<Value> m_values;
};

// What an audit says where the targets hold the rows of \a now.
QStringList findingsOf(const Validation &validation, const QList<RowIdSet> &in, const Dataset &now)
{
    std::vector<std::unique_ptr<TableAudit>> audits;
    for (int table = 0; table < now.tables.size(); ++table) {
        audits.push_back(std::make_unique<TableAudit>(validation, table, in.at(table)));
        const TableSchema &schema = now.package->resources.at(table).schema;
        // Two visitors see the rows, as two threads may.
        const RowVisitor visitors[] { audits.back()->visitor(), audits.back()->visitor() };
        for (qsizetype row = 0; row < now.tables.at(table).rowCount(); ++row)
            visitors[row % 2](RowAsStored(schema, now.tables.at(table), row));
        audits.back()->close();
    }
    return auditFindings(validation, audits).value_or(QStringList { QStringLiteral("stopped") });
}

// The sample's first rows: 3 users, 3 products, 3 orders, all right.
Dataset rightSample()
{
    Dataset dataset = sampleDataset();
    for (Table &table : dataset.tables)
        table.remove(3, table.rowCount() - 3);
    return dataset;
}

QList<RowIdSet> allRows(const Dataset &dataset)
{
    QList<RowIdSet> all;
    for (const Table &table : dataset.tables) {
        RowIdSet ids;
        for (qsizetype row = 0; row < table.rowCount(); ++row)
            ids.add(table.rowId(row));
        all.append(ids);
    }
    return all;
}

} // namespace

class tst_Audit final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void findings_data();
    void findings();
    void findingsHaveAnEnd_data();
    void findingsHaveAnEnd();
    void rowsThatWereThereBefore();
    void rowsWithoutKey();
};

void tst_Audit::findings_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QStringList>("findings");
    QTest::newRow("as reported") << QString() << QStringList();
    QTest::newRow("in another order") << QStringLiteral("order") << QStringList();
    QTest::newRow("row gone") << QStringLiteral("gone")
                              << QStringList(
                                     { QStringLiteral("users row 2 is not in users.db"),
                                       QStringLiteral("orders row 2 refers to a row that is not in users.db") });
    QTest::newRow("other values") << QStringLiteral("values")
                                  << QStringList({ QStringLiteral("users row 2 is in users.db with other values") });
    QTest::newRow("reported to be out, but in")
        << QStringLiteral("stray")
        << QStringList({ QStringLiteral("users row 2 is in users.db, though it was not reported to have gone in") });
    QTest::newRow("reported to be out, and in with other values") << QStringLiteral("stranger") << QStringList();
    QTest::newRow("reported to be out, and out") << QStringLiteral("absent") << QStringList();
    QTest::newRow("same key twice") << QStringLiteral(
        "key") << QStringList({ QStringLiteral("users.db: new rows with a key that another row has too: 1") });
    QTest::newRow("same value twice") << QStringLiteral(
        "unique") << QStringList({ QStringLiteral("users row 3 has the same email as another row of users.db") });
}

void tst_Audit::findings()
{
    QFETCH(QString, change);
    QFETCH(QStringList, findings);
    const Dataset dataset = rightSample();
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    Dataset now = dataset;
    QList<RowIdSet> in = allRows(dataset);
    const auto takeOut = [&](int table) {
        RowIdSet others;
        for (const qsizetype row : { 0, 2 })
            others.add(dataset.tables.at(table).rowId(row));
        in[table] = others;
    };
    Table &users = now.tables[0];
    if (change == QLatin1String("gone")) {
        users.remove(1, 1);
    } else if (change == QLatin1String("order")) {
        const QList<QByteArray> first { users.cell(0, 0).toByteArray(), users.cell(0, 1).toByteArray(),
                                        users.cell(0, 2).toByteArray() };
        users.remove(0, 1);
        users.append(first);
    } else if (change == QLatin1String("values")) {
        users.setCell(1, 1, "Bobby");
    } else if (change == QLatin1String("stray")) {
        takeOut(0);
    } else if (change == QLatin1String("stranger")) {
        takeOut(0);
        users.setCell(1, 1, "Bobby");
        takeOut(2);
        now.tables[2].remove(1, 1);
    } else if (change == QLatin1String("absent")) {
        takeOut(0);
        users.remove(1, 1);
        takeOut(2);
        now.tables[2].remove(1, 1);
    } else if (change == QLatin1String("key")) {
        users.append(QList<QByteArray> { "2", "Other", "other@example.com" });
    } else if (change == QLatin1String("unique")) {
        QList<TableRow> rows { { RowId::None, { "9", "Other", "charlie@example.com" }, std::nullopt } };
        users.insert(0, rows);
    }
    QCOMPARE(findingsOf(validation, in, now), findings);
}

void tst_Audit::findingsHaveAnEnd_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("findings");
    QTest::newRow("as many as are told") << 100 << 100;
    QTest::newRow("one more") << 101 << 101;
    QTest::newRow("many more") << 250 << 101;
}

void tst_Audit::findingsHaveAnEnd()
{
    QFETCH(int, rows);
    QFETCH(int, findings);
    QByteArray csv = "id\n";
    for (int row = 1; row <= rows; ++row)
        csv += QByteArray::number(row) + '\n';
    const Dataset dataset = datasetOf({ Things }, { csv });
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    const QStringList found = findingsOf(validation, allRows(dataset), datasetOf({ Things }, { "id\n" }));
    QCOMPARE(found.size(), findings);
    QCOMPARE(found.at(99), QStringLiteral("things row 100 is not in things.db"));
    QCOMPARE(found.contains(QStringLiteral("things.db: and more")), rows > 100);
}

// That a key was there twice is nothing that this run did.
void tst_Audit::rowsThatWereThereBefore()
{
    const Dataset dataset = datasetOf({ Things }, { "id\n1\n2\n" });
    const Dataset now = datasetOf({ Things }, { "id\n1\n1\n2\n2\n" });
    const Validation before = validate(dataset, { existingRows(dataset, 0, "id\n1\n") }, 1);
    QCOMPARE(findingsOf(before, allRows(dataset), now),
             QStringList { QStringLiteral("things.db: new rows with a key that another row has too: 1") });
}

// Equal rows are no fault where nothing tells rows apart.
void tst_Audit::rowsWithoutKey()
{
    const QByteArray notes = R"({"name": "notes", "schema": {"fields": [{"name": "text"}]}})";
    const Dataset dataset = datasetOf({ notes }, { "text\na\n" });
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    QCOMPARE(findingsOf(validation, allRows(dataset), datasetOf({ notes }, { "text\na\na\n" })), QStringList());
    QCOMPARE(findingsOf(validation, allRows(dataset), datasetOf({ notes }, { "text\nb\n" })),
             QStringList { QStringLiteral("notes row 1 is not in notes.db") });
}

SEEDBED_TEST(tst_Audit, QCoreApplication)
#include "tst_audit.moc"
