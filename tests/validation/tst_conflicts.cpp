// SPDX-License-Identifier: MIT
// Rows whose key is in the target with other values, under every policy; and what an update frees and takes.

#include "fixtures.h"
#include "quiettest.h"
#include "validation/validator.h"

#include <numeric>

using namespace seedbed;

namespace {

const QByteArray People = R"({"name": "people", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "name", "constraints": {"required": true}},
    {"name": "email", "constraints": {"unique": true}}]}})";
const QByteArray Letters = R"({"name": "letters", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "to"}],
    "foreignKeys": [{"fields": "to", "reference": {"resource": "people", "fields": "email"}}]}})";
const QByteArray Employees = R"({"name": "employees", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "badge", "constraints": {"unique": true}},
    {"name": "boss", "type": "integer"}],
    "foreignKeys": [{"fields": "boss", "reference": {"resource": "", "fields": "id"}}]}})";

// The states of a table's rows, a letter each: valid, unchanged, changed, wrong.
QString statesOf(const Validation &validation, int table)
{
    QString states;
    for (const RowState state : validation.tables.at(table).states)
        states += QLatin1StringView("vucw").at(static_cast<qsizetype>(state));
    return states;
}

QString problemsOf(const Validation &validation, int table)
{
    QStringList texts;
    for (const Problem &problem : validation.tables.at(table).problems) {
        texts += QStringLiteral("%1 %2")
                     .arg(validation.dataset.tables.at(table).indexOf(problem.row) + 1)
                     .arg(describe(problem, validation.dataset, table));
    }
    return texts.join(QStringLiteral("; "));
}

QString togetherOf(const Validation &validation, int table)
{
    QStringList rows;
    for (const qint32 row : validation.tables.at(table).together)
        rows += QString::number(row + 1);
    return rows.join(u' ');
}

Validation validated(const Dataset &dataset, const QList<ExistingRows> &existing, ConflictPolicy onConflict)
{
    return validate(dataset, existing, 2, {}, nullptr, onConflict);
}

} // namespace

class tst_Conflicts final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void policies_data();
    void policies();
    void updates_data();
    void updates();
    void chunksMakeNoDifference();
    void referencesToUpdatedRows();
    void referencesToOneOfSeveralRows();
    void wrongReferencesKeepTheirValues();
    void noTakeoversInACircle();
    void names();
};

void tst_Conflicts::policies_data()
{
    QTest::addColumn<int>("policy");
    QTest::addColumn<QString>("states");
    QTest::addColumn<QString>("problems");
    QTest::newRow("skip") << static_cast<int>(ConflictPolicy::Skip) << "uwvw"
                          << "2 id 2 is in people.db with other values; 4 missing name";
    QTest::newRow("update") << static_cast<int>(ConflictPolicy::Update) << "ucvw"
                            << "4 missing name";
    QTest::newRow("fail") << static_cast<int>(ConflictPolicy::Fail) << "uwvw"
                          << "2 id 2 is in people.db with other values; 4 missing name";
}

void tst_Conflicts::policies()
{
    QFETCH(int, policy);
    const Dataset dataset = datasetOf({ People }, { "id,name,email\n1,A,a\n2,B,b\n3,C,c\n4,,d\n" });
    const auto existing = existingRows(dataset, 0, "id,name,email\n1,A,a\n2,Other,b\n4,D,d\n");
    const Validation validation = validated(dataset, { existing }, static_cast<ConflictPolicy>(policy));
    QTEST(statesOf(validation, 0), "states");
    QTEST(problemsOf(validation, 0), "problems");
    QVERIFY(!validation.isConflict(0, 0));
    QVERIFY(validation.isConflict(0, 1)); // under each of them
    QVERIFY(!validation.isConflict(0, 3));
    QCOMPARE(validation.hasConflicts(), policy != static_cast<int>(ConflictPolicy::Update));
}

