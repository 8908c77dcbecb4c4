// SPDX-License-Identifier: MIT
#include "fixtures.h"
#include "gui/rowtext.h"
#include "quiettest.h"

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
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(textOfRows(table, RowPositions(10'000, 0), { 0 }, stopped.get_token()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRowText)
#include "tst_rowtext.moc"
