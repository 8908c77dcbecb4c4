// SPDX-License-Identifier: MIT
#include "fixtures.h"
#include "quiettest.h"
#include "rows/csv/columnmapping.h"
#include "rows/csv/tablematch.h"

using namespace seedbed;

namespace {

Dataset shop()
{
    return datasetOf({ R"({"name": "users", "schema": {"fields": [{"name": "id"}, {"name": "full_name", "title": "Who"},
                          {"name": "email"}]}})",
                       R"({"name": "order-items", "title": "Things", "seedbed": {"table": "sold"},
                          "schema": {"fields": [{"name": "id"}, {"name": "amount"}, {"name": "_row"}]}})" },
                     { "id,full_name,email\n", "id,amount,_row\n" });
}

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u',');
}

} // namespace

class TestColumnMapping final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void mapsByName_data()
    {
        QTest::addColumn<QStringList>("columns");
        QTest::addColumn<ColumnMapping>("mapping");
        QTest::newRow("the same") << words("id,full_name,email") << ColumnMapping { 0, 1, 2 };
        QTest::newRow("other order") << words("email,id,full_name") << ColumnMapping { 2, 0, 1 };
        QTest::newRow("case, spaces") << words(" ID ,Full Name,E-Mail") << ColumnMapping { 0, 1, 2 };
        QTest::newRow("title") << words("who") << ColumnMapping { 1 };
        QTest::newRow("unknown") << words("foo,id") << ColumnMapping { NoField, 0 };
        QTest::newRow("rejects") << words("id,_row,_reasons") << ColumnMapping { 0, NoField, NoField };
        QTest::newRow("twice") << words("id,id") << ColumnMapping { 0, NoField };
        QTest::newRow("the very name first") << words("ID,id") << ColumnMapping { NoField, 0 };
        QTest::newRow("no name") << words(",-") << ColumnMapping { NoField, NoField };
        QTest::newRow("none") << QStringList() << ColumnMapping();
    }

    void mapsByName()
    {
        QFETCH(QStringList, columns);
        QFETCH(ColumnMapping, mapping);
        QCOMPARE(mapByName(columns, shop().package->resources.at(0).schema), mapping);
    }

    void aFieldMayHaveANameOfRejects()
    {
        const Dataset dataset = shop();
        const TableSchema &schema = dataset.package->resources.at(1).schema;
        QCOMPARE(mapByName(words("_row,_reasons"), schema), (ColumnMapping { 2, NoField }));
    }

    void remembers()
    {
        const Dataset dataset = shop();
        const TableSchema &schema = dataset.package->resources.at(0).schema;
        const RememberedColumns remembered { { QStringLiteral("id"), QString() },
                                             { QStringLiteral("login"), QStringLiteral("id") },
                                             { QStringLiteral("email"), QStringLiteral("full_name") },
                                             { QStringLiteral("foo"), QString() } };
        QCOMPARE(mapByName(words("id,login,email,foo"), schema, remembered),
                 (ColumnMapping { NoField, 0, 1, NoField }));
        QCOMPARE(mapByName(words("login,Email,who,e-mail"), schema, remembered),
                 (ColumnMapping { 0, 2, 1, NoField })); // other columns are mapped by name
        QCOMPARE(mapByName(words("login,id"), schema, { { QStringLiteral("login"), QStringLiteral("id") } }),
                 (ColumnMapping { NoField, 0 })); // another file, which has the field's own name
        const RememberedColumns gone { { QStringLiteral("login"), QStringLiteral("no such field") } };
        QCOMPARE(mapByName(words("login"), schema, gone), ColumnMapping { NoField });
    }

    void mapsByPosition()
    {
        const TableSchema schema = shop().package->resources.at(0).schema;
        QCOMPARE(mapByPosition(2, schema), (ColumnMapping { 0, 1 }));
        QCOMPARE(mapByPosition(4, schema), (ColumnMapping { 0, 1, 2, NoField }));
    }

    void findsTheTable_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("columns");
        QTest::addColumn<int>("table");
        QTest::newRow("name") << "/a/users.csv" << QStringList() << 0;
        QTest::newRow("case") << "USERS.TSV" << QStringList() << 0;
        QTest::newRow("spaces") << "Order Items.csv" << QStringList() << 1;
        QTest::newRow("title") << "things.txt" << QStringList() << 1;
        QTest::newRow("table of the database") << "sold.csv" << QStringList() << 1;
        QTest::newRow("file of the package") << "rows1.csv" << QStringList() << 1;
        QTest::newRow("second download") << "users (2).csv" << QStringList() << 0;
        QTest::newRow("the name counts more") << "users.csv" << words("amount") << 0;
        QTest::newRow("columns") << "export.csv" << words("ID,amount") << 1;
        QTest::newRow("one column in both") << "export.csv" << words("id") << 0;
        QTest::newRow("nothing") << "export.csv" << words("foo") << -1;
        QTest::newRow("hidden") << ".csv" << QStringList() << -1;
    }

    void findsTheTable()
    {
        QFETCH(QString, file);
        QFETCH(QStringList, columns);
        QTEST(tableForFile(*shop().package, file, columns), "table");
    }
};

SEEDBED_TEST(TestColumnMapping, NoApplication)
#include "tst_columnmapping.moc"
