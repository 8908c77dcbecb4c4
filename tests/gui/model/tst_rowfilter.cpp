// SPDX-License-Identifier: MIT
#include "fixtures.h"
#include "gui/model/rowfilter.h"
#include "quiettest.h"

using namespace seedbed;

namespace {

const QByteArray Schema = R"({"name": "things", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "Name", "type": "string", "constraints": {"unique": true}},
    {"name": "unit price", "type": "number"}]}})";

Dataset things(const QByteArray &rows)
{
    return datasetOf({ Schema }, { "id,Name,unit price\n" + rows });
}

RowMarks validated(const Dataset &dataset)
{
    return { std::make_shared<const Validation>(validate(dataset, nothingExists(dataset), 1)), 0, {}, {} };
}

QList<int> passing(const Dataset &dataset, const RowMarks &marks, const QString &text)
{
    const seedbed::Table &table = dataset.tables.constFirst();
    RowFilter filter(table, dataset.package->resources.constFirst().schema, marks, text, false, false);
    QList<int> rows;
    for (int row = 0; row < table.rowCount(); ++row) {
        if (filter.passes(row))
            rows.append(row);
    }
    return rows;
}

} // namespace

class TestRowFilter : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void readsTerms_data()
    {
        using Place = FilterTerm::Place;
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<FilterTerm>>("terms");
        const auto any = [](const QString &text) { return FilterTerm { .text = text }; };
        const auto in = [](int column, const QString &text, bool isWhole = false) {
            return FilterTerm { Place::Column, column, text, isWhole };
        };
        const auto problem = [](const QString &text, bool isWhole) {
            return FilterTerm { Place::Problem, -1, text, isWhole };
        };
        const auto row = [](const char *text, const QList<FilterTerm> &terms) {
            QTest::newRow(text) << QString::fromUtf8(text) << terms;
        };
        row("  ", {});
        row("ann", { any(QStringLiteral("ann")) });
        row("ann  bob", { any(QStringLiteral("ann")), any(QStringLiteral("bob")) });
        row("\"ann bob\" x", { any(QStringLiteral("ann bob")), any(QStringLiteral("x")) });
        row("name:ann", { in(1, QStringLiteral("ann")) });
        row("NAME=Ann", { in(1, QStringLiteral("Ann"), true) });
        row("name:\"ann b\" 7", { in(1, QStringLiteral("ann b")), any(QStringLiteral("7")) });
        row("name=", { in(1, QString(), true) });
        row("name=\"\"", { in(1, QString(), true) });
        row("name:a:b", { in(1, QStringLiteral("a:b")) });
        row("\"unit price\":5", { in(2, QStringLiteral("5")) });
        row("\"name:ann\"", { any(QStringLiteral("name:ann")) });
        row("price:5", { any(QStringLiteral("price:5")) });
        row("12:30", { any(QStringLiteral("12:30")) });
        row(":=", { any(QStringLiteral(":=")) });
        row("\"say \"\"hi\"\"\"", { any(QStringLiteral("say \"hi\"")) });
        row("\"not closed", { any(QStringLiteral("not closed")) });
        row("\"", { any(QString()) });
        row("problem:dup", { problem(QStringLiteral("dup"), false) });
        row("Problem=\"duplicate Name\"", { problem(QStringLiteral("duplicate Name"), true) });
    }

    void readsTerms()
    {
        QFETCH(QString, text);
        QFETCH(QList<FilterTerm>, terms);
        QCOMPARE(filterTerms(text, things({}).package->resources.constFirst().schema), terms);
    }

    void picksRows_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("rows");
        const auto row = [](const char *text, const QList<int> &rows) {
            QTest::newRow(text) << QString::fromUtf8(text) << rows;
        };
        row("ann", { 0, 1, 3 });
        row("ann 2", { 1, 3 });
        row("ann 2 hall", { 3 });
        row("name=ANN", { 0 });
        row("name=", { 2 });
        row("name:", { 0, 1, 2, 3 });
        row("name:\"ann hall\"", { 3 });
        row("\"unit price\":2 id:1", { 1 });
        row("\"", { 0, 1, 2, 3 });
    }

    void picksRows()
    {
        QFETCH(QString, text);
        QFETCH(QList<int>, rows);
        const Dataset dataset = things("1,Ann,5\n21,Anna,2\n3,,7\n4,Ann Hall,2.5\n");
        QCOMPARE(passing(dataset, {}, text), rows);
    }

    void picksByProblem()
    {
        Dataset dataset = things("1,a,1\n2,a,x\n3,b,\n1,b,y\n");
        const RowMarks marks = validated(dataset);
        QCOMPARE(passing(dataset, marks, QStringLiteral("problem:duplicate")), (QList<int> { 1, 3 }));
        QCOMPARE(passing(dataset, marks, problemTerm(QStringLiteral("duplicate id"))), (QList<int> { 3 }));
        QCOMPARE(passing(dataset, marks, problemTerm(QStringLiteral("duplicate"))), QList<int>());
        QCOMPARE(passing(dataset, marks, problemTerm(QStringLiteral("unit price \"…\" is not a number"))),
                 (QList<int> { 1, 3 }));
        QCOMPARE(passing(dataset, marks, QStringLiteral("problem:")), (QList<int> { 1, 3 }));
        QCOMPARE(passing(dataset, marks, QStringLiteral("problem: name:a")), (QList<int> { 1 }));
        QCOMPARE(passing(dataset, {}, QStringLiteral("problem:")), QList<int>()); // nothing is known yet
        dataset.tables[0].remove(0, 1); // rows have moved since they were validated
        QCOMPARE(passing(dataset, marks, QStringLiteral("problem:duplicate")), (QList<int> { 0, 2 }));
    }
};

SEEDBED_TEST(TestRowFilter, QCoreApplication)
#include "tst_rowfilter.moc"