void tst_Conflicts::updates_data()
{
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<QByteArray>("existing");
    QTest::addColumn<QString>("states");
    QTest::addColumn<QString>("problems");
    QTest::addColumn<QString>("together");
    const auto row = [](const char *name, const char *rows, const char *existing, const char *states,
                        const char *problems, const char *together) {
        QTest::newRow(name) << QByteArray("id,name,email\n").append(rows)
                            << QByteArray("id,name,email\n").append(existing) << states << problems << together;
    };
    row("keeps its own value", "1,New,a\n", "1,A,a\n", "c", "", "");
    row("another's value", "1,A,b\n", "1,A,a\n2,B,b\n", "w", "1 duplicate email (in people.db)", "");
    row("a value that is given up", "2,B,a\n1,A,z\n", "1,A,a\n", "vc", "", "2 1");
    row("a chain", "1,A,b\n2,B,c\n3,C,d\n", "1,A,a\n2,B,b\n3,C,c\n", "ccc", "", "3 2 1");
    row("an exchange", "1,A,b\n2,B,a\n", "1,A,a\n2,B,b\n", "cc", "", "1 2");
    row("a chain to a new row", "3,C,a\n1,A,b\n2,B,x\n", "1,A,a\n2,B,b\n", "vcc", "", "3 2 1");
    row("given up by a wrong row", "2,B,a\n1,,z\n", "1,A,a\n", "ww", "1 duplicate email (in people.db); 2 missing name",
        "");
    row("a chain with a wrong end", "1,A,b\n2,B,c\n3,C,d\n4,D,d\n", "1,A,a\n2,B,b\n3,C,c\n9,Z,d\n", "wwww",
        "1 duplicate email (in people.db); 2 duplicate email (in people.db); 3 duplicate email (in people.db); "
        "4 duplicate email",
        "");
    row("given up by a duplicate", "1,A,a\n1,B,z\n2,C,y\n", "1,A,a\n", "uwv", "2 duplicate id", "");
    row("another row has it too", "1,A,z\n2,B,a\n", "1,A,a\n7,G,a\n", "cw", "2 duplicate email (in people.db)", "");
    row("another row before has it too", "1,A,z\n2,B,a\n", "7,G,a\n1,A,a\n", "cw", "2 duplicate email (in people.db)",
        "");
    row("given up by two", "1,A,z\n7,G,y\n2,B,a\n", "7,G,a\n1,A,a\n", "ccv", "", "1 2 3");
    row("nothing in its place", "1,A,\n2,B,a\n", "1,A,a\n", "cv", "", "1 2");
}

void tst_Conflicts::updates()
{
    QFETCH(QByteArray, rows);
    QFETCH(QByteArray, existing);
    const Dataset dataset = datasetOf({ People }, { rows });
    const Validation validation = validated(dataset, { existingRows(dataset, 0, existing) }, ConflictPolicy::Update);
    QTEST(statesOf(validation, 0), "states");
    QTEST(problemsOf(validation, 0), "problems");
    QTEST(togetherOf(validation, 0), "together");
}

void tst_Conflicts::chunksMakeNoDifference()
{
    // Each row takes the value of the one before.
    QByteArray rows = "id,name,email\n";
    QByteArray existing = rows;
    for (int i = 1; i <= 100; ++i) {
        rows += QByteArray::number(i) + ",N,e" + QByteArray::number(i - 1) + '\n';
        existing += QByteArray::number(i) + ",N,e" + QByteArray::number(i) + '\n';
    }
    std::vector<qint32> order(100);
    std::iota(order.begin(), order.end(), 0);
    for (const qsizetype chunkRows : { 1, 7, 1000 }) {
        const Dataset dataset = datasetOf({ People }, { rows }, chunkRows);
        const Validation validation =
            validated(dataset, { existingRows(dataset, 0, existing) }, ConflictPolicy::Update);
        QCOMPARE(statesOf(validation, 0), QString(100, u'c'));
        QCOMPARE(validation.tables.at(0).together, order);
    }
}

