// SPDX-License-Identifier: MIT
// Every descriptor that breaks the standard is refused, with the path of what is wrong.
#include "descriptors.h"
#include "quiettest.h"

#include <QTest>

using namespace seedbed;

class TestRefusals final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void refusals_data();
    void refusals();
    void refusedFields_data();
    void refusedFields();

private:
    void addStructureRefusals();
    void addResourceRefusals();
    void addDialectRefusals();
    void addSchemaRefusals();
    void addDataRefusals();
};

namespace {

void addRefusal(const char *name, const QByteArray &json, const QString &where)
{
    QTest::newRow(name) << json << where;
}

} // namespace

void TestRefusals::addStructureRefusals()
{
    addRefusal("not JSON", "id,name\n1,x\n", QStringLiteral("line 1, column 1: "));
    addRefusal("syntax", "{\n\"resources\": [,]}", QStringLiteral("line 2, column 15: "));
    addRefusal("key twice", R"({"name": "a", "name": "b"})", QStringLiteral("$: the key \"name\" comes twice"));
    addRefusal("not an object", "[]", QStringLiteral("$: must be an object, not an array"));
    addRefusal("no resources", "{}", QStringLiteral("$.resources: is missing"));
    addRefusal("resources an object", R"({"resources": {}})", QStringLiteral("$.resources: must be an array"));
    addRefusal("resources empty", R"({"resources": []})", QStringLiteral("$.resources: is empty"));
    addRefusal("name a number", R"({"name": 5, "resources": []})",
               QStringLiteral("$.name: must be a string, not a number"));
    addRefusal("title null", R"({"title": null, "resources": []})",
               QStringLiteral("$.title: must be a string, not null"));
    addRefusal("resource a string", R"({"resources": ["a.csv"]})", QStringLiteral("$.resources[0]: must be an object"));
    addRefusal("no table at all", R"({"resources": [{"name": "a", "path": "a.png"}]})",
               QStringLiteral("$.resources: none of them is a table"));
}

void TestRefusals::addResourceRefusals()
{
    const QByteArray schema = R"(, "schema": {"fields": [{"name": "f"}]})";
    const auto second = [&schema](const QByteArray &resource) {
        return R"({"resources": [{"name": "a", "path": "a.csv")" + schema + "}, {" + resource + schema + "}]}";
    };
    addRefusal("no name", R"({"resources": [{"path": "a.csv"}]})", QStringLiteral("$.resources[0].name: is missing"));
    addRefusal("empty name", R"({"resources": [{"name": "", "path": "a.csv"}]})",
               QStringLiteral("$.resources[0].name: is empty"));
    addRefusal("name with NUL", R"({"resources": [{"name": "a\u0000", "path": "a.csv"}]})",
               QStringLiteral("$.resources[0].name: holds a NUL"));
    addRefusal("name twice", second(R"("name": "a", "path": "b.csv")"),
               QStringLiteral("$.resources[1].name: \"a\" is the name of another"));
    addRefusal("file twice", second(R"("name": "b", "path": "./a.csv")"), QStringLiteral("$.resources[1].path: "));
    addRefusal("database twice", second(R"("name": "b", "path": "b.csv", "seedbed": {"database": "A.DB"})"),
               QStringLiteral("$.resources[1].seedbed.database: "));
    addRefusal("name as file, twice", second(R"("name": "A", "path": "b.csv")"),
               QStringLiteral("$.resources[1].name: \"A.db\" is the database of another"));
    addRefusal("name no file name", R"({"resources": [{"name": "a/b", "path": "a.csv")" + schema + "}]}",
               QStringLiteral("$.resources[0].name: "));
    addRefusal("path and data", withResource(R"("path": "a.csv", "data": [])"),
               QStringLiteral("$.resources[0]: has both"));
    addRefusal("no path, no data", withResource(R"("title": "x")"), QStringLiteral("$.resources[0]: has neither"));
    addRefusal("path a number", withResource(R"("path": 5)"),
               QStringLiteral("$.resources[0].path: must be a string or an array"));
    addRefusal("path empty", withResource(R"("path": "")" + schema), QStringLiteral("$.resources[0].path: is empty"));
    addRefusal("path absolute", withResource(R"("path": "/etc/a.csv")" + schema),
               QStringLiteral("$.resources[0].path: \"/etc/a.csv\" leaves"));
    addRefusal("path upwards", withResource(R"("path": "b/../../a.csv")" + schema),
               QStringLiteral("$.resources[0].path: "));
    addRefusal("path with drive", withResource(R"("path": "C:a.csv")" + schema),
               QStringLiteral("$.resources[0].path: "));
    addRefusal("path with backslash", withResource(R"("path": "..\\a.csv")" + schema),
               QStringLiteral("$.resources[0].path: "));
    addRefusal("path a URL", withResource(R"("path": "https://example.com/a.csv")" + schema),
               QStringLiteral("$.resources[0].path: \"https://example.com/a.csv\" is on the net"));
    addRefusal("path of two", withResource(R"("path": ["a.csv", "b.csv"])" + schema),
               QStringLiteral("$.resources[0].path: a table in 2 files"));
    addRefusal("path in array", withResource(R"("path": ["/a.csv"])" + schema),
               QStringLiteral("$.resources[0].path[0]: "));
    addRefusal("spreadsheet", withResource(R"("path": "a.xlsx")" + schema),
               QStringLiteral("$.resources[0].path: only CSV"));
    addRefusal("JSON format", withResource(R"("path": "a", "format": "json")" + schema),
               QStringLiteral("$.resources[0].path: only CSV"));
    addRefusal("encoding", withResource(R"("path": "a.csv", "encoding": "iso-8859-1")" + schema),
               QStringLiteral("$.resources[0].encoding: \"iso-8859-1\" cannot be read"));
    addRefusal("no schema", withResource(R"("path": "a.csv")"), QStringLiteral("$.resources[0].schema: is missing"));
    addRefusal("schema missing file", withResource(R"("path": "a.csv", "schema": "s.json")"),
               QStringLiteral("$.resources[0].schema: /nowhere/s.json cannot be read"));
    addRefusal("schema elsewhere", withResource(R"("path": "a.csv", "schema": "../s.json")"),
               QStringLiteral("$.resources[0].schema: "));
    addRefusal("own key", withResource(R"("path": "a.csv", "seedbed": "x")" + schema),
               QStringLiteral("$.resources[0].seedbed: must be an object"));
    for (const char *name : { "", "x/y.db", "..", "file:a.db", "a\\\\b", ":memory:", ".seedbed.lock" }) {
        addRefusal(qPrintable(QStringLiteral("database '%1'").arg(QString::fromLatin1(name))),
                   withResource(R"("path": "a.csv", "seedbed": {"database": ")" + QByteArray(name) + "\"}" + schema),
                   QStringLiteral("$.resources[0].seedbed.database: "));
    }
    addRefusal("table empty", withResource(R"("path": "a.csv", "seedbed": {"table": ""})" + schema),
               QStringLiteral("$.resources[0].seedbed.table: is empty"));
}

