// SPDX-License-Identifier: MIT
// Every rule that looks at one cell: a row that passes, a row that breaks it, the edge between; and its words.

#include "fixtures.h"
#include "quiettest.h"
#include "validation/cellrules.h"
#include "validation/cellvalues.h"
#include "validation/decimal.h"
#include "validation/validator.h"

#include <QRandomGenerator>

using namespace seedbed;

class tst_CellRules final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void missingValues();
    void allProblemsOfARow();
    void raggedRows();
    void atAGlanceAsInFull();
    void seenAtAGlance_data();
    void seenAtAGlance();
    void wordsOfRules();
};

void tst_CellRules::rules_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<QString>("rule");    // or rules; empty: right
    QTest::addColumn<QString>("message"); // of the first
    const auto add = [](const char *field, const char *cell, const char *rule = "", const char *message = "") {
        QTest::addRow("%s: %s", field, cell)
            << QByteArray(field) << QByteArray(cell) << QString::fromUtf8(rule) << QString::fromUtf8(message);
    };
    const char *integer = R"("type": "integer")";
    add(integer, "5");
    add(integer, "-5");
    add(integer, "5.0", "type", "f \"5.0\" is not an integer");
    add(integer, " 5", "type", "f \" 5\" is not an integer");
    add(integer, "9223372036854775808", "type", "f 9223372036854775808 is too large for the database");
    const char *number = R"("type": "number")";
    add(integer, "123456789012345678901234567890123456789", "type",
        "f 123456789012345678901234567890123456789 is too large for the database");
    add(integer, "1234567890123456789012345678901234567890", "type",
        "f 1234567890123456789012345678901234567890 is too large for the database"); // as long as is shown
    add(integer, "12345678901234567890123456789012345678901", "type",
        "f 123456789012345678901234567890123456789… is too large for the database");
    add(number, "19.99");
    add(number, "1,5", "type", "f \"1,5\" is not a number");
    add(number, "0.1234567890123456", "type", "f 0.1234567890123456 has more digits than the database keeps exactly");
    add(R"("type": "boolean")", "true");
    add(R"("type": "boolean")", "yes", "type", "f \"yes\" is not true or false");
    add(R"("type": "date")", "2024-02-29");
    add(R"("type": "date")", "2023-02-29", "type", "f \"2023-02-29\" is not a date (YYYY-MM-DD)");
    add(R"("type": "date", "format": "any")", "29.2.2024", "type", "f \"29.2.2024\" is not a date (YYYY-MM-DD)");
    add(R"("type": "date", "format": "%d/%m/%Y")", "29/02/2024");
    add(R"("type": "date", "format": "%d/%m/%Y")", "2024-02-29", "type",
        "f \"2024-02-29\" is not a date of the form %d/%m/%Y");
    add(R"("type": "string", "format": "email")", "a@example.com");
    add(R"("type": "string", "format": "email")", "a@example", "format", "invalid f");
    add(R"("constraints": {"required": true})", "x");
    add(R"("constraints": {"required": true})", "", "required", "missing f");
    add(R"("constraints": {"required": false})", "");

    const char *price = R"("type": "number", "constraints": {"exclusiveMinimum": 0})";
    add(price, "0.0000001");
    add(price, "0", "exclusiveMinimum", "f must be > 0");
    add(price, "0.00", "exclusiveMinimum", "f must be > 0");
    add(price, "-50.00", "exclusiveMinimum", "f must be > 0");
    add(price, "NaN", "exclusiveMinimum", "f must be > 0");
    const char *minimum = R"("type": "number", "constraints": {"minimum": 0.1})";
    add(minimum, "0.1");
    add(minimum, "0.10");
    add(minimum, "0.0999999999", "minimum", "f must be >= 0.1");
    const char *maximum = R"("type": "integer", "constraints": {"maximum": 10})";
    add(maximum, "10");
    add(maximum, "11", "maximum", "f must be <= 10");
    const char *below = R"("type": "integer", "constraints": {"exclusiveMaximum": 10})";
    add(below, "9");
    add(below, "10", "exclusiveMaximum", "f must be < 10");
    const char *since = R"("type": "date", "constraints": {"minimum": "2024-01-01"})";
    add(since, "2024-01-01");
    add(since, "2023-12-31", "minimum", "f must be >= 2024-01-01");

    const char *huge = R"("type": "integer", "constraints": {"minimum": 9223372036854775807})";
    add(huge, "9223372036854775807");
    add(huge, "9223372036854775806", "minimum", "f must be >= 9223372036854775807");
    const char *tiny = R"("type": "integer", "constraints": {"maximum": -9223372036854775808})";
    add(tiny, "-9223372036854775808");
    add(tiny, "-9223372036854775807", "maximum", "f must be <= -9223372036854775808");
    const char *beyond = R"("type": "integer", "constraints": {"exclusiveMaximum": 9223372036854775808})";
    add(beyond, "9223372036854775807");
    const char *above = R"("type": "integer", "constraints": {"exclusiveMinimum": 9223372036854775806})";
    add(above, "9223372036854775807");
    add(above, "9223372036854775806", "exclusiveMinimum", "f must be > 9223372036854775806");
    const char *fine = R"("type": "number", "constraints": {"minimum": 0.1234567890123456789})";
    add(fine, "0.123456789012346");
    add(fine, "0.123456789012345", "minimum", "f must be >= 0.1234567890123456789");
    const char *comma = R"("type": "number", "decimalChar": ",", "groupChar": ".",
        "constraints": {"minimum": "1.000,5", "enum": ["1.000,5", 2000]})";
    add(comma, "1000,50");
    add(comma, "2.000");
    add(comma, "1.000,4", "minimum enum", "f must be >= 1000.5");
    const char *tight = R"("type": "integer", "constraints": {"minimum": 5, "exclusiveMinimum": 3, "maximum": 7,
        "exclusiveMaximum": 9})";
    add(tight, "5");
    add(tight, "7");
    add(tight, "4", "minimum", "f must be >= 5");
    add(tight, "8", "maximum", "f must be <= 7");
    add(tight, "3", "minimum exclusiveMinimum", "f must be >= 5");
    add(tight, "9", "maximum exclusiveMaximum", "f must be <= 7");
    const char *loose = R"("type": "number", "constraints": {"minimum": 3, "exclusiveMinimum": 5, "maximum": 9,
        "exclusiveMaximum": 7})";
    add(loose, "5.01");
    add(loose, "6.99");
    add(loose, "5", "exclusiveMinimum", "f must be > 5");
    add(loose, "7", "exclusiveMaximum", "f must be < 7");

    const char *length = R"("constraints": {"minLength": 2, "maxLength": 3})";
    add(length, "ab");
    add(length, "abc");
    add(length, "äöü"); // three characters, six bytes
    add(length, "a", "minLength", "f must be 2 or more characters long");
    add(length, "abcd", "maxLength", "f must be no more than 3 characters long");
    const char *pattern = R"("constraints": {"pattern": "[A-Z]{2}"})";
    add(pattern, "AB");
    add(pattern, "ABC", "pattern", "f must match [A-Z]{2}");
    add(pattern, "xAB", "pattern", "f must match [A-Z]{2}");
    add(pattern, "AB\n", "pattern", "f must match [A-Z]{2}");
    QByteArray values;
    for (int i = 1; i <= 30; ++i)
        values += (i > 1 ? ", " : "") + QByteArray::number(i);
    static const QByteArray many = "\"type\": \"integer\", \"constraints\": {\"enum\": [" + values + "]}";
    add(many, "30");
    add(many, "31", "enum",
        "f must be one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 and 10 more values");
    static const QByteArray longPattern = "\"constraints\": {\"pattern\": \"" + QByteArray(300, 'x') + "\"}";
    static const QByteArray cut = "f must match " + QByteArray(199, 'x') + "…";
    add(longPattern, "y", "pattern", cut);
    add(R"("constraints": {"pattern": "a|bc"})", "ac", "pattern", "f must match a|bc");
    const char *choice = R"("constraints": {"enum": ["S", "M"]})";
    add(choice, "S");
    add(choice, "s", "enum", "f must be one of S, M");
    add(R"("type": "number", "constraints": {"enum": [1, 2.5]})", "2.50");
    add(R"("type": "number", "constraints": {"enum": [1, 2.5]})", "2", "enum", "f must be one of 1, 2.5");
}

