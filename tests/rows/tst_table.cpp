// SPDX-License-Identifier: MIT
#include "rows/table.h"

#include "quiettest.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace seedbed;

class TestTable final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void beginsEmpty();
    void appendsAndReads();
    void aCopyIsUnaffected();
    void anEditDetachesOneChunk();
    void setCellFromItsOwnColumn();
    void removalAndItsUndo();
    void idsAreNeverGivenTwice();
    void movedFromIsEmpty();
    void randomOperations_data();
    void randomOperations();
};

namespace {

Table tableOf(qsizetype rows, qsizetype chunkRows)
{
    Table table(2, chunkRows);
    for (qsizetype i = 0; i < rows; ++i)
        table.append(QList<QByteArray> { QByteArray::number(i), "x" + QByteArray::number(i) });
    return table;
}

QByteArrayList firstColumn(const Table &table)
{
    QByteArrayList cells;
    for (qsizetype i = 0; i < table.rowCount(); ++i)
        cells.append(table.cell(i, 0).toByteArray());
    return cells;
}

/// The plainest table: what Table must behave like.
struct Model {
    QList<QList<QByteArray>> rows;
    QList<RowId> ids;
};

QByteArray randomCell(QRandomGenerator &random)
{
    return QByteArray(random.bounded(6), static_cast<char>('a' + random.bounded(26)));
}

void compare(const Table &table, const Model &model)
{
    QCOMPARE(table.rowCount(), model.rows.size());
    for (qsizetype row = 0; row < model.rows.size(); ++row) {
        QCOMPARE(table.rowId(row), model.ids.at(row));
        for (int column = 0; column < table.columnCount(); ++column)
            QCOMPARE(table.cell(row, column).toByteArray(), model.rows.at(row).at(column));
    }
    for (qsizetype chunk = 0; chunk < table.chunkCount(); ++chunk)
        QVERIFY(table.chunkStart(chunk) < table.chunkStart(chunk + 1)); // none is empty
    QCOMPARE(table.chunkStart(table.chunkCount()), model.rows.size());
}

void insertSome(Table &table, Model &model, QRandomGenerator &random, QSet<RowId> &seen)
{
    const qsizetype before = random.bounded(static_cast<int>(model.rows.size()) + 1);
    QList<TableRow> rows(random.bounded(10));
    for (TableRow &row : rows) {
        for (int column = 0; column < table.columnCount(); ++column)
            row.cells.append(randomCell(random));
    }
    table.insert(before, rows);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QVERIFY(rows.at(i).id != RowId::None && !seen.contains(rows.at(i).id));
        seen.insert(rows.at(i).id);
        model.rows.insert(before + i, rows.at(i).cells);
        model.ids.insert(before + i, rows.at(i).id);
    }
}

void removeSome(Table &table, Model &model, QRandomGenerator &random)
{
    const qsizetype first = random.bounded(static_cast<int>(model.rows.size()) + 1);
    const qsizetype count = random.bounded(static_cast<int>(std::min<qsizetype>(12, model.rows.size() - first)) + 1);
    QList<TableRow> removed;
    for (qsizetype i = first; i < first + count; ++i)
        removed.append(table.row(i));
    table.remove(first, count);
    if (random.bounded(3) == 0) { // as undo does
        table.insert(first, removed);
        return;
    }
    model.rows.remove(first, count);
    model.ids.remove(first, count);
}

} // namespace

void TestTable::beginsEmpty()
{
    const Table table(3);
    QCOMPARE(table.rowCount(), 0);
    QVERIFY(table.isEmpty());
    QCOMPARE(table.columnCount(), 3);
    QCOMPARE(table.chunkCount(), 0);
    QCOMPARE(table.indexOf(static_cast<RowId>(1)), -1);
}

void TestTable::appendsAndReads()
{
    const QByteArray text = "Zo\xC3\xAB"; // views must outlive the call alone
    Table table(2, 2);
    const RowId first = table.append(QList<QByteArray> { "1", "" });
    const RowId second = table.append(std::vector<QByteArrayView> { text, "b" });
    table.append(QList<QByteArray> { "3", "c" });
    QCOMPARE(table.rowCount(), 3);
    QCOMPARE(table.chunkCount(), 2);
    QCOMPARE(table.cell(0, 1).toByteArray(), QByteArray(""));
    QCOMPARE(table.cell(1, 0).toByteArray(), text);
    QCOMPARE(table.row(1).cells, (QList<QByteArray> { text, "b" }));
    QVERIFY(first != second);
    QCOMPARE(table.indexOf(second), 1);
    QCOMPARE(table.rowId(0), first);
}

void TestTable::aCopyIsUnaffected()
{
    Table table = tableOf(10, 4);
    const Table snapshot = table;
    const QByteArrayList before = firstColumn(snapshot);
    table.setCell(3, 0, "changed");
    table.remove(5, 2);
    table.append(QList<QByteArray> { "new", "" });
    QList<TableRow> rows { { RowId::None, { "put", "in" }, {} } };
    table.insert(0, rows);
    QCOMPARE(firstColumn(snapshot), before);
    QCOMPARE(firstColumn(table), (QByteArrayList { "put", "0", "1", "2", "changed", "4", "7", "8", "9", "new" }));
}

