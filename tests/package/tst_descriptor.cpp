// SPDX-License-Identifier: MIT
#include "package/descriptor.h"

#include "descriptors.h"
#include "quiettest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace seedbed;

class TestDescriptor final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void defaults();
    void everyProperty();
    void fieldsThatMakeTheIdentity();
    void constraintsAsWritten();
    void namesOfVersion1();
    void keysToItselfAndOthers();
    void missingValuesOfBothVersions();
    void veryManyFields();
    void inlineData_data();
    void inlineData();
    void dialects();
    void resourcesThatAreNoTables();
    void warnings_data();
    void warnings();
    void uncheckedConstraints_data();
    void uncheckedConstraints();
    void partsInFilesOfTheirOwn();
    void partsSharedOrOfNoTable();
    void readsFromAFolder();
    void rowsPutBack();
    void rowsPutBackUnderANameWithAMark();
    void rowsPutBackAsArrays_data();
    void rowsPutBackAsArrays();
    void rowsWithoutAPlace_data();
    void rowsWithoutAPlace();
};

namespace {

Field fieldOf(const QByteArray &members)
{
    const auto package = parse(withField(members));
    if (package)
        return package->resources.at(0).schema.fields.at(0);
    qWarning("%s", qPrintable(package.error().message)); // fails the test
    return {};
}

} // namespace

void TestDescriptor::defaults()
{
    const auto package = parse(withSchema(R"("fields": [{"name": "f", "type": "string"}], "primaryKey": "f")"));
    QVERIFY(package);
    QCOMPARE(package->name, QStringLiteral("nowhere"));
    QCOMPARE(package->title, QStringLiteral("Nowhere"));
    QCOMPARE(package->folder(), QStringLiteral("/nowhere"));
    QVERIFY(!package->isBuiltIn());
    QCOMPARE(package->warnings, QStringList());
    const Resource &resource = package->resources.at(0);
    QCOMPARE(resource.title, QStringLiteral("A"));
    QCOMPARE(resource.path, QStringLiteral("a.csv"));
    QVERIFY(!resource.inlineRows);
    QCOMPARE(resource.database, QStringLiteral("a.db"));
    QCOMPARE(resource.table, QStringLiteral("a"));
    QCOMPARE(resource.dialect.delimiter, ',');
    QCOMPARE(resource.dialect.quoteChar, '"');
    QVERIFY(resource.dialect.header);
    QCOMPARE(resource.schema.missingValues, QList<QByteArray> { "" });
    const Field &field = resource.schema.fields.at(0);
    QCOMPARE(field.format, QStringLiteral("default"));
    QVERIFY(!field.constraints.required && !field.constraints.unique && !field.constraints.minimum);
    QVERIFY(!field.constraints.pattern && !field.constraints.enumeration && !field.constraints.minLength);
}

void TestDescriptor::everyProperty()
{
    const auto package = parse(R"({"name": "p", "title": "My P", "resources": [{"name": "a", "title": "The A's",
        "path": ["sub/a.csv"], "encoding": "UTF-8", "seedbed": {"database": "People.db", "table": "folk"},
        "schema": {"fields": [{"name": "f", "title": "F!", "type": "number", "decimalChar": ",", "groupChar": " ",
        "bareNumber": false}, {"name": "b", "type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"]},
        {"name": "d", "type": "date", "format": "fmt:%d.%m.%Y"}, {"name": "t", "type": "time"}],
        "primaryKey": ["d", "f"]}}]})");
    QVERIFY2(package, package ? "" : qPrintable(package.error().message));
    QCOMPARE(package->title, QStringLiteral("My P"));
    const Resource &resource = package->resources.at(0);
    QCOMPARE(resource.title, QStringLiteral("The A's"));
    QCOMPARE(resource.path, QStringLiteral("sub/a.csv"));
    QCOMPARE(resource.database, QStringLiteral("People.db"));
    QCOMPARE(resource.table, QStringLiteral("folk"));
    QCOMPARE(resource.schema.primaryKey, (QList<int> { 2, 0 }));
    const QList<Field> &fields = resource.schema.fields;
    QCOMPARE(fields.at(0).title, QStringLiteral("F!"));
    QCOMPARE(fields.at(0).decimalChar, QByteArray(","));
    QCOMPARE(fields.at(0).groupChar, QByteArray(" "));
    QVERIFY(!fields.at(0).bareNumber);
    QCOMPARE(fields.at(1).trueValues, QList<QByteArray> { "ja" });
    QCOMPARE(fields.at(1).falseValues, QList<QByteArray> { "nein" });
    QCOMPARE(fields.at(2).format, QStringLiteral("%d.%m.%Y"));
    QCOMPARE(fields.at(3).type, FieldType::Text);
    QCOMPARE(fields.at(3).typeName, QStringLiteral("time"));
}

