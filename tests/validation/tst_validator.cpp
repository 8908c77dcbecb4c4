// SPDX-License-Identifier: MIT
// The rules that need more than one cell: uniqueness, keys, what is in the target, references; and their causes.

#include "fixtures.h"
#include "quiettest.h"
#include "validation/causes.h"
#include "validation/cellrules.h"
#include "validation/tableorder.h"

using namespace seedbed;

namespace {

// Every problem as "table:row message", rows counted from 1, with the cause.
QStringList problemTexts(const Validation &validation)
{
    QStringList texts;
    for (int table = 0; table < validation.tables.size(); ++table) {
        const Table &rows = validation.dataset.tables.at(table);
        for (const Problem &problem : validation.tables.at(table).problems) {
            texts += QStringLiteral("%1:%2 %3")
                         .arg(validation.dataset.package->resources.at(table).name)
                         .arg(rows.indexOf(problem.row) + 1)
                         .arg(describeWithCauses(problem, validation, table));
        }
    }
    return texts;
}

QStringList problemTexts(const Dataset &dataset)
{
    return problemTexts(validate(dataset, nothingExists(dataset), 2));
}

const QByteArray People = R"({"name": "people", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "name", "constraints": {"required": true}},
    {"name": "email", "format": "email", "constraints": {"unique": true}}]}})";
const QByteArray Letters = R"({"name": "letters", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "person", "type": "integer"}],
    "foreignKeys": [{"fields": "person", "reference": {"resource": "people", "fields": "id"}}]}})";
const QByteArray Employees = R"({"name": "employees", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "boss", "type": "integer"}],
    "foreignKeys": [{"fields": "boss", "reference": {"resource": "", "fields": "id"}}]}})";

} // namespace

class tst_Validator final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void sample();
    void firstRightRowKeepsTheValue();
    void missingValuesAreNoDuplicates();
    void duplicateKeys();
    void rowsWithoutKeyAreKnownByAllValues();
    void rowsInTheTarget();
    void valuesInTheTarget();
    void referencesIntoTheTarget();
    void referencesOfSeveralFields();
    void referencesCompareValuesNotTexts();
    void selfReferences();
    void causesUpToTheRoot();
    void causesThatLeadBack();
    void causesOfCells_data();
    void causesOfCells();
    void causesHaveAnEnd();
    void kindsOfProblems();
    void circleOfRows();
    void circleOfTables();
    void rowsOfATargetThatIsUnknown();
    void rowsOfACircleInTheTarget();
    void referencesBetweenTypes_data();
    void referencesBetweenTypes();
    void parentsToWaitFor();
    void tablesInOrder();
    void stops();
};

void tst_Validator::sample()
{
    const Dataset dataset = sampleDataset();
    const Validation validation = validate(dataset, nothingExists(dataset), 2);
    QVERIFY(validation.isComplete);
    QCOMPARE(problemTexts(validation).join(u'\n'),
             QStringLiteral("users:8 duplicate email ← row 1\n"
                            "users:10 missing name\n"
                            "products:10 price must be > 0\n"
                            "orders:8 quantity must be > 0\n"
                            "orders:8 user_id 8 not found ← users row 8: duplicate email ← row 1\n"
                            "orders:9 quantity must be > 0\n"
                            "orders:10 user_id 10 not found ← users row 10: missing name\n"
                            "orders:10 product_id 11 not found"));
    QCOMPARE(validation.tables.at(0).count(RowState::Valid), 8);
    QCOMPARE(validation.tables.at(1).count(RowState::Valid), 9);
    QCOMPARE(validation.tables.at(2).count(RowState::Valid), 7);
}

