// SPDX-License-Identifier: MIT
#include "fixtures.h"
#include "gui/grid/rowtext.h"
#include "quiettest.h"

#include <QRandomGenerator>

#include <numeric>

using namespace seedbed;

namespace {

using Rows = QList<QList<QByteArray>>;

Resource users()
{
    const QByteArray json = R"({"name": "users", "schema": {"fields": [{"name": "id", "type": "integer"},
        {"name": "name", "type": "string"}, {"name": "email", "type": "string"}]}})";
    return datasetOf({ json }, { "id,name,email\n" }).package->resources.constFirst();
}

Rows rowsOf(const seedbed::Table &table)
{
    Rows rows;
    for (qsizetype row = 0; row < table.rowCount(); ++row)
        rows.append(table.row(row).cells);
    return rows;
}

} // namespace

class TestRowText : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void readsRows_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Rows>("rows");
        const Rows two { { "1", "Ann", "a@x.org" }, { "2", "Bob", "b@x.org" } };
        QTest::newRow("tabs") << QByteArray("1\tAnn\ta@x.org\n2\tBob\tb@x.org\n") << two;
        QTest::newRow("CRLF, no end") << QByteArray("1\tAnn\ta@x.org\r\n2\tBob\tb@x.org") << two;
        QTest::newRow("commas") << QByteArray("1,Ann,a@x.org\n2,Bob,b@x.org\n") << two;
        QTest::newRow("a header") << QByteArray("id\tname\temail\n1\tAnn\ta@x.org\n2\tBob\tb@x.org\n") << two;
        QTest::newRow("a header in another order")
            << QByteArray("Email\tID\tname\na@x.org\t1\tAnn\nb@x.org\t2\tBob\n") << two;
        QTest::newRow("a header of some") << QByteArray("name\tid\nAnn\t1\n") << Rows { { "1", "Ann", "" } };
        QTest::newRow("no header: a field twice") << QByteArray("id\tid\tname\n") << Rows { { "id", "id", "name" } };
        QTest::newRow("no header: a stranger") << QByteArray("id\tname\tage\n") << Rows { { "id", "name", "age" } };
        QTest::newRow("commas are text among tabs")
            << QByteArray("1\tAnn, B.\tx\n") << Rows { { "1", "Ann, B.", "x" } };
        QTest::newRow("quoted") << QByteArray("1\t\"Ann\tB\"\t\"say \"\"x\"\"\"\n")
                                << Rows { { "1", "Ann\tB", "say \"x\"" } };
        QTest::newRow("a quote is a quote")
            << QByteArray("1\t\"Ann\" B\tx\n2\tBob\ty\n") << Rows { { "1", "\"Ann\" B", "x" }, { "2", "Bob", "y" } };
        QTest::newRow("blank lines are no rows")
            << QByteArray("\nid\tname\temail\n\n1\tAnn\ta@x.org\n\n2\tBob\tb@x.org\n\n") << two;
        QTest::newRow("of one column they are")
            << QByteArray("name\nAnn\n\nBob\n") << Rows { { "", "Ann", "" }, { "", "", "" }, { "", "Bob", "" } };
        QTest::newRow("nothing") << QByteArray() << Rows {};
        QTest::newRow("a header alone") << QByteArray("id\tname\temail\n") << Rows {};
    }

    void readsRows()
    {
        QFETCH(QByteArray, text);
        const Result<seedbed::Table> table = rowsFromText(text, users());
        QVERIFY2(table, table ? "" : qPrintable(table.error().message));
        QTEST(rowsOf(*table), "rows");
        QCOMPARE(table->raggedCount(), 0);
    }

    void readsCells_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Rows>("cells");
        QTest::newRow("one") << QByteArray("a") << Rows { { "a" } };
        QTest::newRow("nothing") << QByteArray() << Rows {};
        QTest::newRow("an empty one") << QByteArray("\n") << Rows { { "" } };
        QTest::newRow("an empty one in a column") << QByteArray("a\n\nc\n") << Rows { { "a" }, { "" }, { "c" } };
        QTest::newRow("the first and the last one") << QByteArray("\r\nb\r\n\r\n") << Rows { { "" }, { "b" }, { "" } };
        QTest::newRow("no end") << QByteArray("a\n\nc") << Rows { { "a" }, { "" }, { "c" } };
        QTest::newRow("among tabs") << QByteArray("a\tb\n\nc\n") << Rows { { "a", "b" }, { "", "" }, { "c", "" } };
        QTest::newRow("a comma is text") << QByteArray("a,b\n") << Rows { { "a,b" } };
        QTest::newRow("a quote is a quote") << QByteArray("\"a\" b\n\nc\n") << Rows { { "\"a\" b" }, { "" }, { "c" } };
    }

    void readsCells()
    {
        QFETCH(QByteArray, text);
        QTEST(rowsOf(cellsFromText(text)), "cells");
    }

    void marksRaggedRows()
    {
        const Result<seedbed::Table> table = rowsFromText("1\tAnn\n2\tBob\tb@x.org\tmore\n", users());
        QVERIFY(table);
        QCOMPARE(rowsOf(*table), (Rows { { "1", "Ann", "" }, { "2", "Bob", "b@x.org" } }));
        QCOMPARE(table->ragged(table->rowId(0))->cellCount, 2);
        QCOMPARE(table->ragged(table->rowId(1))->extra, QList<QByteArray> { "more" });
    }

    void refusesWhatCannotBeRead()
    {
        const Result<seedbed::Table> table = rowsFromText("1,\"Ann,x\n", users());
        QVERIFY(!table);
        QVERIFY2(table.error().message.startsWith(QLatin1String("Clipboard line 1")),
                 qPrintable(table.error().message));
    }

    void writesWhatItReads()
    {
        seedbed::Table table(3);
        table.append(QList<QByteArray> { "1", "Ann\tB", "\"x\"" });
        table.append(QList<QByteArray> { "2", "a \"quote\"", "two\nlines" });
        table.append(QList<QByteArray> { "3", "", "z" });
        const QByteArray text = textOfRows(table, { 2, 0, 1 }, { 0, 1, 2 });
        QCOMPARE(text, QByteArray("3\t\tz\n1\t\"Ann\tB\"\t\"\"\"x\"\"\"\n2\ta \"quote\"\t\"two\nlines\"\n"));
        const Result<seedbed::Table> read = rowsFromText(text, users());
        QVERIFY(read);
        QCOMPARE(rowsOf(*read).at(1), rowsOf(table).at(0));
        QCOMPARE(textOfRows(table, { 0 }, { 0 }), QByteArray("1\n"));
        QCOMPARE(textOfRows(table, { 1, 2, 0 }, { 1 }), QByteArray("a \"quote\"\n\n\"Ann\tB\"\n"));
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(textOfRows(table, RowPositions(10'000, 0), { 0 }, stopped.get_token()).isEmpty());
    }

    // Blocks of any size, of what is hard about a cell.
    void anyBlockComesBack()
    {
        const QByteArrayList pieces { "",   "",     "a", "\"", "\"\"",         "\t",      "\n",
                                      "\r", "\r\n", ",", " ",  "\xEF\xBB\xBF", "\xC3\xA4" };
        QRandomGenerator random(7);
        const auto bounded = [&random](qsizetype end) { return random.bounded(static_cast<int>(end)); };
        for (int round = 0; round < 2000; ++round) {
            const int columns = 1 + bounded(3);
            Rows rows;
            for (int row = 1 + bounded(4); row > 0; --row) {
                QList<QByteArray> cells;
                for (int column = 0; column < columns; ++column)
                    cells.append(pieces.at(bounded(pieces.size())) + pieces.at(bounded(pieces.size())));
                rows.append(cells);
            }
            seedbed::Table table(columns);
            for (const QList<QByteArray> &cells : std::as_const(rows))
                table.append(cells);
            RowPositions all(static_cast<size_t>(rows.size()));
            std::iota(all.begin(), all.end(), 0);
            QList<int> each(columns);
            std::iota(each.begin(), each.end(), 0);
            const QByteArray text = textOfRows(table, all, each);
            QCOMPARE(rowsOf(cellsFromText(QString::fromUtf8(text).toUtf8())), rows); // as through the clipboard
        }
    }
};

SEEDBED_TEST(TestRowText, QCoreApplication)
#include "tst_rowtext.moc"