void TestDescriptor::fieldsThatMakeTheIdentity()
{
    TableSchema schema;
    schema.fields.resize(3);
    QCOMPARE(schema.identity(), (QList<int> { 0, 1, 2 }));
    QCOMPARE(schema.otherFields(), QList<int>());
    schema.primaryKey = { 2, 0 };
    QCOMPARE(schema.identity(), (QList<int> { 2, 0 }));
    QCOMPARE(schema.otherFields(), QList<int> { 1 });
}

void TestDescriptor::constraintsAsWritten()
{
    const Constraints number = fieldOf(R"("type": "number", "constraints": {"required": true, "unique": true,
        "minimum": 0.1234567890123456789, "maximum": 1E3, "exclusiveMinimum": "-.5", "exclusiveMaximum": "INF",
        "enum": [1.50, "2"]})")
                                   .constraints;
    QVERIFY(number.required && number.unique);
    QCOMPARE(*number.minimum, QByteArray("0.1234567890123456789"));
    QCOMPARE(*number.maximum, QByteArray("1E3"));
    QCOMPARE(*number.exclusiveMinimum, QByteArray("-.5"));
    QCOMPARE(*number.exclusiveMaximum, QByteArray("INF"));
    QCOMPARE(*number.enumeration, (QList<QByteArray> { "1.50", "2" }));
    const Constraints text = fieldOf(R"("type": "string", "constraints": {"minLength": 0, "maxLength": 5,
        "pattern": "[a-z]+", "enum": ["a", "1"]})")
                                 .constraints;
    QCOMPARE(*text.minLength, 0);
    QCOMPARE(*text.maxLength, 5);
    QCOMPARE(*text.pattern, QStringLiteral("[a-z]+"));
    QCOMPARE(*text.enumeration, (QList<QByteArray> { "a", "1" }));
    QCOMPARE(*fieldOf(R"("type": "integer", "constraints": {"minimum": "5"})").constraints.minimum, QByteArray("5"));
    QCOMPARE(*fieldOf(R"("type": "date", "constraints": {"maximum": "2024-02-29"})").constraints.maximum,
             QByteArray("2024-02-29"));
    QCOMPARE(*fieldOf(
                  R"("type": "number", "decimalChar": ",", "groupChar": ".", "constraints": {"minimum": "1.000,5"})")
                  .constraints.minimum,
             QByteArray("1000.5"));
    QCOMPARE(*fieldOf(R"("type": "boolean", "trueValues": ["ja"], "constraints": {"enum": [true, "ja", "0"]})")
                  .constraints.enumeration,
             (QList<QByteArray> { "ja", "ja", "0" }));
    QVERIFY(fieldOf(R"("constraints": {"pattern": "a|b", "minLength": 1})").constraints.pattern); // no type: a text
}