void tst_Validator::firstRightRowKeepsTheValue()
{
    // Row 1 has the address first but no name: row 2 keeps it. Row 4 has no name and comes after: both is said.
    QCOMPARE(problemTexts(datasetOf({ People }, { "id,name,email\n1,,a@x.de\n2,B,a@x.de\n3,C,a@x.de\n4,,a@x.de\n" }))
                 .join(u'\n'),
             QStringLiteral("people:1 missing name\n"
                            "people:3 duplicate email ← row 2\n"
                            "people:4 missing name\n"
                            "people:4 duplicate email ← row 2"));
}

void tst_Validator::missingValuesAreNoDuplicates()
{
    QCOMPARE(problemTexts(datasetOf({ People }, { "id,name,email\n1,A,\n2,B,\n" })), QStringList());
}

void tst_Validator::duplicateKeys()
{
    QCOMPARE(problemTexts(datasetOf({ People }, { "id,name,email\n1,A,a@x.de\n01,B,b@x.de\n2,C,c@x.de\n" })),
             QStringList({ QStringLiteral("people:2 duplicate id ← row 1") }));
}

void tst_Validator::rowsWithoutKeyAreKnownByAllValues()
{
    const QByteArray notes = R"({"name": "notes", "schema": {"fields": [{"name": "a"}, {"name": "b"}]}})";
    QCOMPARE(problemTexts(datasetOf({ notes }, { "a,b\nx,y\nx,\nx,y\nx,\n" })),
             QStringList(
                 { QStringLiteral("notes:3 duplicate row ← row 1"), QStringLiteral("notes:4 duplicate row ← row 2") }));
}

void tst_Validator::rowsInTheTarget()
{
    const Dataset dataset =
        datasetOf({ People }, { "id,name,email\n1,A,a@x.de\n2,B,b@x.de\n3,C,c@x.de\n4,,d@x.de\n1,A,a@x.de\n" });
    const auto existing = existingRows(dataset, 0, "id,name,email\n01,A,a@x.de\n2,Other,b@x.de\n4,D,d@x.de\n");
    const Validation validation = validate(dataset, { existing }, 2);
    QCOMPARE(problemTexts(validation).join(u'\n'),
             QStringLiteral("people:2 id 2 is in people.db with other values\n"
                            "people:4 missing name\n"
                            "people:5 duplicate id ← row 1\n"
                            "people:5 duplicate email ← row 1"));
    QCOMPARE(validation.tables.first().states,
             std::vector<RowState>(
                 { RowState::Unchanged, RowState::Wrong, RowState::Valid, RowState::Wrong, RowState::Wrong }));
}

void tst_Validator::valuesInTheTarget()
{
    const Dataset dataset = datasetOf({ People }, { "id,name,email\n1,A,a@x.de\n2,B,a@x.de\n3,C,c@x.de\n" });
    const auto existing = existingRows(dataset, 0, "id,name,email\n7,Z,a@x.de\n8,Y,c@x.de\n");
    // Row 2 is said to be a duplicate of row 1, not of the target too.
    QCOMPARE(problemTexts(validate(dataset, { existing }, 1)).join(u'\n'),
             QStringLiteral("people:1 duplicate email (in people.db)\n"
                            "people:2 duplicate email ← row 1\n"
                            "people:3 duplicate email (in people.db)"));
}

void tst_Validator::referencesIntoTheTarget()
{
    const Dataset dataset =
        datasetOf({ People, Letters },
                  { "id,name,email\n1,A,a@x.de\n2,,b@x.de\n", "id,person\n1,1\n2,2\n3,3\n4,4\n5,\n" });
    const auto existing = existingRows(dataset, 0, "id,name,email\n2,B,b@x.de\n3,C,c@x.de\n");
    const Validation validation = validate(dataset, { existing, ExistingRows() }, 2);
    // Person 2 is wrong here but is in the database: a letter may refer to it.
    QCOMPARE(problemTexts(validation).join(u'\n'),
             QStringLiteral("people:2 missing name\n"
                            "letters:4 person 4 not found"));
}