void tst_CellRules::rules()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, cell);
    QFETCH(QString, rule);
    QFETCH(QString, message);
    const QByteArray resource =
        R"({"name": "t", "schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"},)"
        R"({"name": "f", )"
        + field + "}]}}";
    Dataset dataset = datasetOf({ resource }, { "id,f\n" });
    dataset.tables.first().append(QList<QByteArray> { "1", cell });

    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    const QList<Problem> problems = validation.tables.first().problems;
    QStringList broken;
    for (const Problem &problem : problems)
        broken += ruleName(problem.rule);
    QCOMPARE(broken.join(u' '), rule);
    QCOMPARE(validation.tables.first().states.front(), rule.isEmpty() ? RowState::Valid : RowState::Wrong);
    if (problems.isEmpty())
        return;
    QCOMPARE(describe(problems.first(), dataset, 0), message);
    QCOMPARE(problems.first().field, 1);
    QCOMPARE(problems.first().row, dataset.tables.first().rowId(0));
}

void tst_CellRules::missingValues()
{
    const Dataset dataset =
        datasetOf({ R"({"name": "t", "schema": {"primaryKey": "id", "missingValues": ["", "n/a"], "fields": [
            {"name": "id", "type": "integer"}, {"name": "n", "type": "integer"},
            {"name": "r", "constraints": {"required": true}}]}})" },
                  { "id,n,r\n1,n/a,x\n2,,x\n3,-,x\n4,5,n/a\nn/a,5,x\n" });
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    QStringList texts;
    for (const Problem &problem : validation.tables.first().problems)
        texts += describe(problem, dataset, 0);
    QCOMPARE(texts,
             QStringList({ QStringLiteral("n \"-\" is not an integer"), QStringLiteral("missing r"),
                           QStringLiteral("missing id") }));
    QCOMPARE(validation.tables.first().problems.last().rule, Rule::PrimaryKey);
}

