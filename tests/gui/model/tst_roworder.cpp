// SPDX-License-Identifier: MIT
#include "fixtures.h"
#include "gui/model/roworder.h"
#include "gui/model/shownrows.h"
#include "quiettest.h"

using namespace seedbed;

namespace {

const QByteArray Schema = R"({"name": "things", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "Name", "type": "string", "constraints": {"unique": true}},
    {"name": "price", "type": "number", "groupChar": ","}]}})";

Dataset things(const QByteArray &rows, qsizetype chunkRows = seedbed::Table::DefaultChunkRows)
{
    return datasetOf({ Schema }, { "id,Name,price\n" + rows }, chunkRows);
}

QList<int> shown(const Dataset &dataset, const RowQuestion &question, const RowMarks &marks = {})
{
    const TableSchema &schema = dataset.package->resources.constFirst().schema;
    const auto rows = orderRows(dataset.tables.constFirst(), schema, marks, question);
    return rows ? QList<int>(rows->cbegin(), rows->cend()) : QList<int> { -1 };
}

} // namespace

class TestRowOrder : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void filtersByText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("rows");
        QTest::newRow("nothing asked") << QString() << QList<int> { 0, 1, 2, 3 };
        QTest::newRow("any column") << QStringLiteral("5") << QList<int> { 0, 3 };
        QTest::newRow("any case") << QStringLiteral("aPPle") << QList<int> { 0, 1 };
        QTest::newRow("beyond ASCII") << QStringLiteral("ÄPFEL") << QList<int> { 2 };
        QTest::newRow("in one column") << QStringLiteral("price:5") << QList<int> { 0 };
        QTest::newRow("column in any case") << QStringLiteral("NAME:pine") << QList<int> { 1 };
        QTest::newRow("column, anything") << QStringLiteral("name:") << QList<int> { 0, 1, 2, 3 };
        QTest::newRow("no such column") << QStringLiteral("a:b") << QList<int> { 3 };
        QTest::newRow("no such text") << QStringLiteral("pear") << QList<int> {};
    }

    void filtersByText()
    {
        QFETCH(QString, text);
        QFETCH(QList<int>, rows);
        const QByteArray csv = "1,apple,5\n2,Pineapple,7\n3,\xc3\xa4pfel,9\n15,a:b,8\n";
        for (const qsizetype chunkRows : { 1, 2, 4096 })
            QCOMPARE(shown(things(csv, chunkRows), { .text = text }), rows);
    }

    void sorts_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<QList<int>>("ascending");
        QTest::addColumn<QList<int>>("descending");
        QTest::newRow("integers") << 0 << QList<int> { 4, 1, 0, 2, 3 } << QList<int> { 3, 0, 2, 1, 4 };
        QTest::newRow("texts") << 1 << QList<int> { 1, 3, 2, 0, 4 } << QList<int> { 4, 0, 2, 1, 3 };
        QTest::newRow("numbers") << 2 << QList<int> { 3, 0, 2, 1, 4 } << QList<int> { 4, 1, 0, 2, 3 };
    }

    void sorts()
    {
        QFETCH(int, column);
        QFETCH(QList<int>, ascending);
        QFETCH(QList<int>, descending);
        // The first and the third are equal in id and price: they keep their order both ways.
        const Dataset dataset = things("10,\xc3\xa4,2.50\n9,B,\"1,000\"\n10,a,2.5\nx,B,-3\n-1,\xf0\x9f\x8d\x8e,none\n");
        QCOMPARE(shown(dataset, { .sortColumn = column, .sortOrder = Qt::AscendingOrder }), ascending);
        QCOMPARE(shown(dataset, { .sortColumn = column, .sortOrder = Qt::DescendingOrder }), descending);
    }

    void sortsLargeIntegersExactly()
    {
        const Dataset dataset = things("9007199254740993,a,1\n9007199254740992,b,1\n9223372036854775807,c,1\n"
                                       "9223372036854775806,d,1\n");
        QCOMPARE(shown(dataset, { .sortColumn = 0 }), (QList<int> { 1, 0, 3, 2 }));
    }

    void sortsManyRowsStably()
    {
        constexpr int Rows = 150'000; // more than are sorted at once
        QByteArray csv;
        for (int row = 0; row < Rows; ++row)
            csv += QByteArray::number(row % 7) + ",n,1\n";
        const QList<int> rows = shown(things(csv), { .sortColumn = 0 });
        QCOMPARE(rows.size(), Rows);
        for (int i = 1; i < Rows; ++i) {
            const bool isInOrder = rows.at(i - 1) % 7 < rows.at(i) % 7
                || (rows.at(i - 1) % 7 == rows.at(i) % 7 && rows.at(i - 1) < rows.at(i));
            QVERIFY2(isInOrder, qPrintable(QString::number(i)));
        }
    }

    void picksByMark()
    {
        Dataset dataset = things("1,a,1\n2,a,1\n3,b,1\n4,c,x\n");
        RowMarks marks { std::make_shared<const Validation>(validate(dataset, nothingExists(dataset), 1)), 0, {}, {} };
        const RowId third = dataset.tables.constFirst().rowId(2);
        marks.run.in.add(third);
        QCOMPARE(shown(dataset, { .onlyProblems = true }, marks), (QList<int> { 1, 3 }));
        QCOMPARE(shown(dataset, { .onlyNotIn = true }, marks), (QList<int> { 0, 1, 3 }));
        QCOMPARE(shown(dataset, { .text = QStringLiteral("c"), .onlyProblems = true }, marks), (QList<int> { 3 }));
        marks.run.failed.insert(third, QStringLiteral("disk full"));
        QCOMPARE(shown(dataset, { .onlyProblems = true }, marks), (QList<int> { 1, 2, 3 }));
        // Rows have moved since they were validated.
        dataset.tables[0].remove(0, 1);
        dataset.tables[0].append(QList<QByteArray> { "5", "d", "1" });
        QCOMPARE(shown(dataset, { .onlyProblems = true }, marks), (QList<int> { 0, 1, 2 }));
    }

    void aStopIsAnswered()
    {
        const Dataset dataset = things("1,a,1\n");
        std::stop_source source;
        source.request_stop();
        QVERIFY(!orderRows(dataset.tables.constFirst(), dataset.package->resources.constFirst().schema, {},
                           { .sortColumn = 0 }, source.get_token()));
    }

    void mapsRowsAndPositions()
    {
        ShownRows rows;
        QCOMPARE(rows.count(5), 5);
        QCOMPARE(rows.positionOf(3), 3);
        QCOMPARE(rows.rowOf(3), 3);
        rows.show({ 4, 0, 2 });
        QCOMPARE(rows.count(5), 3);
        QCOMPARE(rows.positionOf(0), 4);
        QCOMPARE(rows.rowOf(2), 2);
        QCOMPARE(rows.rowOf(1), -1);
        QCOMPARE(rows.rowOf(40), -1);
        rows.insert(1, 2); // two rows: what was at 2 and 4 is at 4 and 6
        QCOMPARE(rows.count(7), 5);
        QCOMPARE(rows.positionOf(0), 6);
        QCOMPARE(rows.positionOf(3), 1);
        QCOMPARE(rows.rowOf(2), 4);
        const auto ranges = rows.rangesOf(1, 4);
        QCOMPARE(ranges.size(), 1); // rows 2, 3 and 4
        QCOMPARE(ranges.constFirst().first, 2);
        QCOMPARE(ranges.constFirst().second, 5);
        rows.drop(2, 5);
        rows.remove(1, 4);
        QCOMPARE(rows.count(3), 2);
        QCOMPARE(rows.positionOf(0), 2);
        QCOMPARE(rows.positionOf(1), 0);
        rows.showAll();
        QCOMPARE(rows.count(3), 3);
    }
};

SEEDBED_TEST(TestRowOrder, QCoreApplication)
#include "tst_roworder.moc"