void TestDescriptor::namesOfVersion1()
{
    const auto package = parse(R"({"profile": "tabular-data-package", "name": "p", "resources": [
        {"name": "a", "profile": "tabular-data-resource", "path": "a.csv", "dialect": {"csvddfVersion": 1.2,
         "delimiter": ";", "quoteChar": "'", "header": false, "caseSensitiveHeader": false, "lineTerminator": "\r\n",
         "doubleQuote": true, "skipInitialSpace": false},
         "schema": {"fields": [{"name": "id"}, {"name": "up"}], "primaryKey": "id", "missingValues": ["", "-"],
         "foreignKeys": [{"fields": "up", "reference": {"resource": "", "fields": "id"}}]}}]})");
    QVERIFY2(package, package ? "" : qPrintable(package.error().message));
    const Resource &resource = package->resources.at(0);
    QCOMPARE(resource.dialect.delimiter, ';');
    QCOMPARE(resource.dialect.quoteChar, '\'');
    QVERIFY(!resource.dialect.header);
    QCOMPARE(resource.schema.foreignKeys.size(), 1);
    QCOMPARE(resource.schema.foreignKeys.at(0).fields, QList<int> { 1 });
    QCOMPARE(resource.schema.foreignKeys.at(0).resource, 0);
    QCOMPARE(resource.schema.foreignKeys.at(0).referenceFields, QList<int> { 0 });
    QCOMPARE(package->warnings, QStringList());
}

void TestDescriptor::keysToItselfAndOthers()
{
    // the referenced resource comes later, and one that is no table stands between
    const auto package = parse(R"({"resources": [
        {"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "x"}, {"name": "y"}], "primaryKey": "x",
         "foreignKeys": [{"fields": ["y", "x"], "reference": {"resource": "b", "fields": ["v", "u"]}},
                         {"fields": ["y"], "reference": {"fields": ["x"]}}]}},
        {"name": "note", "path": "note.pdf"},
        {"name": "b", "path": "b.csv", "schema": {"fields": [{"name": "u"}, {"name": "v"}], "primaryKey": "u"}}]})");
    QVERIFY2(package, package ? "" : qPrintable(package.error().message));
    QCOMPARE(package->resources.size(), 2);
    QCOMPARE(package->indexOf(QStringLiteral("b")), 1);
    const QList<ForeignKey> &keys = package->resources.at(0).schema.foreignKeys;
    QCOMPARE(keys.at(0).fields, (QList<int> { 1, 0 }));
    QCOMPARE(keys.at(0).resource, 1);
    QCOMPARE(keys.at(0).referenceFields, (QList<int> { 1, 0 }));
    QCOMPARE(keys.at(1).resource, 0);
}

// With a search among all fields for each name this takes minutes.
void TestDescriptor::veryManyFields()
{
    constexpr int Many = 20'000;
    QByteArray fields;
    QByteArray names;
    QByteArray cells;
    for (int i = 0; i < Many; ++i) {
        const QByteArray name = "\"field of a long name " + QByteArray::number(i) + '"';
        fields += (i > 0 ? "," : "") + QByteArray("{\"name\": ") + name + '}';
        names += (i > 0 ? "," : "") + name;
        cells += (i > 0 ? "," : "") + name + ": 1";
    }
    const QByteArray rows = "[" + ("{" + cells + "},").repeated(29) + "{" + cells + "}]";
    ReadLimits limits;
    limits.columns = Many;
    const auto package =
        parsePackage(R"({"name": "p", "resources": [{"name": "r", "data": )" + rows + R"(, "schema": {"fields": [)"
                         + fields + R"(], "primaryKey": [)" + names + "]}}]}",
                     QStringLiteral("/p/datapackage.json"), limits);
    QVERIFY2(package, package ? "" : qPrintable(package.error().message));
    TableSchema schema = package->resources.first().schema;
    QCOMPARE(schema.primaryKey.size(), Many);
    QCOMPARE(schema.primaryKey.last(), Many - 1);
    QVERIFY(schema.otherFields().isEmpty());
    QCOMPARE(package->resources.first().inlineRows->size(), 30);
    QCOMPARE(schema.indexOf(QStringLiteral("field of a long name 12345")), 12345);
    QCOMPARE(schema.indexOf(QStringLiteral("another")), -1);
    // Without its index a schema finds the same.
    TableSchema plain = schema;
    plain.positions = {};
    QVERIFY(plain == schema);
    QCOMPARE(plain.indexOf(QStringLiteral("field of a long name 12345")), 12345);
    QCOMPARE(plain.indexOf(QStringLiteral("another")), -1);
}