void TestTable::anEditDetachesOneChunk()
{
    Table table = tableOf(12, 4);
    const Table snapshot = table;
    for (qsizetype chunk = 0; chunk < 3; ++chunk)
        QVERIFY(table.sharesChunk(chunk, snapshot));
    table.setCell(5, 1, "y");
    QVERIFY(table.sharesChunk(0, snapshot));
    QVERIFY(!table.sharesChunk(1, snapshot));
    QVERIFY(table.sharesChunk(2, snapshot));
    // and in it, the column that was not edited is still the same memory
    QCOMPARE(table.cell(5, 0).data(), snapshot.cell(5, 0).data());
    QVERIFY(table.cell(5, 1).data() != snapshot.cell(5, 1).data());
}

void TestTable::setCellFromItsOwnColumn()
{
    Table table = tableOf(3, 4);
    table.setCell(0, 1, table.cell(2, 1));
    QCOMPARE(table.cell(0, 1).toByteArray(), QByteArray("x2"));
    QCOMPARE(table.cell(1, 1).toByteArray(), QByteArray("x1"));
    table.setCell(1, 1, "");
    QCOMPARE(table.cell(1, 1).toByteArray(), QByteArray(""));
    QCOMPARE(table.cell(2, 1).toByteArray(), QByteArray("x2"));
}

void TestTable::removalAndItsUndo()
{
    Table table = tableOf(9, 2);
    const RaggedRow ragged { 5, 3, { "more" } };
    table.setRagged(table.rowId(4), ragged);
    QList<TableRow> removed;
    for (qsizetype i = 2; i < 7; ++i)
        removed.append(table.row(i));
    const QList<TableRow> asTheyWere = removed;
    const QByteArrayList before = firstColumn(table);
    table.remove(2, 5);
    QVERIFY(table.raggedRows().isEmpty());
    QCOMPARE(table.indexOf(removed.at(2).id), -1);
    table.insert(2, removed);
    QCOMPARE(firstColumn(table), before);
    QCOMPARE(removed, asTheyWere);
    QCOMPARE(table.ragged(table.rowId(4)), std::optional(ragged));
    table.setRagged(table.rowId(4), std::nullopt);
    QVERIFY(!table.ragged(table.rowId(4)));
    table.remove(0, 9);
    QCOMPARE(table.chunkCount(), 0);
}

void TestTable::idsAreNeverGivenTwice()
{
    Table table = tableOf(3, 2);
    const RowId last = table.rowId(2);
    table.remove(2, 1);
    const RowId next = table.append(QList<QByteArray> { "", "" });
    QVERIFY(next > last);
    QList<TableRow> rows { { static_cast<RowId>(1000), { "", "" }, {} } };
    table.insert(0, rows); // from another table's life
    QVERIFY(table.append(QList<QByteArray> { "", "" }) > static_cast<RowId>(1000));
}

void TestTable::movedFromIsEmpty()
{
    Table table = tableOf(5, 2);
    const Table taken = std::move(table);
    QCOMPARE(taken.rowCount(), 5);
    QCOMPARE(table.rowCount(), 0); // NOLINT: this is what is tested
    table = taken;
    QCOMPARE(table.rowCount(), 5);
}

void TestTable::randomOperations_data()
{
    QTest::addColumn<int>("chunkRows");
    for (const int chunkRows : { 1, 2, 3, 7, 64, 4096 })
        QTest::addRow("%d", chunkRows) << chunkRows;
}

void TestTable::randomOperations()
{
    QFETCH(int, chunkRows);
    QRandomGenerator random(20260101u + static_cast<quint32>(chunkRows));
    Table table(3, chunkRows);
    Model model;
    QSet<RowId> seen;
    Table snapshot = table;
    Model snapshotModel = model;
    for (int step = 0; step < 600; ++step) {
        const int choice = random.bounded(10);
        if (choice < 3) {
            const QList<QByteArray> cells { randomCell(random), randomCell(random), randomCell(random) };
            const RowId id = table.append(cells);
            QVERIFY(!seen.contains(id));
            seen.insert(id);
            model.rows.append(cells);
            model.ids.append(id);
        } else if (choice < 5) {
            insertSome(table, model, random, seen);
        } else if (choice < 7) {
            removeSome(table, model, random);
        } else if (!model.rows.isEmpty()) {
            const qsizetype row = random.bounded(static_cast<int>(model.rows.size()));
            const int column = random.bounded(3);
            model.rows[row][column] = randomCell(random);
            table.setCell(row, column, model.rows.at(row).at(column));
            QCOMPARE(table.indexOf(model.ids.at(row)), row);
        }
        if (step % 20 == 0) {
            compare(table, model);
            compare(snapshot, snapshotModel);
            snapshot = table;
            snapshotModel = model;
        }
        if (QTest::currentTestFailed())
            return;
    }
    compare(table, model);
}

QTEST_APPLESS_MAIN(TestTable)
#include "tst_table.moc"