void tst_Conflicts::referencesToUpdatedRows()
{
    // The first two are updated, the third stays as it is. What is there no more cannot be referred to.
    const Dataset dataset =
        datasetOf({ People, Letters },
                  { "id,name,email\n1,A,new\n2,Other,b\n3,C,c\n", "id,to\n1,a\n2,new\n3,b\n4,c\n" });
    const auto existing = existingRows(dataset, 0, "id,name,email\n1,A,a\n2,B,b\n3,C,c\n");
    const Validation validation = validated(dataset, { existing, ExistingRows() }, ConflictPolicy::Update);
    QCOMPARE(statesOf(validation, 0), QStringLiteral("ccu"));
    QCOMPARE(problemsOf(validation, 1), QStringLiteral("1 to a not found"));
    // The second letter waits for its new address; those that stay are there already.
    QCOMPARE(validation.tables.at(1).parents.front(), std::vector<qint32>({ -1, 0, -1, -1 }));
}

// A database that keeps no value unique may have it in several rows: it is there as long as one of them stays.
void tst_Conflicts::referencesToOneOfSeveralRows()
{
    for (const QByteArray existing : { "1,A,a\n7,G,a\n", "7,G,a\n1,A,a\n" }) {
        for (const bool isGivenUp : { false, true }) {
            const QByteArray rows = isGivenUp ? "1,A,x\n7,G,y\n" : "1,A,x\n";
            const Dataset dataset = datasetOf({ People, Letters }, { "id,name,email\n" + rows, "id,to\n1,a\n" });
            const Validation validation =
                validated(dataset, { existingRows(dataset, 0, "id,name,email\n" + existing), ExistingRows() },
                          ConflictPolicy::Update);
            QCOMPARE(problemsOf(validation, 1), isGivenUp ? QStringLiteral("1 to a not found") : QString());
        }
    }
}

void tst_Conflicts::wrongReferencesKeepTheirValues()
{
    const QByteArray offices = R"({"name": "offices", "schema": {"primaryKey": "id", "fields": [{"name": "id"}]}})";
    const QByteArray desks = R"({"name": "desks", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "office"}, {"name": "phone", "constraints": {"unique": true}}],
        "foreignKeys": [{"fields": "office", "reference": {"resource": "offices", "fields": "id"}}]}})";
    // Desk 1 would give up its phone, but its office is not there.
    const Dataset dataset = datasetOf({ offices, desks }, { "id\nA\n", "id,office,phone\n1,Z,5\n2,A,1\n" });
    const auto existing = existingRows(dataset, 1, "id,office,phone\n1,A,1\n");
    const Validation validation = validated(dataset, { ExistingRows(), existing }, ConflictPolicy::Update);
    QCOMPARE(problemsOf(validation, 1), QStringLiteral("1 office Z not found; 2 duplicate phone (in desks.db)"));
    QCOMPARE(statesOf(validation, 1), QStringLiteral("ww"));
    QVERIFY(validation.tables.at(1).together.empty());
}

void tst_Conflicts::noTakeoversInACircle()
{
    const Dataset dataset = datasetOf({ Employees }, { "id,badge,boss\n1,z,\n2,x,1\n3,y,2\n" });
    const auto existing = existingRows(dataset, 0, "id,badge,boss\n1,x,\n3,y,\n");
    const Validation validation = validated(dataset, { existing }, ConflictPolicy::Update);
    QCOMPARE(problemsOf(validation, 0), QStringLiteral("2 duplicate badge (in employees.db); 3 boss 2 not found"));
    QCOMPARE(statesOf(validation, 0), QStringLiteral("cww"));
}

void tst_Conflicts::names()
{
    for (const auto policy : { ConflictPolicy::Skip, ConflictPolicy::Update, ConflictPolicy::Fail })
        QCOMPARE(conflictPolicyNamed(nameOf(policy)), policy);
    QCOMPARE(conflictPolicyNamed(QStringLiteral("replace")), std::nullopt);
}

SEEDBED_TEST(tst_Conflicts, QCoreApplication)
#include "tst_conflicts.moc"