void tst_CellRules::allProblemsOfARow()
{
    const Dataset dataset =
        datasetOf({ R"({"name": "t", "schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"},
            {"name": "code", "constraints": {"minLength": 3, "pattern": "[A-Z]*", "enum": ["ABC"]}},
            {"name": "n", "type": "integer", "constraints": {"minimum": 1, "maximum": -1}}]}})" },
                  { "id,code,n\nx,a,0\n" });
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    QStringList rules;
    for (const Problem &problem : validation.problemsOf(0, 0))
        rules += ruleName(problem.rule);
    QCOMPARE(rules.join(u' '), QStringLiteral("type minLength pattern enum minimum maximum"));
}

void tst_CellRules::raggedRows()
{
    const Dataset dataset = datasetOf({ R"({"name": "t", "schema": {"primaryKey": "id", "fields": [
                                           {"name": "id", "type": "integer"}, {"name": "a"}, {"name": "b"}]}})" },
                                      { "id,a,b\n1,x,y\n2\n3,x,y,z\n" });
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    const QList<Problem> problems = validation.tables.first().problems;
    QCOMPARE(problems.size(), 2);
    QCOMPARE(problems.at(0).rule, Rule::Ragged);
    QCOMPARE(describe(problems.at(0), dataset, 0), QStringLiteral("only 1 of 3 cells"));
    QCOMPARE(describe(problems.at(1), dataset, 0), QStringLiteral("4 cells instead of 3"));
    QCOMPARE(validation.tables.first().states.front(), RowState::Valid);
}

// What is decided without a value made is what the whole rules say of it, at and around every bound.
void tst_CellRules::atAGlanceAsInFull()
{
    const Dataset dataset = datasetOf({ R"({"name": "t", "schema": {"fields": [
        {"name": "i", "type": "integer", "constraints": {"exclusiveMinimum": -2, "maximum": 12}},
        {"name": "n", "type": "number", "constraints": {"minimum": "0.1", "exclusiveMaximum": "12.3"}},
        {"name": "x", "type": "number", "constraints": {"exclusiveMinimum": "-1.5", "maximum": "12.30"}},
        {"name": "s", "type": "string", "format": "email"},
        {"name": "d", "type": "date", "format": "%Y%m%d"},
        {"name": "b", "type": "boolean", "trueValues": ["12"], "falseValues": ["13"]}]}})" },
                                      { "i,n,x,s,d,b\n" });
    const TableSchema &schema = dataset.package->resources.first().schema;
    const CellRules rules(schema);
    const CellValues values(schema);
    QRandomGenerator random(5);
    QList<QByteArray> cells { "0.1",
                              "0.10",
                              "0.09",
                              "12.3",
                              "12.29",
                              "12.30",
                              "12.300000000000001",
                              "-1.5",
                              "-1.49",
                              "-1.51",
                              "-2",
                              "-1",
                              "12",
                              "13",
                              "-0",
                              "0",
                              "00.10",
                              ".5",
                              "5.",
                              "+1",
                              "1e1",
                              "inf",
                              "nan",
                              "INF",
                              "NaN",
                              "",
                              "-",
                              ".",
                              "1.2.3",
                              " 1",
                              "0x1",
                              "a@example.com",
                              "a@",
                              "123456789012345",
                              "1234567890123456",
                              "0.099999999999999",
                              "20241231" };
    const QByteArray letters = "0123456789.-+e";
    for (int i = 0; i < 5000; ++i) {
        QByteArray cell;
        for (int n = random.bounded(1, 8); n > 0; --n)
            cell += letters.at(random.bounded(random.bounded(2) == 0 ? 11 : letters.size()));
        cells += cell;
    }
    qsizetype glances = 0;
    qsizetype plainNumbers = 0;
    for (const QByteArray &cell : std::as_const(cells)) {
        for (int field = 0; field < schema.fields.size(); ++field) {
            QList<CellProblem> problems;
            const Value value = rules.check(field, cell, problems);
            const auto integer = rules.rightInteger(field, cell);
            const auto number = values.plainNumber(field, cell);
            const bool isRight = integer || rules.isRightNumber(field, cell) || rules.isRightString(field, cell);
            if (isRight)
                QVERIFY2(problems.isEmpty() && !value.isNull(), cell);
            if (integer)
                QVERIFY2(value == Value::ofInteger(*integer), cell);
            if (number) {
                QVERIFY2(value.kind == Value::Kind::Number, cell);
                QVERIFY2(Decimal::parse(value.text)->toText().toDouble() == *number, cell);
                ++plainNumbers;
            }
            QVERIFY(values.value(field, cell) == valueOf(schema, field, cell));
            glances += isRight ? 1 : 0;
        }
    }
    QVERIFY2(glances > 1000, QByteArray::number(glances));
    QVERIFY2(plainNumbers > 1000, QByteArray::number(plainNumbers));
}

