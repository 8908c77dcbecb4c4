// SPDX-License-Identifier: MIT
#include "package/json.h"

#include "quiettest.h"

#include <QTest>

using namespace seedbed;

class TestJson final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void numbersKeepTheirText_data();
    void numbersKeepTheirText();
    void membersKeepTheirOrder();
    void stringsComeBack_data();
    void stringsComeBack();
    void everyKind();
    void refusals_data();
    void refusals();
    void depthIsBounded();
    void valuesAreCounted();
    void writesReadably();
    void paths();
};

void TestJson::numbersKeepTheirText_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : { "0", "-0", "-0.0", "5", "-5", "1000.00", "0.1234567890123456789", "1e5", "1E+5", "5e-324",
                              "18446744073709551615", "18446744073709551616", "-9223372036854775808",
                              "-9223372036854775809", "123456789012345678901234567890.5" })
        QTest::addRow("%s", text) << QByteArray(text);
}

void TestJson::numbersKeepTheirText()
{
    QFETCH(QByteArray, text);
    const auto value = parseJson(text);
    QVERIFY(value);
    QCOMPARE(value->kind, JsonValue::Kind::Number);
    QCOMPARE(value->text, text);
    QCOMPARE(writeJson(*value), text + '\n');
}

void TestJson::membersKeepTheirOrder()
{
    const auto value = parseJson(R"({"z": 1, "a": [true, null], "m": {"y": "2", "b": false}})");
    QVERIFY(value);
    QCOMPARE(writeJson(*value), QByteArray(R"({"z": 1, "a": [true, null], "m": {"y": "2", "b": false}})") + '\n');
    QCOMPARE(value->find("a")->items.size(), std::size_t(2));
    QCOMPARE(value->find("m")->find("y")->text, QByteArray("2"));
    QVERIFY(!value->find("nothing"));
}

void TestJson::stringsComeBack_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray(R"("a b")") << QByteArray("a b");
    QTest::newRow("empty") << QByteArray(R"("")") << QByteArray("");
    QTest::newRow("escapes") << QByteArray(R"("\"\\\/\b\f\n\r\t")") << QByteArray("\"\\/\b\f\n\r\t");
    QTest::newRow("code point") << QByteArray(R"("\u00e9\ud83d\ude00")") << QByteArray("\xC3\xA9\xF0\x9F\x98\x80");
    QTest::newRow("utf-8") << QByteArray("\"\xC3\xA9\"") << QByteArray("\xC3\xA9");
    QTest::newRow("nul") << QByteArray(R"("a\u0000b")") << QByteArray("a\0b", 3);
}

void TestJson::stringsComeBack()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, text);
    const auto value = parseJson(json);
    QVERIFY(value);
    QCOMPARE(value->text, text);
    const auto again = parseJson(writeJson(*value));
    QVERIFY(again);
    QCOMPARE(again->text, text);
}

void TestJson::everyKind()
{
    const auto value = parseJson("\xEF\xBB\xBF[null, true, 1, \"s\", [], {}]"); // with a byte order mark
    QVERIFY(value);
    QList<JsonValue::Kind> kinds;
    for (const JsonValue &item : value->items)
        kinds.append(item.kind);
    using Kind = JsonValue::Kind;
    QCOMPARE(kinds, (QList<Kind> { Kind::Null, Kind::Boolean, Kind::Number, Kind::String, Kind::Array, Kind::Object }));
}

void TestJson::refusals_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("where");
    QTest::newRow("nothing") << QByteArray("") << QStringLiteral("line 1, column 1");
    QTest::newRow("not json") << QByteArray("id,name\n") << QStringLiteral("line 1, column 1");
    QTest::newRow("no value") << QByteArray("{\n  \"a\": ,\n}") << QStringLiteral("line 2, column 8");
    QTest::newRow("trailing comma") << QByteArray("[1,\n2,\n]") << QStringLiteral("line 3, column 1");
    QTest::newRow("more") << QByteArray("{} x") << QStringLiteral("line 1, column 4");
    QTest::newRow("open") << QByteArray("[1\n") << QStringLiteral("line 2, column 1");
    QTest::newRow("leading zero") << QByteArray("[01]") << QStringLiteral("line 1, column 3");
    QTest::newRow("bad utf-8") << QByteArray("[\"\xFF\"]") << QStringLiteral("line 1, column 3");
    QTest::newRow("half a character") << QByteArray(R"(["\ud800"])") << QStringLiteral("line 1, column 9");
    QTest::newRow("too large") << QByteArray("[1e999]") << QStringLiteral("line 1");
    QTest::newRow("key twice") << QByteArray(R"({"a": 1, "a": 2})") << QStringLiteral("$");
    QTest::newRow("key twice, deep") << QByteArray(R"({"a": [0, {"b c": {"x": 1, "x": 2}}]})")
                                     << QStringLiteral("$.a[1][\"b c\"]");
}

void TestJson::refusals()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, where);
    const auto value = parseJson(json);
    QVERIFY(!value);
    QVERIFY2(value.error().where.startsWith(where), qPrintable(value.error().where));
    QVERIFY(!value.error().message.isEmpty());
    QVERIFY2(!value.error().message.contains(u"json.exception"), qPrintable(value.error().message));
}

void TestJson::depthIsBounded()
{
    const auto nested = [](qsizetype depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    const auto deepest = parseJson(nested(MaxJsonDepth));
    QVERIFY(deepest);
    QVERIFY(parseJson(writeJson(*deepest)));
    const auto tooDeep = parseJson(nested(MaxJsonDepth + 1));
    QVERIFY(!tooDeep);
    QVERIFY(tooDeep.error().message.contains(u"512"));
    QVERIFY(!parseJson(QByteArray(1'000'000, '[')));
}

void TestJson::valuesAreCounted()
{
    const auto flat = [](qsizetype values) { return '[' + QByteArray("1,").repeated(values - 1) + "1]"; };
    QVERIFY(parseJson(flat(MaxJsonValues)));
    const auto tooMany = parseJson(flat(MaxJsonValues + 1));
    QVERIFY(!tooMany);
    QVERIFY2(tooMany.error().message.contains(u"more than 5000000 values"), qPrintable(tooMany.error().message));
}

void TestJson::writesReadably()
{
    const auto value = parseJson(R"({"name":"shop","resources":[{"name":"users","title":"a title that is long enough )"
                                 R"(for its line to be broken in several","fields":[{"name":"id"}],"empty":[]}]})");
    QVERIFY(value);
    QCOMPARE(writeJson(*value), QByteArray(R"({
  "name": "shop",
  "resources": [
    {
      "name": "users",
      "title": "a title that is long enough for its line to be broken in several",
      "fields": [{"name": "id"}],
      "empty": []
    }
  ]
}
)"));
}

void TestJson::paths()
{
    QCOMPARE(jsonPathStep("name"), QStringLiteral(".name"));
    QCOMPARE(jsonPathStep("$schema"), QStringLiteral(".$schema"));
    QCOMPARE(jsonPathStep("a b"), QStringLiteral("[\"a b\"]"));
    QCOMPARE(jsonPathStep(""), QStringLiteral("[\"\"]"));
}

SEEDBED_TEST(TestJson, NoApplication)
#include "tst_json.moc"
