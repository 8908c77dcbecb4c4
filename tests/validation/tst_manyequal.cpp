// SPDX-License-Identifier: MIT
// Many rows with one key, and many that ask for it: the cost is the sum of both, not the product. With a product a
// validation here takes minutes; it is stopped then, and so not complete.

#include "deadline.h"
#include "fixtures.h"
#include "quiettest.h"
#include "validation/validator.h"

#include <functional>

using namespace seedbed;
using namespace std::chrono_literals;

namespace {

constexpr int Many = 100'000;

QByteArray csvOf(const QByteArray &header, int rows, const std::function<QByteArray(const QByteArray &)> &row)
{
    QByteArray csv = header + '\n';
    for (int number = 1; number <= rows; ++number)
        csv += row(QByteArray::number(number)) + '\n';
    return csv;
}

const QByteArray Parents = R"({"name": "parents", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "size", "type": "integer", "constraints": {"minimum": 0}},
    {"name": "code", "constraints": {"unique": true}}]}})";
const QByteArray Children = R"({"name": "children", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "parent", "type": "integer"}, {"name": "code"}], "foreignKeys": [
    {"fields": "parent", "reference": {"resource": "parents", "fields": "id"}},
    {"fields": "code", "reference": {"resource": "parents", "fields": "code"}}]}})";
const QByteArray Nodes = R"({"name": "nodes", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "size", "type": "integer", "constraints": {"minimum": 0}},
    {"name": "up", "type": "integer"}],
    "foreignKeys": [{"fields": "up", "reference": {"resource": "", "fields": "id"}}]}})";
const QByteArray Teams = R"({"name": "teams", "schema": {"primaryKey": "id", "fields": [
    {"name": "id"}, {"name": "size", "type": "integer", "constraints": {"minimum": 0}}, {"name": "head"}],
    "foreignKeys": [{"fields": "head", "reference": {"resource": "members", "fields": "id"}}]}})";
const QByteArray Members = R"({"name": "members", "schema": {"primaryKey": "id", "fields": [
    {"name": "id"}, {"name": "team"}],
    "foreignKeys": [{"fields": "team", "reference": {"resource": "teams", "fields": "id"}}]}})";
const QByteArray People = R"({"name": "people", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "size", "type": "integer", "constraints": {"minimum": 0}},
    {"name": "email", "constraints": {"unique": true}}]}})";
const QByteArray Letters = R"({"name": "letters", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "to"}],
    "foreignKeys": [{"fields": "to", "reference": {"resource": "people", "fields": "email"}}]}})";

} // namespace

class tst_ManyEqual final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void inThePackage_data();
    void inThePackage();
    void inTheTarget_data();
    void inTheTarget();
    void anAnswerChangesWhenAnUpdateIsRefused();
};

void tst_ManyEqual::inThePackage_data()
{
    QTest::addColumn<QList<QByteArray>>("resources");
    QTest::addColumn<QList<QByteArray>>("csv");
    QTest::addColumn<QList<int>>("problems"); // per table
    const auto wrongParents = csvOf("id,size,code", Many, [](const QByteArray &) { return "1,-1,x"; });
    QTest::newRow("children of wrong parents")
        << QList<QByteArray> { Parents, Children }
        << QList<QByteArray> { wrongParents,
                               csvOf("id,parent,code", Many, [](const QByteArray &i) { return i + ",1,x"; }) }
        << QList<int> { Many, 2 * Many };
    QTest::newRow("wrong parents and a right one")
        << QList<QByteArray> { Parents, Children }
        << QList<QByteArray> { wrongParents + "1,1,x\n",
                               csvOf("id,parent,code", Many, [](const QByteArray &i) { return i + ",1,x"; }) }
        << QList<int> { Many, 0 };
    // Each row is a wrong parent of all of the others, or of the first ones.
    QTest::newRow("a table that refers to itself")
        << QList<QByteArray> { Nodes }
        << QList<QByteArray> { csvOf("id,size,up", Many, [](const QByteArray &) { return "1,-1,2"; })
                               + csvOf("2,-1,1", Many, [](const QByteArray &) { return "2,-1,1"; }) }
        << QList<int> { 2 * (2 * Many + 1) };
    QTest::newRow("a table that refers to itself, without a right row, without a wrong cell")
        << QList<QByteArray> { Nodes }
        << QList<QByteArray> { csvOf("id,size,up", Many, [](const QByteArray &) { return "1,1,2"; })
                               + csvOf("2,1,1", Many, [](const QByteArray &) { return "2,1,1"; }) }
        << QList<int> { 2 * Many - 1 + 2 * Many + 1 };
    QTest::newRow("a circle of tables")
        << QList<QByteArray> { Teams, Members }
        << QList<QByteArray> { csvOf("id,size,head", Many, [](const QByteArray &) { return "a,-1,m"; }),
                               csvOf("id,team", Many, [](const QByteArray &) { return "m,a"; }) }
        << QList<int> { 2 * Many, 2 * Many - 1 };
}