void tst_CellRules::seenAtAGlance_data()
{
    QTest::addColumn<QByteArray>("schema"); // members beside the fields
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<bool>("isSeen");
    const auto add = [](const char *schema, const char *field, const char *cell, bool isSeen) {
        QTest::addRow("%s %s: %s", schema, field, cell)
            << QByteArray(schema) << QByteArray(field) << QByteArray(cell) << isSeen;
    };
    const char *integer = R"("type": "integer", "constraints": {"minimum": -5, "exclusiveMaximum": 5})";
    add("", integer, "-5", true);
    add("", integer, "4", true);
    add("", integer, "5", false);
    add("", integer, "-6", false);
    add("", R"("type": "integer", "constraints": {"exclusiveMinimum": -5, "maximum": 5})", "5", true);
    add("", R"("type": "integer", "constraints": {"exclusiveMinimum": -5, "maximum": 5})", "-4", true);
    add("", R"("type": "integer", "constraints": {"exclusiveMinimum": -5, "maximum": 5})", "-5", false);
    add("", R"("type": "integer", "constraints": {"enum": [4]})", "4", false);
    add("", R"("type": "integer", "groupChar": ",")", "4", false);
    add("", R"("type": "number", "constraints": {"exclusiveMinimum": 0, "maximum": 1})", "0.5", true);
    add("", R"("type": "number", "constraints": {"exclusiveMinimum": 0, "maximum": 1})", "0", false);
    add("", R"("type": "number", "constraints": {"minimum": 0, "exclusiveMaximum": 1})", "0", true);
    add("", R"("type": "number", "constraints": {"minimum": 0, "exclusiveMaximum": 1})", "1", false);
    add("", R"("type": "number", "decimalChar": ",")", "1", false);
    add("", R"("type": "string")", "x", true);
    add("", R"("type": "string")", "", false);
    add("", R"("type": "string", "format": "email")", "a@example.com", true);
    add("", R"("type": "string", "format": "email")", "a", false);
    add("", R"("type": "string", "constraints": {"pattern": "x"})", "x", false);
    add("", R"("type": "string", "constraints": {"minLength": 1})", "x", false);
    add("", R"("type": "string", "constraints": {"maxLength": 1})", "x", false);
    add("", R"("type": "string", "constraints": {"enum": ["x"]})", "x", false);
    add(R"("missingValues": ["x"], )", R"("type": "string")", "y", false);
    add(R"("missingValues": ["", "x"], )", R"("type": "string")", "y", false);
}

// It is what makes validation quick; whatever is not seen, check() decides.
void tst_CellRules::seenAtAGlance()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, cell);
    QFETCH(bool, isSeen);
    const Dataset dataset =
        datasetOf({ R"({"name": "t", "schema": {)" + schema + R"("fields": [{"name": "f", )" + field + "}]}}" },
                  { "f\n" });
    const CellRules rules(dataset.package->resources.first().schema);
    QCOMPARE(rules.rightInteger(0, cell) || rules.isRightNumber(0, cell) || rules.isRightString(0, cell), isSeen);
}

// They are a promise to scripts.
void tst_CellRules::wordsOfRules()
{
    QStringList words;
    for (const Rule rule :
         { Rule::Ragged, Rule::Type, Rule::Format, Rule::Required, Rule::Minimum, Rule::ExclusiveMinimum, Rule::Maximum,
           Rule::ExclusiveMaximum, Rule::MinLength, Rule::MaxLength, Rule::Pattern, Rule::Enum, Rule::Unique,
           Rule::PrimaryKey, Rule::ForeignKey })
        words += ruleName(rule);
    QCOMPARE(words.join(u' '),
             QStringLiteral("ragged type format required minimum exclusiveMinimum maximum exclusiveMaximum minLength "
                            "maxLength pattern enum unique primaryKey foreignKey"));
}

SEEDBED_TEST(tst_CellRules, NoApplication)
#include "tst_cellrules.moc"