void TestDescriptor::missingValuesOfBothVersions()
{
    const auto values = [](const QByteArray &json) {
        return parse(withSchema(R"("fields": [{"name": "f"}], "missingValues": )" + json))
            .value()
            .resources.at(0)
            .schema.missingValues;
    };
    QCOMPARE(values(R"(["", "NA"])"), (QList<QByteArray> { "", "NA" }));
    QCOMPARE(values("[]"), QList<QByteArray> {});
    QCOMPARE(values(R"([{"value": "", "label": "OMITTED"}, {"value": "-99"}])"), (QList<QByteArray> { "", "-99" }));
}

void TestDescriptor::inlineData_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QList<QList<QByteArray>>>("rows");
    using Rows = QList<QList<QByteArray>>;
    QTest::newRow("none") << QByteArray("[]") << Rows {};
    QTest::newRow("objects") << QByteArray(R"([{"y": "b", "x": 1.50}, {"x": true}, {"x": null, "y": ""}])")
                             << Rows { { "1.50", "b" }, { "true", QByteArray() }, { QByteArray(), "" } };
    QTest::newRow("arrays") << QByteArray(R"([["y", "x"], ["b", 12345678901234567890123], [null, false]])")
                            << Rows { { "12345678901234567890123", "b" }, { "false", QByteArray() } };
    QTest::newRow("some columns") << QByteArray(R"([["y"], ["b"]])") << Rows { { QByteArray(), "b" } };
}

void TestDescriptor::inlineData()
{
    QFETCH(QByteArray, data);
    const auto package = parse(withData(data));
    QVERIFY2(package, package ? "" : qPrintable(package.error().message));
    QVERIFY(package->resources.at(0).path.isEmpty());
    QTEST(*package->resources.at(0).inlineRows, "rows");
}

void TestDescriptor::dialects()
{
    const auto delimiter = [](const QByteArray &members) {
        const auto package = parse(withResource(members + R"(, "schema": {"fields": [{"name": "f"}]})"));
        return package ? package->resources.at(0).dialect.delimiter : '?';
    };
    QCOMPARE(delimiter(R"("path": "a.csv")"), ',');
    QCOMPARE(delimiter(R"("path": "a.tsv")"), '\t');
    QCOMPARE(delimiter(R"("path": "a.txt", "format": "tsv")"), '\t');
    QCOMPARE(delimiter(R"("path": "a.tsv", "dialect": {"delimiter": ";"})"), ';');
    QCOMPARE(delimiter(R"("path": "a.csv", "dialect": {"headerRows": [1], "commentRows": [], "lineTerminator": "\n"})"),
             ',');
}