void tst_Validator::referencesOfSeveralFields()
{
    const QByteArray rooms = R"({"name": "rooms", "schema": {"primaryKey": ["house", "number"], "fields": [
        {"name": "house"}, {"name": "number", "type": "integer"}]}})";
    const QByteArray beds = R"({"name": "beds", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "house"}, {"name": "room", "type": "integer"}],
        "foreignKeys": [{"fields": ["house", "room"], "reference": {"resource": "rooms", "fields": ["house", "number"]}}]}})";
    // A reference with a missing part is none.
    QCOMPARE(problemTexts(datasetOf({ rooms, beds },
                                    { "house,number\na,1\na,1\nb,2\n", "id,house,room\n1,a,1\n2,a,2\n3,b,02\n4,,2\n" }))
                 .join(u'\n'),
             QStringLiteral("rooms:2 duplicate (house, number) ← row 1\n"
                            "beds:2 (house, room) (a, 2) not found"));
}

void tst_Validator::referencesCompareValuesNotTexts()
{
    QCOMPARE(problemTexts(datasetOf({ People, Letters }, { "id,name,email\n01,A,a@x.de\n", "id,person\n1,+1\n2,x\n" })),
             QStringList({ QStringLiteral("letters:2 person \"x\" is not an integer") }));
}

void tst_Validator::selfReferences()
{
    // 1 is its own boss; 4's boss is not there, and so 5's is wrong too.
    const Dataset dataset = datasetOf({ Employees }, { "id,boss\n1,1\n2,3\n3,1\n4,9\n5,4\n6,\n" });
    const Validation validation = validate(dataset, nothingExists(dataset), 2);
    QCOMPARE(problemTexts(validation).join(u'\n'),
             QStringLiteral("employees:4 boss 9 not found\n"
                            "employees:5 boss 4 not found ← employees row 4: boss 9 not found"));
    QCOMPARE(validation.tables.first().levels, std::vector<qint32>({ 0, 2, 1, 0, 0, 0 }));
    QCOMPARE(validation.tables.first().parents.front(), std::vector<qint32>({ -1, 2, 0, -1, -1, -1 }));
}

void tst_Validator::causesUpToTheRoot()
{
    const QByteArray replies = R"({"name": "replies", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "letter", "type": "integer"}],
        "foreignKeys": [{"fields": "letter", "reference": {"resource": "letters", "fields": "id"}}]}})";
    const Dataset dataset =
        datasetOf({ People, Letters, replies },
                  { "id,name,email\n1,A,a@x.de\n2,B,a@x.de\n", "id,person\n5,2\n", "id,letter\n7,5\n8,6\n" });
    const Validation validation = validate(dataset, nothingExists(dataset), 2);
    const QList<Problem> problems = validation.tables.at(2).problems;
    QCOMPARE(problems.size(), 2);
    QCOMPARE(describeWithCauses(problems.at(0), validation, 2),
             QStringLiteral(
                 "letter 5 not found ← letters row 1: person 2 not found ← people row 2: duplicate email ← row 1"));
    const QList<Cause> causes = causesOf(problems.at(0), validation, 2);
    QCOMPARE(causes.size(), 3);
    QCOMPARE(causes.at(0).table, 1);
    QCOMPARE(causes.at(0).field, 1); // the person of the letter
    QCOMPARE(causes.at(1).table, 0);
    QCOMPARE(causes.at(1).row, dataset.tables.at(0).rowId(1));
    QCOMPARE(causes.at(1).field, 2); // the email
    QCOMPARE(causes.at(2).row, dataset.tables.at(0).rowId(0));
    QVERIFY(!causes.at(2).problem);
    QVERIFY(causesOf(problems.at(1), validation, 2).isEmpty()); // there is no letter 6
}