void TestRefusals::addDialectRefusals()
{
    const auto dialect = [](const char *members, const char *where) {
        addRefusal(members, withDialect(members),
                   QStringLiteral("$.resources[0].dialect%1: ").arg(QString::fromLatin1(where)));
    };
    dialect(R"("delimiter": "::")", ".delimiter");
    dialect(R"("delimiter": "")", ".delimiter");
    dialect(R"("delimiter": "\n")", ".delimiter");
    dialect("\"delimiter\": \"\xC3\xA9\"", ".delimiter");
    dialect(R"("delimiter": "\"")", "");
    dialect(R"("quoteChar": null)", ".quoteChar");
    dialect(R"("quoteChar": "")", ".quoteChar");
    dialect(R"("header": "yes")", ".header");
    dialect(R"("headerRows": [1, 2])", ".headerRows");
    dialect(R"("headerRows": [2])", ".headerRows");
    dialect(R"("commentRows": [2])", ".commentRows");
    dialect(R"("commentChar": "#")", ".commentChar");
    dialect(R"("doubleQuote": false)", ".doubleQuote");
    dialect(R"("escapeChar": "\\")", ".escapeChar");
    dialect(R"("skipInitialSpace": true)", ".skipInitialSpace");
    dialect(R"("nullSequence": "NA")", ".nullSequence");
    dialect(R"("lineTerminator": ";")", ".lineTerminator");
}

void TestRefusals::addSchemaRefusals()
{
    const auto add = [](const char *members, const char *where) {
        addRefusal(members, withSchema(members),
                   QStringLiteral("$.resources[0].schema.%1").arg(QString::fromLatin1(where)));
    };
    add(R"("x": 1)", "fields: is missing");
    add(R"("fields": {})", "fields: must be an array");
    add(R"("fields": [])", "fields: is empty");
    add(R"("fields": ["f"])", "fields[0]: must be an object");
    add(R"("fields": [{}])", "fields[0].name: is missing");
    add(R"("fields": [{"name": ""}])", "fields[0].name: is empty");
    QByteArray texts = "\"\"";
    for (int i = 0; i < 1000; ++i)
        texts += ", \"" + QByteArray::number(i) + '"';
    add("\"fields\": [{\"name\": \"f\"}], \"missingValues\": [" + texts + "]",
        "missingValues: has 1001 texts, which is more than 1000; list fewer");
    add("\"fields\": [{\"name\": \"f\", \"type\": \"boolean\", \"trueValues\": [" + texts + "]}]",
        "fields[0].trueValues: has 1001 texts");
    add(R"("fields": [{"name": "f"}, {"name": "f"}])", "fields[1].name: \"f\" is the name of another field");
    add(R"("fields": [{"name": "f"}, {"name": "F"}])", "fields[1].name: \"F\" is the name of another field");
    add(R"("fields": [{"name": "f\u0000"}])", "fields[0].name: holds a NUL");
    add(R"("fields": [{"name": "f"}, {"name": "g", "type": 5}])", "fields[1].type: must be a string");
    const auto key = [&add](const char *members, const char *where) {
        const QByteArray text = R"("fields": [{"name": "f"}, {"name": "g"}], )" + QByteArray(members);
        add(text.constData(), where);
    };
    key(R"("primaryKey": "h")", "primaryKey: \"h\" is not a field");
    key(R"("primaryKey": ["f", "h"])", "primaryKey[1]: \"h\" is not a field");
    key(R"("primaryKey": ["f", "f"])", "primaryKey[1]: \"f\" comes twice");
    key(R"("primaryKey": 5)", "primaryKey: must be a string or an array");
    key(R"("missingValues": "x")", "missingValues: must be an array");
    key(R"("missingValues": [5])", "missingValues[0]: must be a string");
    key(R"("missingValues": [{"label": "x"}])", "missingValues[0].value: must be a string");
    key(R"("uniqueKeys": [["h"]])", "uniqueKeys[0][0]: \"h\" is not a field");
    key(R"("foreignKeys": {})", "foreignKeys: must be an array");
    key(R"("foreignKeys": ["f"])", "foreignKeys[0]: must be an object");
    key(R"("foreignKeys": [{"reference": {"fields": "f"}}])", "foreignKeys[0].fields: is missing");
    key(R"("foreignKeys": [{"fields": "h", "reference": {"fields": "f"}}])",
        "foreignKeys[0].fields: \"h\" is not a field of a");
    key(R"("foreignKeys": [{"fields": "f"}])", "foreignKeys[0].reference: is missing");
    key(R"("foreignKeys": [{"fields": "f", "reference": "b"}])", "foreignKeys[0].reference: must be an object");
    key(R"("foreignKeys": [{"fields": "f", "reference": {"resource": "b", "fields": "x"}}])",
        "foreignKeys[0].reference.resource: there is no table \"b\"");
    key(R"("foreignKeys": [{"fields": "f", "reference": {"resource": "a", "fields": "x"}}])",
        "foreignKeys[0].reference.fields: \"x\" is not a field of a");
    key(R"("foreignKeys": [{"fields": ["f"], "reference": {"fields": ["f", "g"]}}])",
        "foreignKeys[0].reference.fields: names 2 fields where the key has 1");
}

void TestRefusals::addDataRefusals()
{
    const auto add = [](const char *data, const char *where) {
        addRefusal(data, withData(data), QStringLiteral("$.resources[0].data%1").arg(QString::fromLatin1(where)));
    };
    add(R"("x,y")", ": must be an array");
    add("{}", ": must be an array");
    add("[5]", "[0]: must be an object");
    add(R"([{"x": 1}, ["x"]])", "[1]: must be an object");
    add(R"([{"x": 1}, {"z": 1}])", "[1].z: \"z\" is not a field");
    add(R"([{"x": [1]}])", "[0].x: must be a string, a number");
    add(R"([{"x": {}}])", "[0].x: must be a string, a number");
    add(R"([{"x": "a\u0000"}])", "[0].x: holds a NUL");
    add(R"([["x", "z"]])", "[0][1]: \"z\" is not a field");
    add(R"([["x", "x"]])", "[0][1]: the column \"x\" comes twice");
    add(R"([["x", "y"], [1]])", "[1]: has 1 cells where there are 2 columns");
    add(R"([["x", "y"], {"x": 1}])", "[1]: must be an array");
    addRefusal("data without schema", withResource(R"("data": [])"),
               QStringLiteral("$.resources[0].schema: is missing"));
}

void TestRefusals::refusals_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("message");
    addStructureRefusals();
    addResourceRefusals();
    addDialectRefusals();
    addSchemaRefusals();
    addDataRefusals();
}