void TestDescriptor::resourcesThatAreNoTables()
{
    const auto package = parse(R"({"resources": [{"name": "map", "path": "map.png"}, {"name": "o", "data": {"a": 1}},
        {"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "f"}], "primaryKey": "f"}}]})");
    QVERIFY2(package, package ? "" : qPrintable(package.error().message));
    QCOMPARE(package->resources.size(), 1);
    QCOMPARE(package->warnings.size(), 2);
    QVERIFY(package->warnings.at(0).startsWith(u"map is left out"));
}

void TestDescriptor::warnings_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("parts"); // of the only warning; empty: no warning at all
    const auto add = [](const char *name, const QByteArray &json, const QStringList &parts) {
        QTest::newRow(name) << json << parts;
    };
    add("plain", withField(R"("type": "integer")"), {});
    add("no type", withField(R"("description": "x")"), {});
    add("email", withField(R"("type": "string", "format": "email")"), {});
    add("date pattern", withField(R"("type": "date", "format": "%Y")"), {});
    add("any date", withField(R"("type": "date", "format": "any")"), {});
    add("other type", withField(R"("type": "geopoint", "format": "array")"),
        { QStringLiteral("a.f"), QStringLiteral("\"geopoint\"") });
    add("any", withField(R"("type": "any")"), { QStringLiteral("\"any\"") });
    add("unknown type", withField(R"("type": "strng")"),
        { QStringLiteral("\"strng\""), QStringLiteral("no type of the standard") });
    add("other format", withField(R"("type": "string", "format": "uuid")"),
        { QStringLiteral("a.f"), QStringLiteral("\"uuid\"") });
    add("number format", withField(R"("type": "number", "format": "currency")"), { QStringLiteral("\"currency\"") });
    add("own missing values", withField(R"("type": "string", "missingValues": ["-"])"),
        { QStringLiteral("a.f"), QStringLiteral("\"missingValues\"") });
    add("no key", withSchema(R"("fields": [{"name": "f"}])"),
        { QStringLiteral("a has no primaryKey: a row is known by all its values, and equal rows go in once") });
    add("one unique key", withSchema(R"("fields": [{"name": "f"}], "primaryKey": "f", "uniqueKeys": [["f"]])"), {});
    add("long unique key",
        withSchema(R"("fields": [{"name": "f"}, {"name": "g"}], "primaryKey": "f", "uniqueKeys": [["f", "g"]])"),
        { QStringLiteral("uniqueKeys") });
}

void TestDescriptor::warnings()
{
    QFETCH(QByteArray, json);
    QFETCH(QStringList, parts);
    const auto package = parse(json);
    QVERIFY2(package, package ? "" : qPrintable(package.error().message));
    QCOMPARE(package->warnings.size(), parts.isEmpty() ? 0 : 1);
    for (const QString &part : parts)
        QVERIFY2(package->warnings.at(0).contains(part), qPrintable(package->warnings.at(0)));
}

void TestDescriptor::uncheckedConstraints_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("constraint");
    QTest::newRow("bound of a time") << QByteArray("time") << QByteArray(R"("minimum": "10:00")");
    QTest::newRow("bound of a year") << QByteArray("year") << QByteArray(R"("exclusiveMaximum": 2000)");
    QTest::newRow("length of an array") << QByteArray("array") << QByteArray(R"("minLength": 1)");
    QTest::newRow("schema of an object") << QByteArray("object") << QByteArray(R"("jsonSchema": {})");
}

// The second warning: the first is that the type is taken as text.
void TestDescriptor::uncheckedConstraints()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, constraint);
    const auto package = parse(withField(R"("type": ")" + type + R"(", "constraints": {)" + constraint + "}"));
    QVERIFY2(package, package ? "" : qPrintable(package.error().message));
    QCOMPARE(package->warnings.size(), 2);
    const QByteArray name = constraint.split(':').first();
    QCOMPARE(package->warnings.at(1).toUtf8(),
             "a.f: the constraint " + name + " of " + type + " values is not checked");
    const Constraints &constraints = package->resources.at(0).schema.fields.at(0).constraints;
    QVERIFY(!constraints.minimum && !constraints.exclusiveMaximum && !constraints.minLength);
}