void tst_Validator::causesThatLeadBack()
{
    // Two refers to one and to nothing, one to two.
    const QByteArray pairs = R"({"name": "pairs", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "a", "type": "integer"}, {"name": "b", "type": "integer"}],
        "foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": "id"}},
                        {"fields": "b", "reference": {"resource": "", "fields": "id"}}]}})";
    QCOMPARE(problemTexts(datasetOf({ pairs }, { "id,a,b\n1,2,\n2,1,9\n" })).join(u'\n'),
             QStringLiteral("pairs:1 a 2 not found ← pairs row 2: b 9 not found\n"
                            "pairs:2 b 9 not found\n"
                            "pairs:2 a 1 not found ← pairs row 1: a 2 not found"));
}

void tst_Validator::causesOfCells_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<int>("cause"); // the position of the person; -1: none
    QTest::newRow("the cell of the reference") << 1 << 1;
    QTest::newRow("another one that is wrong") << 2 << 2;
    QTest::newRow("wrong for a reason of its own") << 3 << -1;
    QTest::newRow("one that is right, for its row") << 0 << 1;
}

void tst_Validator::causesOfCells()
{
    QFETCH(int, field);
    QFETCH(int, cause);
    const QByteArray letters = R"({"name": "letters", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "from", "type": "integer"}, {"name": "to", "type": "integer"},
        {"name": "day", "type": "date"}], "foreignKeys": [
        {"fields": "from", "reference": {"resource": "people", "fields": "id"}},
        {"fields": "to", "reference": {"resource": "people", "fields": "id"}}]}})";
    const Dataset dataset =
        datasetOf({ People, letters }, { "id,name,email\n1,A,\n2,,\n3,,\n", "id,from,to,day\n1,2,3,x\n2,1,1,x\n" });
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    const auto found = causeOfCell(validation.problemsOf(1, 0), field, validation, 1);
    QCOMPARE(found.has_value(), cause >= 0);
    if (found) {
        QCOMPARE(found->table, 0);
        QCOMPARE(found->row, dataset.tables.at(0).rowId(cause));
        QCOMPARE(found->field, 1); // its name is missing
    }
    QVERIFY(!causeOfCell(validation.problemsOf(1, 1), field, validation, 1));
    QVERIFY(!causeOfCell({}, field, validation, 1));
}

void tst_Validator::causesHaveAnEnd()
{
    QByteArray csv = "id,boss\n";
    for (int row = 1; row <= 40; ++row)
        csv += QByteArray::number(row) + ',' + QByteArray::number(row + 1) + '\n';
    const Dataset dataset = datasetOf({ Employees }, { csv });
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    const QList<Problem> problems = validation.tables.constFirst().problems;
    QCOMPARE(problems.size(), 40);
    QCOMPARE(causesOf(problems.at(0), validation, 0).size(), 16);
    QCOMPARE(causesOf(problems.at(30), validation, 0).size(), 9);
    QCOMPARE(causesOf(problems.at(39), validation, 0).size(), 0);
}

void tst_Validator::kindsOfProblems()
{
    const auto kinds = [](const Dataset &dataset) {
        const Validation validation = validate(dataset, nothingExists(dataset), 1);
        QStringList texts;
        for (int table = 0; table < validation.tables.size(); ++table) {
            for (const Problem &problem : validation.tables.at(table).problems)
                texts += describe(kindOf(problem), dataset.package->resources.at(table));
        }
        return texts.join(u'\n');
    };
    QCOMPARE(kinds(sampleDataset()),
             QStringLiteral(
                 "duplicate email\nmissing name\nprice must be > 0\nquantity must be > 0\nuser_id … not found\n"
                 "quantity must be > 0\nuser_id … not found\nproduct_id … not found"));
    QCOMPARE(kinds(datasetOf({ People }, { "id,name,email\nx,A,a@x.de\n2,B\n" })),
             QStringLiteral("id \"…\" is not an integer\nwrong number of cells"));
}

void tst_Validator::circleOfRows()
{
    const Dataset dataset = datasetOf({ Employees }, { "id,boss\n1,2\n2,1\n3,\n4,1\n" });
    QCOMPARE(problemTexts(dataset).join(u'\n'),
             QStringLiteral("employees:1 boss 2 leads to a circle of references ← employees row 2\n"
                            "employees:2 boss 1 leads to a circle of references ← employees row 1\n"
                            "employees:4 boss 1 leads to a circle of references ← employees row 1"));
}

