// SPDX-License-Identifier: MIT
// Codes of keys, and the rows found by them, held against plain containers.

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

QTEST_GUILESS_MAIN(tst_KeyCode)
#include "tst_keycode.moc"