void TestDescriptor::partsInFilesOfTheirOwn()
{
    const QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &text) {
        QFile part(folder.filePath(name));
        QVERIFY(part.open(QIODevice::WriteOnly) && part.write(text) == text.size());
    };
    const QString path = folder.filePath(QStringLiteral("datapackage.json"));
    write(QStringLiteral("datapackage.json"),
          withResource(R"("path": "a.csv", "schema": "s.json", "dialect": "d.json")"));
    write(QStringLiteral("d.json"), R"({"delimiter": ";"})");
    write(QStringLiteral("s.json"), R"({"fields": [{"name": "f"}, {"name": "g"}], "primaryKey": "f",
        "foreignKeys": [{"fields": "g", "reference": {"fields": "f"}}]})");
    const auto package = readPackage(path);
    QVERIFY2(package, package ? "" : qPrintable(package.error().message));
    QCOMPARE(package->resources.at(0).schema.fields.size(), 2);
    QCOMPARE(package->resources.at(0).schema.foreignKeys.size(), 1);
    QCOMPARE(package->resources.at(0).dialect.delimiter, ';');
    QCOMPARE(referencedFiles(*package), (QStringList { QStringLiteral("s.json"), QStringLiteral("d.json") }));

    write(QStringLiteral("s.json"), R"({"fields": [{"name": 5}]})");
    const auto broken = readPackage(path);
    QVERIFY(!broken);
    QVERIFY2(broken.error().message.startsWith(folder.filePath(QStringLiteral("s.json: $.fields[0].name: must be"))),
             qPrintable(broken.error().message));
}

// Only what a table needs is a part of the package, once; a place where nothing was read has none.
void TestDescriptor::partsSharedOrOfNoTable()
{
    Package package;
    package.resources.resize(2);
    package.resources[0].name = QStringLiteral("a");
    package.resources[1].name = QStringLiteral("b");
    package.descriptor = R"({"resources": [{"name": "a", "schema": "s.json", "dialect": {}},
        {"name": "map", "schema": "map.json"}, {"schema": "nameless.json"},
        {"name": "b", "schema": "s.json", "dialect": "d.json"}]})";
    QCOMPARE(referencedFiles(package), (QStringList { QStringLiteral("s.json"), QStringLiteral("d.json") }));
    for (const char *descriptor : { "{}", "no JSON" }) {
        package.descriptor = descriptor;
        QCOMPARE(referencedFiles(package), QStringList());
    }
}

void TestDescriptor::readsFromAFolder()
{
    const QTemporaryDir folder;
    const auto nothing = readPackage(folder.path());
    QVERIFY(!nothing);
    QVERIFY(nothing.error().message.contains(folder.filePath(QStringLiteral("datapackage.json"))));
    QFile descriptor(folder.filePath(QStringLiteral("datapackage.json")));
    const QByteArray text = withField(R"("type": "string")");
    QVERIFY(descriptor.open(QIODevice::WriteOnly) && descriptor.write(text) == text.size());
    descriptor.close();
    const auto package = readPackage(folder.path());
    QVERIFY(package);
    QCOMPARE(package->descriptorPath, descriptor.fileName());
    QCOMPARE(package->descriptor, text);
}

void TestDescriptor::rowsPutBack()
{
    const auto package = parse(R"({"b": 1.00, "a": 2, "resources": [{"name": "other", "path": "x.png"}, {"name": "a",
        "data": [{"id": 1}], "schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"},
        {"name": "t", "type": "string"}, {"name": "ok", "type": "boolean"}]}}]})");
    QVERIFY(package);
    const QList<QList<QByteArray>> rows { { "5", "5", "true" },
                                          { "007", QByteArray(), "no" },
                                          { "-0", "", QByteArray() } };
    const auto text = descriptorWithRows(*package, { { 0, rows } });
    QVERIFY(text);
    QVERIFY(text->startsWith("{\n  \"b\": 1.00,\n  \"a\": 2,\n"));
    QVERIFY(text->contains(R"({"id": 5, "t": "5", "ok": true})"));
    QVERIFY(text->contains(R"({"id": "007", "ok": "no"})"));
    QVERIFY(text->contains(R"({"id": -0, "t": ""})"));
    const auto again = parse(*text);
    QVERIFY(again);
    QCOMPARE(*again->resources.at(0).inlineRows, rows);
    QCOMPARE(descriptorWithRows(*again, { { 0, rows } }).value(), *text);
}