void tst_Validator::circleOfTables()
{
    const QByteArray teams = R"({"name": "teams", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "head", "type": "integer"}],
        "foreignKeys": [{"fields": "head", "reference": {"resource": "members", "fields": "id"}}]}})";
    const QByteArray members = R"({"name": "members", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "team", "type": "integer"}],
        "foreignKeys": [{"fields": "team", "reference": {"resource": "teams", "fields": "id"}}]}})";
    const Dataset dataset =
        datasetOf({ teams, members }, { "id,head\n1,\n2,10\n3,30\n", "id,team\n10,1\n20,2\n30,3\n" });
    const Validation validation = validate(dataset, nothingExists(dataset), 2);
    QCOMPARE(problemTexts(validation).join(u'\n'),
             QStringLiteral("teams:3 head 30 leads to a circle of references ← members row 3\n"
                            "members:3 team 3 leads to a circle of references ← teams row 3"));
    QCOMPARE(validation.tables.at(0).levels, std::vector<qint32>({ 0, 2, 0 }));
    QCOMPARE(validation.tables.at(1).levels, std::vector<qint32>({ 1, 3, 0 }));
}

// Another program keeps it locked: what is not among the rows may be there.
void tst_Validator::rowsOfATargetThatIsUnknown()
{
    const Dataset dataset =
        datasetOf({ Employees, People, Letters },
                  { "id,boss\n1,\n2,1\n3,9\n4,x\n5,4\n", "id,name,email\n1,A,\n2,,\n", "id,person\n1,1\n2,2\n3,9\n" });
    QList<ExistingRows> existing;
    for (int table = 0; table < 3; ++table) {
        existing.append(ExistingRows(*dataset.package, table));
        existing.last().setUnknown();
    }
    const Validation validation = validate(dataset, existing, 2);
    QCOMPARE(problemTexts(validation).join(u'\n'),
             QStringLiteral("employees:4 boss \"x\" is not an integer\n"
                            "employees:5 boss 4 not found ← employees row 4: boss \"x\" is not an integer\n"
                            "people:2 missing name"));
    QCOMPARE(validation.tables.at(0).parents.front(),
             std::vector<qint32>({ NoParent, 0, UnknownParent, NoParent, NoParent }));
    QCOMPARE(validation.tables.at(2).parents.front(), std::vector<qint32>({ 0, UnknownParent, UnknownParent }));
}

void tst_Validator::rowsOfACircleInTheTarget()
{
    const Dataset dataset = datasetOf({ Employees }, { "id,boss\n1,2\n2,1\n3,8\n4,3\n" });
    const Validation validation = validate(dataset, { existingRows(dataset, 0, "id,boss\n2,1\n8,\n") }, 2);
    QCOMPARE(problemTexts(validation), QStringList());
    QCOMPARE(validation.tables.first().states,
             std::vector<RowState>({ RowState::Valid, RowState::Unchanged, RowState::Valid, RowState::Valid }));
    QCOMPARE(validation.tables.first().parents.front(), std::vector<qint32>({ -1, 0, -1, 2 }));
    QCOMPARE(validation.tables.first().levels, std::vector<qint32>({ 0, 1, 0, 1 }));
}

void tst_Validator::referencesBetweenTypes_data()
{
    QTest::addColumn<QByteArray>("parentType");
    QTest::addColumn<QByteArray>("childType");
    QTest::addColumn<QStringList>("notFound"); // of the keys 1, 2.5 and 3
    const QString fraction = QStringLiteral("2.5");
    const auto add = [](const char *parentType, const char *childType, const QStringList &notFound) {
        QTest::addRow("%s, %s", parentType, childType) << QByteArray(parentType) << QByteArray(childType) << notFound;
    };
    const QStringList three { QStringLiteral("3") };
    const QStringList all { QStringLiteral("1"), fraction, QStringLiteral("3") };
    add("number", "number", three);
    add("number", "string", all); // a text is no number
    add("string", "number", all);
    add("string", "string", three);
    add("integer", "number", { fraction, QStringLiteral("3") });
    add("number", "integer", three);
    add("integer", "string", all);
}

