// SPDX-License-Identifier: MIT
#include "fixtures.h"
#include "gui/finding/cellsearch.h"
#include "quiettest.h"

using namespace seedbed;

namespace {

const QByteArray People = R"({"name": "people", "schema": {"fields": [{"name": "name"}, {"name": "town"}]}})";
const QByteArray Towns = R"({"name": "towns", "schema": {"fields": [{"name": "town"}]}})";

Dataset places(qsizetype chunkRows = seedbed::Table::DefaultChunkRows)
{
    return datasetOf({ People, Towns },
                     { "name,town\nAnna,Bern\nBernd,Ulm\nOtto,bern\n\xc3\x84nne,K\xc3\xb6ln\n", "town\nBern\nUlm\n" },
                     chunkRows);
}

// Each cell as "table:row:column", counted from 0.
QString found(const QList<seedbed::Table> &tables, const TextQuestion &question)
{
    const std::optional<FoundCells> cells = findCells(tables, question);
    QStringList texts;
    for (const FoundCell &cell : cells->cells)
        texts.append(QStringLiteral("%1:%2:%3").arg(cell.table).arg(cell.row).arg(cell.column));
    return texts.join(u' ');
}

TextQuestion whole(const QString &text)
{
    return { .text = text, .isWholeCell = true };
}

TextQuestion expression(const QString &text)
{
    return { .text = text, .isExpression = true };
}

} // namespace