void TestDescriptor::rowsPutBackUnderANameWithAMark()
{
    const auto package = parse(R"({"resources": [{"name": "\uFEFFa", "data": [{"id": "1"}],
        "schema": {"primaryKey": "id", "fields": [{"name": "id"}]}}]})");
    QVERIFY(package);
    QCOMPARE(package->resources.at(0).name, QStringLiteral("a"));
    const QList<QList<QByteArray>> rows { { "2" } };
    const auto text = descriptorWithRows(*package, { { 0, rows } });
    QVERIFY(text);
    QCOMPARE(*parse(*text)->resources.at(0).inlineRows, rows);
}

void TestDescriptor::rowsPutBackAsArrays_data()
{
    QTest::addColumn<QByteArray>("dialect");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("with a header, in the order of the schema")
        << QByteArray("{}") << QByteArray(R"([["y", "x"], ["b", 1]])") << QByteArray(R"(["x", "y"],)");
    QTest::newRow("without") << QByteArray(R"({"header": false})") << QByteArray(R"([[1, "b"]])") << QByteArray();
}

void TestDescriptor::rowsPutBackAsArrays()
{
    QFETCH(QByteArray, dialect);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, expected);
    const QByteArray schema = R"({"primaryKey": "x", "fields": [{"name": "x", "type": "number"}, {"name": "y"}]})";
    const auto package =
        parse(withResource(R"("dialect": )" + dialect + R"(, "schema": )" + schema + R"(, "data": )" + data));
    QVERIFY2(package, package ? "" : qPrintable(package.error().message));
    QCOMPARE(*package->resources.at(0).inlineRows, (QList<QList<QByteArray>> { { "1", "b" } }));
    // What is no JSON number is a text.
    const QList<QList<QByteArray>> rows { { "-0.5", "7" }, { "+1", QByteArray() }, { ".5", "" }, { "5.", "" },
                                          { "1e3", "" },   { "00", "" },           { "0", "" },  { "0.0", "" },
                                          { "-", "" },     { "NaN", "" },          { "-.5", "" } };
    const auto text = descriptorWithRows(*package, { { 0, rows } });
    QVERIFY(text);
    const QByteArray plain = text->simplified();
    QCOMPARE(plain.contains(R"(["x", "y"])"), !expected.isEmpty());
    for (const char *row :
         { R"([-0.5, "7"])", R"(["+1", null])", R"([".5", ""])", R"(["5.", ""])", R"(["1e3", ""])", R"(["00", ""])",
           R"([0, ""])", R"([0.0, ""])", R"(["-", ""])", R"(["NaN", ""])", R"(["-.5", ""])" })
        QVERIFY2(plain.contains(row), row);
    const auto again = parse(*text);
    QVERIFY(again);
    QCOMPARE(*again->resources.at(0).inlineRows, rows);
}

void TestDescriptor::rowsWithoutAPlace_data()
{
    QTest::addColumn<QByteArray>("descriptor");
    QTest::addColumn<QString>("message");
    const QString gone = QStringLiteral("/nowhere/datapackage.json has no inline rows for a; open the package again");
    QTest::newRow("no JSON") << QByteArray("[") << QStringLiteral("/nowhere/datapackage.json: line 1, column 2: ");
    QTest::newRow("no resources") << QByteArray("{}") << gone;
    QTest::newRow("others") << QByteArray(R"({"resources": [{}, {"name": "b", "data": []}]})") << gone;
    QTest::newRow("no rows") << QByteArray(R"({"resources": [{"name": "a", "path": "a.csv"}]})") << gone;
}

void TestDescriptor::rowsWithoutAPlace()
{
    QFETCH(QByteArray, descriptor);
    QFETCH(QString, message);
    auto package = parse(withData("[]"));
    QVERIFY(package);
    package->descriptor = descriptor;
    const auto text = descriptorWithRows(*package, { { 0, { { "1", "2" } } } });
    QVERIFY(!text);
    QVERIFY2(text.error().message.startsWith(message), qPrintable(text.error().message));
}

SEEDBED_TEST(TestDescriptor, NoApplication)
#include "tst_descriptor.moc"
