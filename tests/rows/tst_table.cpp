// SPDX-License-Identifier: MIT
#include "rows/table.h"

#include "quiettest.h"
#include "rows/rowidlist.h"
#include "rows/tablecolumn.h"

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
    void aMarkGoesWithItsRow();
    void idsAreNeverGivenTwice();
    void movedFromIsEmpty();
    void aSliceSharesWholeChunks();
    void aSliceTakesMarksWithIt();
    void aSliceGoesBackUnderItsIds();
    void rowsOfAnotherTableGetNewIds();
    void aTableInsertedIntoItself();
    void columnsAppended();
    void smallChunksAreJoined();
    void longTextsHaveChunksOfTheirOwn();
    void manyLongTextsAtOnce();
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
    QCOMPARE(table.chunkStart(table.chunkCount()), model.rows.size());
    for (qsizetype chunk = 0; chunk < table.chunkCount(); ++chunk) {
        const qsizetype start = table.chunkStart(chunk);
        const qsizetype size = table.chunkStart(chunk + 1) - start;
        QVERIFY(size > 0);
        QCOMPARE(table.rowIds(chunk).size(), size);
        for (int column = 0; column < table.columnCount(); ++column) {
            const ColumnView view = table.column(chunk, column);
            QCOMPARE(view.size(), size);
            for (qsizetype row = 0; row < size; ++row)
                QCOMPARE(view.cell(row).toByteArray(), model.rows.at(start + row).at(column));
        }
        for (qsizetype row = 0; row < size; ++row)
            QCOMPARE(table.rowIds(chunk).at(row), model.ids.at(start + row));
    }
    for (qsizetype row = 0; row < model.rows.size(); row += 7)
        QCOMPARE(table.indexOf(model.ids.at(row)), row);
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

/// Other texts for many cells at once.
void setSome(Table &table, Model &model, QRandomGenerator &random)
{
    std::vector<CellText> cells;
    QByteArrayList texts; // which the cells are views of
    for (qsizetype row = random.bounded(4); row < model.rows.size(); row += 1 + random.bounded(5)) {
        for (int column = random.bounded(2); column < table.columnCount(); column += 1 + random.bounded(2)) {
            texts.append(randomCell(random));
            cells.push_back({ row, column, texts.constLast() });
            model.rows[row][column] = texts.constLast();
        }
    }
    table.setCells(cells);
}

