// SPDX-License-Identifier: MIT
// Codes of keys, and the rows found by them, held against plain containers.

#include "deadline.h"
#include "quiettest.h"
#include "validation/keycode.h"
#include "validation/keyindex.h"

#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace seedbed;

class tst_KeyCode final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void equalValuesHaveEqualCodes();
    void differentValuesDiffer_data();
    void differentValuesDiffer();
    void integersCodeThemselves();
    void aTextAloneIsCodedAlike();
    void codingBySchema();
    void indexFindsWhatAMapFinds_data();
    void indexFindsWhatAMapFinds();
    void chosenIntegers_data();
    void chosenIntegers();
};

void tst_KeyCode::equalValuesHaveEqualCodes()
{
    QCOMPARE(codeOf({ Value::ofInteger(5) }, KeyCoding::Digest), codeOf({ Value::ofNumber("5") }, KeyCoding::Digest));
    QCOMPARE(codeOf({ Value::ofText("a"), Value() }, KeyCoding::Digest),
             codeOf({ Value::ofText("a"), Value() }, KeyCoding::Digest));
}

void tst_KeyCode::differentValuesDiffer_data()
{
    QTest::addColumn<QList<Value>>("a");
    QTest::addColumn<QList<Value>>("b");
    QTest::newRow("a cut elsewhere") << QList<Value> { Value::ofText("ab"), Value::ofText("c") }
                                     << QList<Value> { Value::ofText("a"), Value::ofText("bc") };
    QTest::newRow("text and number") << QList<Value> { Value::ofText("5") } << QList<Value> { Value::ofInteger(5) };
    QTest::newRow("empty and missing") << QList<Value> { Value::ofText("") } << QList<Value> { Value() };
    QTest::newRow("one more") << QList<Value> { Value::ofText("a") } << QList<Value> { Value::ofText("a"), Value() };
    QTest::newRow("fraction") << QList<Value> { Value::ofNumber("5.5") } << QList<Value> { Value::ofInteger(5) };
    QTest::newRow("order") << QList<Value> { Value::ofInteger(1), Value::ofInteger(2) }
                           << QList<Value> { Value::ofInteger(2), Value::ofInteger(1) };
}

void tst_KeyCode::differentValuesDiffer()
{
    QFETCH(QList<Value>, a);
    QFETCH(QList<Value>, b);
    QVERIFY(codeOf(a, KeyCoding::Digest) != codeOf(b, KeyCoding::Digest));
}

void tst_KeyCode::integersCodeThemselves()
{
    for (const qint64 integer :
         { qint64(0), qint64(-1), std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max() }) {
        const auto code = codeOf({ Value::ofInteger(integer) }, KeyCoding::Integer);
        QVERIFY(code.has_value());
        QCOMPARE(static_cast<qint64>(code->low), integer);
        QCOMPARE(code->high, 0u);
    }
    QCOMPARE(codeOf({ Value::ofNumber("7") }, KeyCoding::Integer), (KeyCode { 7, 0 }));
    QVERIFY(!codeOf({ Value::ofNumber("7.5") }, KeyCoding::Integer));
    QVERIFY(!codeOf({ Value::ofText("7") }, KeyCoding::Integer));
    QVERIFY(!codeOf({ Value() }, KeyCoding::Integer));
}

void tst_KeyCode::aTextAloneIsCodedAlike()
{
    const Value text = Value::ofText("someone@example.com");
    QCOMPARE(codeOf({ text }, KeyCoding::Digest), textCode("someone@example.com"));
    QCOMPARE(codeOf({ Value(), text }, { 1 }, KeyCoding::Digest), textCode("someone@example.com"));
}

void tst_KeyCode::codingBySchema()
{
    TableSchema schema;
    Field integer;
    integer.type = FieldType::Integer;
    schema.fields = { integer, Field() };
    schema.primaryKey = { 0 };
    QCOMPARE(keyCoding(schema, { 0 }), KeyCoding::Integer);
    QCOMPARE(keyCoding(schema, { 1 }), KeyCoding::Digest);
    QCOMPARE(keyCoding(schema, { 0, 1 }), KeyCoding::Digest);
    // A table of one column without a key: a missing value is a key too, and no integer.
    schema.fields = { integer };
    schema.primaryKey = {};
    QCOMPARE(keyCoding(schema, { 0 }), KeyCoding::Digest);
}

void tst_KeyCode::indexFindsWhatAMapFinds_data()
{
    QTest::addColumn<KeyCoding>("coding");
    QTest::addColumn<quint64>("spread");
    QTest::addColumn<quint64>("least");
    QTest::newRow("dense") << KeyCoding::Integer << quint64(60) << quint64(1000);
    QTest::newRow("dense below zero") << KeyCoding::Integer << quint64(60) << static_cast<quint64>(-30);
    QTest::newRow("sparse") << KeyCoding::Integer << quint64(1) << quint64(0);
    QTest::newRow("digests") << KeyCoding::Digest << quint64(60) << quint64(0);
}