class TestCellSearch : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<TextQuestion>("question");
        QTest::addColumn<QString>("cells");
        const QString bern = QStringLiteral("bern");
        QTest::newRow("any case") << TextQuestion { .text = bern } << "0:0:1 0:1:0 0:2:1 1:0:0";
        QTest::newRow("this case") << TextQuestion { .text = bern, .isCaseSensitive = true } << "0:2:1";
        QTest::newRow("whole") << whole(bern) << "0:0:1 0:2:1 1:0:0";
        QTest::newRow("whole, this case")
            << TextQuestion { .text = QStringLiteral("Bern"), .isCaseSensitive = true, .isWholeCell = true }
            << "0:0:1 1:0:0";
        QTest::newRow("beyond ASCII") << TextQuestion { .text = QStringLiteral("äN") } << "0:3:0";
        QTest::newRow("beyond ASCII, whole") << whole(QStringLiteral("KÖLN")) << "0:3:1";
        QTest::newRow("nothing") << TextQuestion {} << "";
        QTest::newRow("expression") << expression(QStringLiteral("^[AÄ]nn")) << "0:0:0 0:3:0";
        QTest::newRow("expression, whole")
            << TextQuestion { .text = QStringLiteral("u|ulm|x"), .isWholeCell = true, .isExpression = true }
            << "0:1:1 1:1:0";
        QTest::newRow("a dot is a dot") << TextQuestion { .text = QStringLiteral("B.rn") } << "";
    }

    void finds()
    {
        QFETCH(TextQuestion, question);
        QFETCH(QString, cells);
        for (const qsizetype chunkRows : { 1, 3, 4096 })
            QCOMPARE(found(places(chunkRows).tables, question), cells);
    }

    void knowsWhereCellsAre()
    {
        const FoundCells cells = *findCells(places().tables, { .text = QStringLiteral("bern") });
        QCOMPARE(cells.counts, (QList<qsizetype> { 3, 1 }));
        QCOMPARE(cells.indexOf({ 0, -1, 0 }), 0);
        QCOMPARE(cells.indexOf({ 0, 1, 0 }), 1);
        QVERIFY(cells.has({ 0, 1, 0 }));
        QCOMPARE(cells.indexOf({ 0, 1, 1 }), 2);
        QVERIFY(!cells.has({ 0, 1, 1 }));
        QCOMPARE(cells.indexOf({ 2, 0, 0 }), 4);
    }

    void saysWhatIsNoExpression()
    {
        const QString error = CellPattern(expression(QStringLiteral("a(b"))).error();
        QVERIFY2(error.contains(QStringLiteral("missing closing parenthesis")), qPrintable(error));
        QVERIFY2(error.contains(QStringLiteral("character 4")), qPrintable(error));
        QVERIFY(CellPattern(expression(QStringLiteral("a(b)"))).error().isEmpty());
        QVERIFY(CellPattern({ .text = QStringLiteral("a(b") }).error().isEmpty());
        QVERIFY(!CellPattern({ .text = QStringLiteral("a(b"), .isWholeCell = true, .isExpression = true })
                     .error()
                     .isEmpty());
    }

    void countsWhatIsTooMuch()
    {
        const QByteArray hard(40, 'a');
        const Dataset dataset = datasetOf({ Towns }, { "town\n" + hard + "!b\nb\n" });
        const FoundCells cells = *findCells(dataset.tables, expression(QStringLiteral("^(a+)+(a+)+(a+)+b$")));
        QCOMPARE(cells.undecided, 1);
        QVERIFY(cells.cells.empty());
    }

    void replaces_data()
    {
        QTest::addColumn<TextQuestion>("question");
        QTest::addColumn<QString>("replacement");
        QTest::addColumn<QString>("people");
        QTest::addColumn<QString>("towns");
        QTest::addColumn<int>("cells");
        const QString all = QStringLiteral("Anna,Bern|Bernd,Ulm|Otto,bern|Änne,Köln");
        QTest::newRow("in any case") << TextQuestion { .text = QStringLiteral("BERN") } << "Berne"
                                     << "Anna,Berne|Berned,Ulm|Otto,Berne|Änne,Köln"
                                     << "Berne|Ulm" << 4;
        QTest::newRow("whole cells") << whole(QStringLiteral("bern")) << "B"
                                     << "Anna,B|Bernd,Ulm|Otto,B|Änne,Köln"
                                     << "B|Ulm" << 3;
        QTest::newRow("groups") << expression(QStringLiteral("(\\w)n+(\\w)")) << "\\2\\1"
                                << "aA,Bern|Bedr,Ulm|Otto,bern|eÄ,Köln"
                                << "Bern|Ulm" << 3;
        QTest::newRow("by the same") << TextQuestion { .text = QStringLiteral("Ulm"), .isCaseSensitive = true } << "Ulm"
                                     << all << "Bern|Ulm" << 0;
        QTest::newRow("by nothing") << TextQuestion { .text = QStringLiteral("n") } << ""
                                    << "Aa,Ber|Berd,Ulm|Otto,ber|Äe,Köl"
                                    << "Ber|Ulm" << 7;
    }

    void replaces()
    {
        QFETCH(TextQuestion, question);
        QFETCH(QString, replacement);
        QFETCH(int, cells);
        const auto texts = [](const seedbed::Table &table) {
            QStringList rows;
            for (qsizetype row = 0; row < table.rowCount(); ++row)
                rows.append(QString::fromUtf8(table.row(row).cells.join(',')));
            return rows.join(u'|');
        };
        for (const qsizetype chunkRows : { 1, 3, 4096 }) {
            QList<seedbed::Table> tables = places(chunkRows).tables;
            const std::optional<QList<EditedTable>> edits = replaceCells(tables, question, replacement);
            int changed = 0;
            for (const EditedTable &edit : *edits) {
                QVERIFY(edit.changed.count() <= edit.count);
                changed += static_cast<int>(edit.count);
                tables[edit.table] = edit.rows;
            }
            QCOMPARE(changed, cells);
            QTEST(texts(tables.at(0)), "people");
            QTEST(texts(tables.at(1)), "towns");
        }
    }

    void aStopIsAnswered()
    {
        std::stop_source stop;
        stop.request_stop();
        const TextQuestion question { .text = QStringLiteral("a") };
        QVERIFY(!findCells(places().tables, question, stop.get_token()));
        QVERIFY(!replaceCells(places().tables, question, {}, stop.get_token()));
    }
};

SEEDBED_TEST(TestCellSearch, QCoreApplication)
#include "tst_cellsearch.moc"