void tst_ManyEqual::inThePackage()
{
    QFETCH(QList<QByteArray>, resources);
    QFETCH(QList<QByteArray>, csv);
    QFETCH(QList<int>, problems);
    const Dataset dataset = datasetOf(resources, csv);
    const Deadline deadline(60s);
    const Validation validation = validate(dataset, nothingExists(dataset), 2, deadline.token());
    QVERIFY(validation.isComplete);
    for (int table = 0; table < problems.size(); ++table)
        QCOMPARE(validation.tables.at(table).problems.size(), problems.at(table));
}

void tst_ManyEqual::inTheTarget_data()
{
    QTest::addColumn<QByteArray>("people");
    QTest::addColumn<QByteArray>("existing");
    QTest::addColumn<ConflictPolicy>("policy");
    QTest::addColumn<int>("wrongPeople");
    QTest::addColumn<int>("wrongLetters");
    const auto heldByAll = csvOf("id,size,email", Many, [](const QByteArray &i) { return i + ",1,e"; });
    const auto givenUp = csvOf("id,size,email", Many, [](const QByteArray &i) { return i + ",1,n" + i; });
    const auto wrongTakers = [](const QByteArray &i) { return "9" + i + "0000000,-1,e"; };
    QTest::newRow("a value that all give up") << givenUp << heldByAll << ConflictPolicy::Update << 0 << Many;
    QTest::newRow("a value that all keep")
        << csvOf("id,size,email", Many, [](const QByteArray &i) { return i + ",2,e"; }) << heldByAll
        << ConflictPolicy::Update << Many << 0;
    QTest::newRow("a value that all give up, wanted by wrong rows")
        << givenUp + csvOf("0,-1,e", Many - 1, wrongTakers) << heldByAll << ConflictPolicy::Update << Many << Many;
    QTest::newRow("a value that none gives up, wanted by wrong rows")
        << csvOf("id,size,email", Many, wrongTakers) << heldByAll << ConflictPolicy::Skip << 2 * Many << 0;
    // The target has one row many times, as it keeps no key unique.
    QTest::newRow("wrong rows with the key that all have")
        << csvOf("id,size,email", Many, [](const QByteArray &) { return "1,-1,e"; })
        << csvOf("id,size,email", Many, [](const QByteArray &) { return "1,1,e"; }) << ConflictPolicy::Update << Many
        << 0;
}

void tst_ManyEqual::inTheTarget()
{
    QFETCH(QByteArray, people);
    QFETCH(QByteArray, existing);
    QFETCH(ConflictPolicy, policy);
    QFETCH(int, wrongPeople);
    QFETCH(int, wrongLetters);
    const Dataset dataset =
        datasetOf({ People, Letters }, { people, csvOf("id,to", Many, [](const QByteArray &i) { return i + ",e"; }) });
    const Deadline deadline(60s);
    const Validation validation =
        validate(dataset, { existingRows(dataset, 0, existing), ExistingRows() }, 2, deadline.token(), nullptr, policy);
    QVERIFY(validation.isComplete);
    QCOMPARE(validation.tables.at(0).problems.size(), wrongPeople);
    QCOMPARE(validation.tables.at(1).problems.size(), wrongLetters);
}

// Who gives up a value is asked while the references of its own table are checked, and again when those of another one
// are: by then the update may be refused.
void tst_ManyEqual::anAnswerChangesWhenAnUpdateIsRefused()
{
    const QByteArray desks = R"({"name": "desks", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "phone", "constraints": {"unique": true}}, {"name": "next"}],
        "foreignKeys": [{"fields": "next", "reference": {"resource": "", "fields": "phone"}}]}})";
    const QByteArray calls = R"({"name": "calls", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "phone"}],
        "foreignKeys": [{"fields": "phone", "reference": {"resource": "desks", "fields": "phone"}}]}})";
    // Desk 1 was to give up its phone a, which desk 2 asks for; but desk 1 refers to nothing, and so it keeps it.
    const Dataset dataset = datasetOf({ desks, calls }, { "id,phone,next\n1,b,none\n2,c,a\n", "id,phone\n1,a\n2,b\n" });
    const Validation validation =
        validate(dataset, { existingRows(dataset, 0, "id,phone,next\n1,a,\n"), ExistingRows() }, 2, {}, nullptr,
                 ConflictPolicy::Update);
    QStringList said;
    for (int table = 0; table < 2; ++table) {
        for (const Problem &problem : validation.tables.at(table).problems)
            said += describe(problem, dataset, table);
    }
    QCOMPARE(said.join(u'\n'), QStringLiteral("next none not found\nnext a not found\nphone b not found"));
}

SEEDBED_TEST(tst_ManyEqual, QCoreApplication)
#include "tst_manyequal.moc"