/// Takes rows out as a table, and puts them back elsewhere, once or twice.
void moveSome(Table &table, Model &model, QRandomGenerator &random, QSet<RowId> &seen)
{
    const qsizetype first = random.bounded(static_cast<int>(model.rows.size()) + 1);
    const qsizetype count = random.bounded(static_cast<int>(model.rows.size() - first) + 1);
    const Table part = table.sliced(first, count);
    compare(part, { model.rows.sliced(first, count), model.ids.sliced(first, count) });
    table.remove(first, count);
    Model rest = model;
    rest.rows.remove(first, count);
    rest.ids.remove(first, count);
    const qsizetype before = random.bounded(static_cast<int>(rest.rows.size()) + 1);
    table.insert(before, part);
    model = { rest.rows.first(before) + model.rows.sliced(first, count) + rest.rows.sliced(before),
              rest.ids.first(before) + model.ids.sliced(first, count) + rest.ids.sliced(before) };
    const Table copied = part.sliced(0, std::min<qsizetype>(count, 9));
    const RowIdRange ids = table.insertAsNew(before, copied);
    for (qsizetype i = 0; i < copied.rowCount(); ++i) {
        const RowId id { static_cast<quint64>(ids.first) + static_cast<quint64>(i) };
        QVERIFY(id <= ids.last && !seen.contains(id));
        seen.insert(id);
        model.rows.insert(before + i, copied.row(i).cells);
        model.ids.insert(before + i, id);
    }
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

void TestTable::aMarkGoesWithItsRow()
{
    Table table = tableOf(5, 5);
    const RaggedRow mark { 2, 3, { "more" } };
    const RowId gone = table.rowId(1);
    const RowId kept = table.rowId(3);
    table.setRagged(gone, mark);
    table.setRagged(kept, mark);
    table.remove(1, 1); // out of the midst of its chunk
    QCOMPARE(table.raggedCount(), 1);
    QCOMPARE(table.raggedRows().keys(), QList<RowId> { kept });
    table.setRagged(gone, mark);
    table.setRagged(table.rowId(0), std::nullopt);
    QCOMPARE(table.raggedRows().keys(), QList<RowId> { kept });
    QVERIFY(!table.ragged(table.rowId(0)));
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

void TestTable::aSliceSharesWholeChunks()
{
    const Table table = tableOf(12, 4);
    const Table part = table.sliced(2, 9);
    QCOMPARE(firstColumn(part), firstColumn(table).sliced(2, 9));
    QCOMPARE(part.chunkCount(), 3);
    QVERIFY(part.sharesChunk(1, table));
    QVERIFY(!part.sharesChunk(0, table));
    QVERIFY(!part.sharesChunk(2, table));
    QVERIFY(table.sliced(4, 0).isEmpty());
    QVERIFY(table.sliced(12, 0).isEmpty());
}

void TestTable::aSliceTakesMarksWithIt()
{
    Table table = tableOf(9, 4);
    for (const qsizetype row : { 1, 2, 5, 7, 8 })
        table.setRagged(table.rowId(row), RaggedRow { row + 10, 1, {} });
    table.setRagged(RowId { 77 }, RaggedRow { 1, 1, {} }); // no row of this table
    QCOMPARE(table.raggedCount(), 5);
    const Table part = table.sliced(2, 6);
    QCOMPARE(part.raggedCount(), 3);
    QCOMPARE(part.raggedRows().value(table.rowId(5)).line, 15);
    table.remove(2, 6);
    QCOMPARE(table.raggedCount(), 2);
    QVERIFY(table.isRagged(1));
    QVERIFY(table.isRagged(2));
    QVERIFY(!table.isRagged(0));
    const RowIdRange ids = table.insertAsNew(0, part);
    QCOMPARE(table.raggedCount(), 5);
    QCOMPARE(table.ragged(ids.first).value().line, 12);
    QVERIFY(!table.ragged(part.rowId(0)));
}

void TestTable::aSliceGoesBackUnderItsIds()
{
    Table table = tableOf(20, 4);
    const Table before = table;
    const Table part = table.sliced(3, 14);
    table.remove(3, 14);
    QCOMPARE(table.indexOf(part.rowId(0)), -1);
    QCOMPARE(table.indexOf(part.rowId(13)), -1);
    QCOMPARE(table.indexOf(before.rowId(19)), 5);
    table.insert(3, part);
    QCOMPARE(firstColumn(table), firstColumn(before));
    for (qsizetype row = 0; row < 20; ++row) {
        QCOMPARE(table.rowId(row), before.rowId(row));
        QCOMPARE(table.indexOf(before.rowId(row)), row);
    }
    QVERIFY(table.append(QList<QByteArray> { "", "" }) > before.rowId(19));
}

void TestTable::rowsOfAnotherTableGetNewIds()
{
    Table table = tableOf(6, 4);
    const Table other = tableOf(5, 2);
    const RowIdRange ids = table.insertAsNew(6, other);
    QCOMPARE(ids, (RowIdRange { RowId { 7 }, RowId { 11 } }));
    QCOMPARE(firstColumn(table), firstColumn(tableOf(6, 4)) + firstColumn(other));
    QCOMPARE(table.indexOf(ids.last), 10);
    QCOMPARE(other.rowId(0), RowId { 1 }); // as it was
    QCOMPARE(table.insertAsNew(3, Table(2)), RowIdRange());
    // where ids are not ascending, they are found all the same
    const RowIdRange amid = table.insertAsNew(2, other);
    for (qsizetype row = 0; row < table.rowCount(); ++row)
        QCOMPARE(table.indexOf(table.rowId(row)), row);
    QCOMPARE(table.indexOf(RowId { static_cast<quint64>(amid.last) + 1 }), -1);
}

void TestTable::aTableInsertedIntoItself()
{
    Table table = tableOf(3, 2);
    table.insertAsNew(1, table);
    QCOMPARE(firstColumn(table), (QByteArrayList { "0", "0", "1", "2", "1", "2" }));
}

void TestTable::columnsAppended()
{
    TableColumn numbers;
    TableColumn words;
    for (const char *cell : { "1", "22", "" }) {
        numbers.append(cell);
        words.append("w");
    }
    Table table = tableOf(1, 4);
    table.append(QList<TableColumn> { numbers, words });
    QCOMPARE(firstColumn(table), (QByteArrayList { "0", "1", "22", "" }));
    QCOMPARE(table.rowId(3), RowId { 4 });
    QCOMPARE(table.chunkCount(), 2);
    QCOMPARE(table.column(1, 0).cell(1).data(), numbers.view().cell(1).data());
    table.append(QList<QByteArray> { "next", "" });
    QCOMPARE(table.chunkCount(), 2);
}

void TestTable::smallChunksAreJoined()
{
    Table table = tableOf(16, 4);
    const Table part = table.sliced(2, 12);
    table.remove(2, 12);
    QCOMPARE(table.chunkCount(), 1);
    table.insert(2, part);
    QCOMPARE(table.chunkCount(), 4);
    for (qsizetype row = 15; row >= 0; row -= 2)
        table.remove(row, 1);
    QVERIFY(table.chunkCount() <= 4);
    table.remove(1, 5);
    QCOMPARE(table.chunkCount(), 1);
    QCOMPARE(firstColumn(table), (QByteArrayList { "0", "12", "14" }));
}

void TestTable::longTextsHaveChunksOfTheirOwn()
{
    const QByteArray half(Table::MaxChunkBytes / 2 + 1, 'x');
    Table table = tableOf(5, 100);
    table.setCell(2, 0, half);
    QCOMPARE(table.chunkCount(), 1);
    table.setCell(1, 1, half);
    QCOMPARE(table.chunkCount(), 3);
    table.setCell(1, 0, half); // one row may be as long as it likes
    QCOMPARE(table.chunkCount(), 3);
    QCOMPARE(table.cell(1, 0).size(), half.size());
    QCOMPARE(table.cell(2, 0).size(), half.size());
    QCOMPARE(table.cell(4, 1).toByteArray(), QByteArray("x4"));
    Table appended(1, 100);
    for (int i = 0; i < 5; ++i)
        appended.append(QList<QByteArray> { half });
    QCOMPARE(appended.chunkCount(), 3);
    QList<TableRow> rows(5, TableRow { RowId::None, { half }, {} });
    appended.insert(1, rows);
    QCOMPARE(appended.rowCount(), 10);
    for (qsizetype chunk = 0; chunk < appended.chunkCount(); ++chunk)
        QVERIFY(appended.chunkStart(chunk + 1) - appended.chunkStart(chunk) <= 2);
    for (qsizetype row = 0; row < appended.rowCount(); ++row)
        QCOMPARE(appended.cell(row, 0).size(), half.size());
}

void TestTable::manyLongTextsAtOnce()
{
    constexpr qsizetype Long = Table::MaxChunkBytes / 2;
    Table table = tableOf(4, Table::DefaultChunkRows);
    const QByteArray text(Long, 'x');
    std::vector<CellText> cells;
    for (qsizetype row = 0; row < 4; ++row)
        cells.push_back({ row, 0, text });
    table.setCells(cells);
    QCOMPARE(table.rowCount(), 4);
    QVERIFY(table.chunkCount() > 1);
    for (qsizetype row = 0; row < 4; ++row) {
        QCOMPARE(table.cell(row, 0).size(), Long);
        QCOMPARE(table.cell(row, 1).toByteArray(), "x" + QByteArray::number(row));
    }
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
        } else if (choice == 7) {
            moveSome(table, model, random, seen);
        } else if (choice == 8) {
            setSome(table, model, random);
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

SEEDBED_TEST(TestTable, NoApplication)
#include "tst_table.moc"
