// SPDX-License-Identifier: MIT
// From text to value, against the vectors of tableschema-js and the edges they leave out.

#include "conformance.h"
#include "quiettest.h"
#include "validation/cellcast.h"
#include "validation/email.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <limits>

using namespace seedbed;

namespace {

QList<QByteArray> textsOf(const QJsonValue &value)
{
    QList<QByteArray> texts;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &text : array)
        texts += text.toString().toUtf8();
    return texts;
}

Field fieldOf(const QJsonObject &vector)
{
    static const QHash<QString, FieldType> types {
        { QStringLiteral("string"), FieldType::String }, { QStringLiteral("integer"), FieldType::Integer },
        { QStringLiteral("number"), FieldType::Number }, { QStringLiteral("boolean"), FieldType::Boolean },
        { QStringLiteral("date"), FieldType::Date },
    };
    Field field;
    field.name = QStringLiteral("field");
    field.type = types.value(vector[QStringLiteral("type")].toString(), FieldType::Text);
    field.format = vector[QStringLiteral("format")].toString();
    const QJsonObject options = vector[QStringLiteral("options")].toObject();
    field.bareNumber = options[QStringLiteral("bareNumber")].toBool(true);
    field.groupChar = options[QStringLiteral("groupChar")].toString().toUtf8();
    field.decimalChar = options[QStringLiteral("decimalChar")].toString(QStringLiteral(".")).toUtf8();
    if (options.contains(QStringLiteral("trueValues")))
        field.trueValues = textsOf(options[QStringLiteral("trueValues")]);
    if (options.contains(QStringLiteral("falseValues")))
        field.falseValues = textsOf(options[QStringLiteral("falseValues")]);
    return field;
}

Field fieldOfType(FieldType type)
{
    Field field;
    field.name = QStringLiteral("field");
    field.type = type;
    return field;
}

} // namespace

class tst_CellCast final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void vectors_data();
    void vectors();
    void values_data();
    void values();
    void shortTexts_data();
    void shortTexts();
    void keepsExactly_data();
    void keepsExactly();
    void groups_data();
    void groups();
    void surroundings_data();
    void surroundings();
};

void tst_CellCast::vectors_data()
{
    QTest::addColumn<QJsonObject>("vector");
    if (!hasConformanceData())
        QSKIP(NoConformanceData);
    const QJsonArray all = conformanceVectors(QStringLiteral("table-schema-types.json"));
    const QSet<QString> formats { QStringLiteral("uri"), QStringLiteral("uuid"), QStringLiteral("binary") };
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QJsonObject vector = all.at(i).toObject();
        // Types and formats that are accepted as text are not checked, and a missing value never comes to a cast.
        if (fieldOf(vector).type == FieldType::Text || vector[QStringLiteral("null")].toBool()
            || formats.contains(vector[QStringLiteral("format")].toString()))
            continue;
        QTest::addRow("%lld %s", static_cast<long long>(i), qPrintable(vector[QStringLiteral("source")].toString()))
            << vector;
    }
}

void tst_CellCast::vectors()
{
    QFETCH(QJsonObject, vector);
    const Field field = fieldOf(vector);
    const QByteArray source = vector[QStringLiteral("source")].toString().toUtf8();
    bool isValue = castCell(field, source).has_value();
    if (field.format == QLatin1String("email"))
        isValue = isValue && isEmail(source);
    QCOMPARE(isValue, vector[QStringLiteral("valid")].toBool());
}

void tst_CellCast::values_data()
{
    QTest::addColumn<FieldType>("type");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Value>("value");
    const auto add = [](FieldType type, const char *text, const Value &value) {
        QTest::addRow("%d %s", static_cast<int>(type), text) << type << QByteArray(text) << value;
    };
    add(FieldType::Integer, "007", Value::ofInteger(7));
    add(FieldType::Integer, "+5", Value::ofInteger(5));
    add(FieldType::Integer, "9223372036854775807", Value::ofInteger(std::numeric_limits<qint64>::max()));
    add(FieldType::Integer, "-9223372036854775808", Value::ofInteger(std::numeric_limits<qint64>::min()));
    add(FieldType::Integer, "9223372036854775808", Value::ofNumber("9223372036854775808"));
    add(FieldType::Number, "1000.00", Value::ofNumber("1000"));
    add(FieldType::Number, "19.99", Value::ofNumber("19.99"));
    add(FieldType::Boolean, "TRUE", Value::ofInteger(1));
    add(FieldType::Boolean, "0", Value::ofInteger(0));
    add(FieldType::Date, "2024-02-29", Value::ofText("2024-02-29"));
    add(FieldType::String, " 007 ", Value::ofText(" 007 "));
    add(FieldType::Text, "{\"a\": 1}", Value::ofText("{\"a\": 1}"));
}