void TestRefusals::refusals()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, message);
    const auto package = parse(json);
    QVERIFY(!package);
    QCOMPARE(package.error().kind, Error::Kind::Unreadable);
    QVERIFY2(package.error().message.startsWith(file + QStringLiteral(": ") + message),
             qPrintable(package.error().message));
}

void TestRefusals::refusedFields_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("where");
    const auto add = [](const char *members, const char *where) {
        QTest::newRow(members) << QByteArray(members) << QString::fromLatin1(where);
    };
    const auto constraint = [](const char *type, const char *members, const char *where) {
        const QByteArray text = QByteArray(R"("type": ")") + type + R"(", "constraints": {)" + members + "}";
        QTest::newRow(text.constData()) << text << QStringLiteral(".constraints") + QString::fromLatin1(where);
    };
    add(R"("title": 5)", ".title");
    add(R"("type": "")", ".type");
    add(R"("type": "string", "format": 5)", ".format");
    add(R"("type": "date", "format": "yyyy-mm-dd")", ".format");
    add(R"("type": "number", "decimalChar": "")", ".decimalChar");
    add(R"("type": "number", "decimalChar": "::")", ".decimalChar");
    add(R"("type": "number", "decimalChar": "5")", ".decimalChar");
    add(R"("type": "number", "groupChar": "-")", ".groupChar");
    add(R"("type": "number", "groupChar": ".")", ".groupChar");
    add(R"("type": "integer", "groupChar": 5)", ".groupChar");
    add(R"("type": "integer", "bareNumber": 1)", ".bareNumber");
    add(R"("type": "boolean", "trueValues": [true])", ".trueValues[0]");
    add(R"("type": "boolean", "trueValues": "yes")", ".trueValues");
    add(R"("type": "boolean", "trueValues": ["0"])", "");
    add(R"("constraints": [])", ".constraints");
    constraint("string", R"("required": "yes")", ".required");
    constraint("string", R"("unique": 1)", ".unique");
    for (const char *type : { "string", "boolean", "geopoint", "any" })
        constraint(type, R"("minimum": 1)", ".minimum");
    for (const char *type : { "integer", "number", "boolean", "date", "time" }) {
        constraint(type, R"("minLength": 1)", ".minLength");
        constraint(type, R"("pattern": "x")", ".pattern");
    }
    constraint("string", R"("minLength": -1)", ".minLength");
    constraint("string", R"("maxLength": 1.5)", ".maxLength");
    constraint("string", R"("maxLength": "5")", ".maxLength");
    constraint("string", R"("pattern": "[")", ".pattern");
    constraint("string", R"("pattern": "a)|(b")", ".pattern");     // no whole expression, though "(a)|(b)" is one
    constraint("string", R"("pattern": "(?x)a # b")", ".pattern"); // a comment, which would hide what ends the value
    constraint("string", R"("pattern": 5)", ".pattern");
    constraint("string", R"("pattern": "\\i\\c*")", ".pattern");
    constraint("string", R"("pattern": "[a-z-[aeiou]]")", ".pattern");
    constraint("integer", R"("minimum": "x")", ".minimum");
    constraint("integer", R"("maximum": 1.5)", ".maximum");
    constraint("integer", R"("exclusiveMinimum": true)", ".exclusiveMinimum");
    constraint("number", R"("exclusiveMaximum": "1,5")", ".exclusiveMaximum");
    constraint("number", R"("minimum": null)", ".minimum");
    constraint("number", R"("minimum": "NaN")", ".minimum");
    constraint("number", R"("minimum": [1])", ".minimum");
    constraint("date", R"("minimum": "2023-02-29")", ".minimum");
    constraint("date", R"("minimum": 20230228)", ".minimum");
    constraint("string", R"("enum": "a")", ".enum");
    constraint("string", R"("enum": [])", ".enum");
    constraint("string", R"("enum": [null])", ".enum[0]");
    constraint("integer", R"("enum": [1, "x"])", ".enum[1]");
    constraint("boolean", R"("enum": [true, "maybe"])", ".enum[1]");
    constraint("date", R"("enum": ["2023-13-01"])", ".enum[0]");
}

void TestRefusals::refusedFields()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, where);
    const auto package = parse(withField(members));
    QVERIFY(!package);
    const QString start = file + QStringLiteral(": $.resources[0].schema.fields[0]") + where + QStringLiteral(": ");
    QVERIFY2(package.error().message.startsWith(start), qPrintable(package.error().message));
    QVERIFY(package.error().message.size() > start.size() + 10);
}

SEEDBED_TEST(TestRefusals, NoApplication)
#include "tst_refusals.moc"
