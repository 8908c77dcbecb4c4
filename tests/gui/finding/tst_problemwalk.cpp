// SPDX-License-Identifier: MIT
// Which wrong cell comes next, and which problems are of a kind.

#include "fixtures.h"
#include "gui/finding/problemgroups.h"
#include "gui/finding/problemwalk.h"
#include "quiettest.h"

using namespace seedbed;

namespace {

const QByteArray Things = R"({"name": "things", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "name", "constraints": {"required": true}},
    {"name": "price", "type": "number"}]}})";
const QByteArray Lasts = QByteArray(Things).replace("things", "lasts");
const QByteArray Others = R"({"name": "others", "schema": {"fields": [{"name": "n", "type": "integer"}]}})";

Validation validated(const QList<QByteArray> &csv)
{
    const Dataset dataset = datasetOf({ Things, Others, Lasts }, csv);
    return validate(dataset, nothingExists(dataset), 1);
}

// Three problems in the first table, two of them in one row, none in the second, one in the third.
Validation someWrong()
{
    return validated({ "id,name,price\n1,a,1\n2,,x\n3,c,1\n1,d,1\n", "n\n1\n", "id,name,price\n1,a,y\n" });
}

QString text(const std::optional<WalkStep> &step)
{
    if (!step)
        return QStringLiteral("none");
    return QStringLiteral("%1:%2:%3%4")
        .arg(step->cell.table)
        .arg(step->cell.row)
        .arg(step->cell.column)
        .arg(step->isWrapped ? QStringLiteral(" again") : QString());
}

} // namespace

class TestProblemWalk : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void walks_data()
    {
        QTest::addColumn<CellPlace>("from");
        QTest::addColumn<QString>("next");
        QTest::addColumn<QString>("previous");
        QTest::newRow("no current cell") << CellPlace { 0, -1, 0 } << "0:1:1"
                                         << "2:0:2 again";
        QTest::newRow("first cell") << CellPlace { 0, 0, 0 } << "0:1:1"
                                    << "2:0:2 again";
        QTest::newRow("in the row") << CellPlace { 0, 1, 1 } << "0:1:2"
                                    << "2:0:2 again";
        QTest::newRow("last of the row") << CellPlace { 0, 1, 2 } << "0:3:0"
                                         << "0:1:1";
        QTest::newRow("between") << CellPlace { 0, 2, 1 } << "0:3:0"
                                 << "0:1:2";
        QTest::newRow("over a table") << CellPlace { 0, 3, 0 } << "2:0:2"
                                      << "0:1:2";
        QTest::newRow("from a table without") << CellPlace { 1, 0, 0 } << "2:0:2"
                                              << "0:3:0";
        QTest::newRow("the last") << CellPlace { 2, 0, 2 } << "0:1:1 again"
                                  << "0:3:0";
        QTest::newRow("behind all rows") << CellPlace { 0, 9, 0 } << "2:0:2"
                                         << "0:3:0";
    }

    void walks()
    {
        QFETCH(CellPlace, from);
        const Validation validation = someWrong();
        QTEST(text(nextProblem(validation, from, Direction::Forwards)), "next");
        QTEST(text(nextProblem(validation, from, Direction::Backwards)), "previous");
    }

    void comesBackToTheOnlyOne()
    {
        const Validation validation = validated({ "id,name,price\n1,a,1\n", "n\nx\n2\n", "id,name,price\n" });
        for (const Direction direction : { Direction::Forwards, Direction::Backwards })
            QCOMPARE(text(nextProblem(validation, { 1, 0, 0 }, direction)), QStringLiteral("1:0:0 again"));
    }

    void findsNone()
    {
        const Validation right = validated({ "id,name,price\n1,a,1\n", "n\n", "id,name,price\n" });
        for (const Direction direction : { Direction::Forwards, Direction::Backwards }) {
            QCOMPARE(text(nextProblem(right, { 1, 0, 0 }, direction)), QStringLiteral("none"));
            QCOMPARE(text(nextProblem(Validation(), { 0, -1, 0 }, direction)), QStringLiteral("none"));
        }
    }

    void aWholeRowIsItsFirstCell()
    {
        const Validation validation = validated({ "id,name,price\n1,a,1\n2,b\n", "n\n", "id,name,price\n" });
        QCOMPARE(text(nextProblem(validation, { 0, 0, 2 }, Direction::Forwards)), QStringLiteral("0:1:0"));
    }

    void groups()
    {
        const Validation validation =
            validated({ "id,name,price\n1,,1\n2,,x\n3,c,y\n1,d,1\n", "n\nx\n", "id,name,price\n1,,1\n" });
        QStringList lines;
        const std::optional<QList<ProblemGroup>> found = groupProblems(validation);
        for (const ProblemGroup &group : *found) {
            QStringList rows;
            for (const qint32 problem : group.problems) {
                const RowId row = validation.tables.at(group.table).problems.at(problem).row;
                rows.append(QString::number(validation.dataset.tables.at(group.table).indexOf(row)));
            }
            lines.append(QStringLiteral("%1 %2: %3").arg(group.table).arg(group.words, rows.join(u',')));
        }
        QCOMPARE(lines.join(u'\n'),
                 QStringLiteral("0 missing name: 0,1\n"
                                "0 price \"…\" is not a number: 1,2\n"
                                "1 n \"…\" is not an integer: 0\n"
                                "2 missing name: 0"));
    }

    void aStopIsAnswered()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!groupProblems(someWrong(), stop.get_token()));
    }
};

SEEDBED_TEST(TestProblemWalk, QCoreApplication)
#include "tst_problemwalk.moc"