void tst_CellCast::values()
{
    QFETCH(FieldType, type);
    QFETCH(QByteArray, text);
    QFETCH(Value, value);
    const auto cast = castCell(fieldOfType(type), text);
    QVERIFY(cast);
    QCOMPARE(cast->kind, value.kind);
    QCOMPARE(cast->integer, value.integer);
    QCOMPARE(cast->text, value.text);
}

void tst_CellCast::shortTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<std::optional<qint64>>("integer");
    QTest::addColumn<std::optional<double>>("number");
    const auto add = [](const char *text, std::optional<qint64> integer, std::optional<double> number) {
        QTest::newRow(text) << QByteArray(text) << integer << number;
    };
    add("0", 0, 0.0);
    add("7", 7, 7.0);
    add("9", 9, 9.0);
    add("-9", -9, -9.0);
    add("+9", 9, {});
    add("007", 7, 7.0);
    add("1234567890", 1234567890, 1234567890.0);
    add("-1.5", {}, -1.5);
    add("0.1", {}, 0.1);
    add("5.", {}, 5.0);
    add(".5", {}, {});
    add("-.5", {}, {});
    add("1e2", {}, {});
    add("1/", {}, {});
    add("/", {}, {});
    add(":", {}, {});
    add("1:", {}, {});
    add("", {}, {});
    add("-", {}, {});
    add("+", {}, {});
    add("--1", {}, {});
    add("NaN", {}, {});
    add("INF", {}, {});
    add("1 ", {}, {});
    add("123456789012345", 123456789012345, 123456789012345.0);
    add("1234567890123456", 1234567890123456, {});
    add("-12345678901234", -12345678901234, -12345678901234.0);
    add("0.1234567890123", {}, 0.1234567890123);
    add("0.12345678901234", {}, {});
    add("999999999999999999", 999999999999999999, {});
    add("-999999999999999999", -999999999999999999, {});
    add("1000000000000000000", {}, {});
    add("0000000000000000001", {}, {});
}

// What is seen to be right at a glance.
void tst_CellCast::shortTexts()
{
    QFETCH(QByteArray, text);
    QTEST(shortInteger(text), "integer");
    QTEST(shortNumber(text), "number");
    QCOMPARE(shortInteger(QByteArrayView()), std::nullopt);
    QCOMPARE(shortNumber(QByteArrayView()), std::nullopt);
}

void tst_CellCast::keepsExactly_data()
{
    QTest::addColumn<FieldType>("type");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isExact");
    const auto add = [](FieldType type, const char *text, bool isExact) {
        QTest::addRow("%d %s", static_cast<int>(type), text) << type << QByteArray(text) << isExact;
    };
    add(FieldType::Integer, "9223372036854775807", true);
    add(FieldType::Integer, "9223372036854775808", false);
    add(FieldType::Number, "123456789012.345", true);
    add(FieldType::Number, "123456789012.3456", false);
    add(FieldType::Number, "9007199254740993", true); // a whole number, kept as an integer
    add(FieldType::Number, "1e300", true);
    add(FieldType::Number, "1e301", false);
    add(FieldType::Number, "1e-301", false);
    add(FieldType::Number, "1e-300", true);
    add(FieldType::Number, "1.23456789012345e20", true);
    add(FieldType::Number, "1.234567890123456e20", false);
    add(FieldType::Number, "-0.000123456789012345", true);
    add(FieldType::Number, "-0.0001234567890123456", false);
    add(FieldType::Number, "9223372036854775807", true);
    add(FieldType::Number, "9223372036854775808", false);
    add(FieldType::Number, "NaN", true);
    add(FieldType::Number, "-INF", true);
    add(FieldType::String, "12345678901234567890.123456789", true);
}