// What is compared are values, and how a table's keys are coded makes no difference.
void tst_Validator::referencesBetweenTypes()
{
    QFETCH(QByteArray, parentType);
    QFETCH(QByteArray, childType);
    QFETCH(QStringList, notFound);
    const QByteArray parent =
        R"({"name": "a", "schema": {"primaryKey": "k", "fields": [{"name": "k", "type": ")" + parentType + "\"}]}}";
    const QByteArray child = R"({"name": "b", "schema": {"primaryKey": "id", "fields": [{"name": "id"},
        {"name": "k", "type": ")"
        + childType + R"("}], "foreignKeys": [{"fields": "k", "reference": {"resource": "a", "fields": "k"}}]}})";
    const QByteArray keys = parentType == "integer" ? "k\n1\n2\n" : "k\n1\n2.5\n";
    QByteArray rows = "id,k\n1,1\n2,2.5\n3,3\n";
    if (childType == "integer")
        rows.replace("2.5", "");
    const auto missing = [](const Validation &validation) {
        QStringList cells;
        for (const Problem &problem : validation.tables.at(1).problems) {
            const Table &table = validation.dataset.tables.at(1);
            cells += QString::fromUtf8(table.cell(table.indexOf(problem.row), 1));
        }
        return cells;
    };
    const Dataset inRows = datasetOf({ parent, child }, { keys, rows });
    QCOMPARE(missing(validate(inRows, nothingExists(inRows), 1)), notFound);
    const Dataset inTarget = datasetOf({ parent, child }, { "k\n", rows });
    QCOMPARE(missing(validate(inTarget, { existingRows(inTarget, 0, keys), ExistingRows() }, 1)), notFound);
}

void tst_Validator::parentsToWaitFor()
{
    const Dataset dataset = datasetOf({ People, Letters },
                                      { "id,name,email\n1,,a@x.de\n1,B,b@x.de\n3,C,c@x.de\n4,D,d@x.de\n",
                                        "id,person\n1,1\n2,3\n3,4\n4,\n" });
    const auto existing = existingRows(dataset, 0, "id,name,email\n4,D,d@x.de\n");
    const Validation validation = validate(dataset, { existing, ExistingRows() }, 2);
    // Person 1 is wrong in its first row and right in its second; person 4 is in the target already.
    QCOMPARE(validation.tables.at(1).parents.front(), std::vector<qint32>({ 1, 2, -1, -1 }));
    QVERIFY(validation.tables.at(1).levels.empty());
}

void tst_Validator::tablesInOrder()
{
    const Dataset dataset =
        datasetOf({ Letters, People, Employees }, { "id,person\n", "id,name,email\n", "id,boss\n" });
    const QList<TableGroup> groups = tableOrder(*dataset.package);
    QCOMPARE(groups.size(), 3);
    QCOMPARE(groups.at(0).tables, QList<int>({ 1 }));
    QCOMPARE(groups.at(1).tables, QList<int>({ 0 }));
    QCOMPARE(groups.at(2).tables, QList<int>({ 2 }));
    QVERIFY(!groups.at(0).isCircle && !groups.at(1).isCircle && groups.at(2).isCircle);
}

void tst_Validator::stops()
{
    std::stop_source stop;
    stop.request_stop();
    const Dataset dataset = sampleDataset();
    QVERIFY(!validate(dataset, nothingExists(dataset), 2, stop.get_token()).isComplete);
}

SEEDBED_TEST(tst_Validator, QCoreApplication)
#include "tst_validator.moc"