void tst_KeyCode::indexFindsWhatAMapFinds()
{
    QFETCH(KeyCoding, coding);
    QFETCH(quint64, spread);
    QFETCH(quint64, least);
    QRandomGenerator random(3);
    for (int round = 0; round < 50; ++round) {
        QList<quint64> lows;
        QList<int> kinds; // rows with the same low half need not have the same key, but for integers
        QList<bool> hasKey;
        const auto rows = static_cast<qint32>(random.bounded(100));
        for (qint32 row = 0; row < rows; ++row) {
            lows.append(spread > 1 ? least + random.bounded(static_cast<quint32>(spread))
                                   : random.generate64() % 50 * 0x123456789ABCDu);
            kinds.append(coding == KeyCoding::Integer ? 0 : static_cast<int>(random.bounded(2)));
            hasKey.append(random.bounded(10) > 0);
        }
        KeyIndex index;
        index.build(
            lows, coding, [&](qint32 row) { return hasKey.at(row); },
            [&](qint32 a, qint32 b) { return kinds.at(a) == kinds.at(b); });
        QMap<std::pair<quint64, int>, QList<qint32>> reference;
        for (qint32 row = 0; row < rows; ++row) {
            if (hasKey.at(row))
                reference[{ lows.at(row), kinds.at(row) }].append(row);
        }
        QList<qint32> heads;
        for (auto it = reference.cbegin(); it != reference.cend(); ++it) {
            const auto [low, kind] = it.key();
            qint32 row =
                index.first(low, [&, wanted = kind](qint32 candidate) { return kinds.at(candidate) == wanted; });
            for (const qint32 expected : it.value()) {
                QCOMPARE(row, expected);
                row = index.next(row);
            }
            QCOMPARE(row, -1);
            if (it.value().size() > 1)
                heads.append(it.value().first());
        }
        std::sort(heads.begin(), heads.end());
        QCOMPARE(index.repeated(), heads);
        QCOMPARE(index.first(least + 5000, [](qint32) { return true; }), -1);
    }
}

namespace {

constexpr quint64 ManyIntegers = 500'000;

// The integers whose product with the golden ratio, after a shift, is 0, 1, 2, …: they were one run of slots.
quint64 goldenNeighbour(quint64 number)
{
    constexpr quint64 Inverse = 0xF1DE83E19937733D; // of 0x9E3779B97F4A7C15, modulo 2^64
    const quint64 product = number * Inverse;
    return product ^ (product >> 32);
}

quint64 reversed(quint64 number)
{
    quint64 result = 0;
    for (int bit = 0; bit < 64; ++bit)
        result |= ((number >> bit) & 1) << (63 - bit);
    return result;
}

} // namespace

void tst_KeyCode::chosenIntegers_data()
{
    QTest::addColumn<quint64 (*)(quint64)>("integer");
    using Integer = quint64 (*)(quint64);
    QTest::newRow("neighbours under the golden ratio") << Integer(goldenNeighbour);
    QTest::newRow("multiples of 2^20") << Integer([](quint64 i) { return i << 20; });
    QTest::newRow("multiples of 2^40") << Integer([](quint64 i) { return i << 40; });
    QTest::newRow("multiples of 2^44") << Integer([](quint64 i) { return i << 44; });
    QTest::newRow("the high bits first") << Integer(reversed);
    QTest::newRow("both halves alike") << Integer([](quint64 i) { return (i << 32) | i; });
    QTest::newRow("multiples of the golden ratio") << Integer([](quint64 i) { return i * 0x9E3779B97F4A7C15u; });
    QTest::newRow("few bits set") << Integer([](quint64 i) { return (i & 0xFF) << 56 | (i & 0xFF00) << 20 | i >> 16; });
}

// The cost is to be linear whatever the integers are. Where many meet in few slots it is their square: 10^11 steps.
void tst_KeyCode::chosenIntegers()
{
    using Integer = quint64 (*)(quint64);
    QFETCH(Integer, integer);
    QList<quint64> lows;
    for (quint64 i = 0; i < ManyIntegers; ++i)
        lows.append(integer(i));
    const Deadline deadline(std::chrono::seconds(60));
    const auto always = [](qint32) { return true; };
    KeyIndex index;
    index.build(
        lows, KeyCoding::Integer, always, [](qint32, qint32) { return true; }, deadline.token());
    for (qint32 row = 0; row < static_cast<qint32>(lows.size()) && !deadline.token().stop_requested(); ++row)
        QCOMPARE(index.first(lows.at(row), always), row);
    for (quint64 i = ManyIntegers; i < 2 * ManyIntegers && !deadline.token().stop_requested(); ++i)
        QCOMPARE(index.first(integer(i), always), -1);
    QVERIFY(!deadline.token().stop_requested());
}

SEEDBED_TEST(tst_KeyCode, QCoreApplication)
#include "tst_keycode.moc"