void tst_CellCast::keepsExactly()
{
    QFETCH(FieldType, type);
    QFETCH(QByteArray, text);
    QFETCH(bool, isExact);
    const Field field = fieldOfType(type);
    QCOMPARE(isStoredExactly(field, *castCell(field, text)), isExact);
}

void tst_CellCast::groups_data()
{
    QTest::addColumn<QByteArray>("group");
    QTest::addColumn<QByteArray>("decimal");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("number"); // empty: none
    const auto add = [](const char *group, const char *decimal, const char *text, const char *number) {
        QTest::addRow("%s %s %s", group, decimal, text)
            << QByteArray(group) << QByteArray(decimal) << QByteArray(text) << QByteArray(number);
    };
    add(",", ".", "1,234.50", "1234.5");
    add(",", ".", "-1,234,567", "-1234567");
    add(",", ".", "1,2,3", "123"); // how many digits a group has is not asked
    add(",", ".", "1234", "1234");
    add(",", ".", ",123", "");
    add(",", ".", "-,123", "");
    add(",", ".", "123,", "");
    add(",", ".", "1,,2", "");
    add(",", ".", "1,.5", "");
    add(",", ".", "1.5,0", "");
    add(",", ".", "1.5.0", "");
    add(".", ",", "1.234,5", "1234.5");
    add(".", ",", "1,5", "1.5");
    add(".", ",", ",5", "0.5");
    add(".", ",", "1,5.0", "");
    add("", ",", "1,5", "1.5");
    add("", ",", "1.5", "");
    add("", ",", "1,5,0", "");
    add(" ", ",", "1 234,5e2", "123450");
    add("\u00a0", ",", "1\u00a0234,5", "1234.5"); // of two bytes
    add("\u00a0", ",", "1\u00a0", "");
    add(",", "\u066b", "1,234\u066b5", "1234.5");
}

void tst_CellCast::groups()
{
    QFETCH(QByteArray, group);
    QFETCH(QByteArray, decimal);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, number);
    Field field = fieldOfType(FieldType::Number);
    field.groupChar = group;
    field.decimalChar = decimal;
    const auto cast = castCell(field, text);
    QCOMPARE(cast.has_value(), !number.isEmpty());
    QCOMPARE(cast ? cast->text : QByteArray(), number);
    field.type = FieldType::Integer;
    const auto integer = castCell(field, text);
    const bool isWhole = !number.isEmpty() && !number.contains('.') && !text.contains('e');
    QCOMPARE(integer.has_value(), isWhole);
    if (integer)
        QCOMPARE(integer->integer, number.toLongLong());
}

void tst_CellCast::surroundings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("number"); // empty: none
    QTest::newRow("currency before") << QByteArray("$5.25") << QByteArray("5.25");
    QTest::newRow("sign at the number") << QByteArray("EUR -5.25") << QByteArray("-5.25");
    QTest::newRow("no digit before the point") << QByteArray("$.5") << QByteArray("0.5");
    QTest::newRow("sign before the currency") << QByteArray("-$5.25") << QByteArray();
    QTest::newRow("no digit at all") << QByteArray("EUR") << QByteArray();
    QTest::newRow("plus at the number") << QByteArray("EUR +5.25") << QByteArray("5.25");
    QTest::newRow("text after it") << QByteArray("5.25 EUR") << QByteArray("5.25");
    QTest::newRow("text around it") << QByteArray("about -5.25%") << QByteArray("-5.25");
    QTest::newRow("sign first") << QByteArray("-5") << QByteArray("-5");
    QTest::newRow("one digit") << QByteArray("5") << QByteArray("5");
    QTest::newRow("minus after it") << QByteArray("5-") << QByteArray("5");
    QTest::newRow("minus in the text before") << QByteArray("x-y 5") << QByteArray();
    QTest::newRow("two numbers") << QByteArray("5 to 6") << QByteArray();
}

void tst_CellCast::surroundings()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, number);
    Field field = fieldOfType(FieldType::Number);
    field.bareNumber = false;
    const auto cast = castCell(field, text);
    QCOMPARE(cast ? cast->text : QByteArray(), number);
}

SEEDBED_TEST(tst_CellCast, NoApplication)
#include "tst_cellcast.moc"
