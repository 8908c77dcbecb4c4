// SPDX-License-Identifier: MIT
// Exact decimals: reading, comparing, writing.

#include "quiettest.h"
#include "validation/decimal.h"

#include <QRandomGenerator>

using namespace seedbed;

class tst_Decimal final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void text_data();
    void text();
    void refusesWhatIsNoNumber_data();
    void refusesWhatIsNoNumber();
    void order_data();
    void order();
    void canonicalParts();
    void notANumberHasNoOrder();
};

void tst_Decimal::text_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("canonical");
    const auto add = [](const char *written, const char *canonical) {
        QTest::newRow(written) << QByteArray(written) << QByteArray(canonical);
    };
    add("0", "0");
    add("-0", "0");
    add("0.000", "0");
    add("1000.00", "1000");
    add("19.99", "19.99");
    add("-50.00", "-50");
    add("+007", "7");
    add(".5", "0.5");
    add("5.", "5");
    add("1e3", "1000");
    add("1E+3", "1000");
    add("12.5e-3", "0.0125");
    add("0.1234567890123456789", "0.1234567890123456789");
    add("123456789012345678901234567890", "1.2345678901234567890123456789e+29");
    add("9007199254740993", "9007199254740993");
    add("1e40", "1e+40");
    add("-2.5e-40", "-2.5e-40");
    add("1e999999999999", "1e+999999999999");
    add("10e1000000000000", "1e+1000000000000"); // clamped, as is what is beyond
    add("1e10000000000000", "1e+1000000000000");
    add("-0.01e-1000000000000", "-1e-1000000000000");
    add("NaN", "NaN");
    add("nan", "NaN");
    add("INF", "INF");
    add("-inf", "-INF");
}

void tst_Decimal::text()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, canonical);
    const auto number = Decimal::parse(written);
    QVERIFY(number);
    QCOMPARE(number->toText(), canonical);
    QCOMPARE(Decimal::parse(canonical)->toText(), canonical);
}

void tst_Decimal::refusesWhatIsNoNumber_data()
{
    QTest::addColumn<QByteArray>("written");
    for (const char *text : { "", " ", ".", "-", "+", "e5", "1e", "1e+", "1 ", " 1", "1,000", "--1", "1.2.3", "0x10",
                              "1e5.5", "Infinity", "+INF", "1_000", "\xd9\xa1" })
        QTest::newRow(text) << QByteArray(text);
}

void tst_Decimal::refusesWhatIsNoNumber()
{
    QFETCH(QByteArray, written);
    QVERIFY(!Decimal::parse(written));
}

void tst_Decimal::order_data()
{
    QTest::addColumn<QByteArray>("smaller");
    QTest::addColumn<QByteArray>("larger");
    const auto add = [](const char *smaller, const char *larger) {
        QTest::addRow("%s < %s", smaller, larger) << QByteArray(smaller) << QByteArray(larger);
    };
    add("0", "0.0000000000000000000001");
    add("-0.0001", "0");
    add("-1", "1");
    add("9", "10");
    add("99.9", "100");
    add("-100", "-99.9");
    add("0.1", "0.10000000000000000001");
    add("9007199254740992", "9007199254740993");
    add("1e-5", "1e5");
    add("1e400", "INF");
    add("-INF", "-1e400");
    add("-INF", "INF");
}

void tst_Decimal::order()
{
    QFETCH(QByteArray, smaller);
    QFETCH(QByteArray, larger);
    const Decimal a = *Decimal::parse(smaller);
    const Decimal b = *Decimal::parse(larger);
    QVERIFY(a.compare(b) < 0);
    QVERIFY(b.compare(a) > 0);
    QVERIFY(a.compare(a) == 0);
    QVERIFY(b.compare(b) == 0);
    QVERIFY(Decimal::compareTexts(a.toText(), b.toText()) < 0);
    QVERIFY(Decimal::compareTexts(b.toText(), a.toText()) > 0);
    QVERIFY(Decimal::compareTexts(a.toText(), a.toText()) == 0);
}

// Whatever is taken from a text without parsing is what parsing makes of it.
void tst_Decimal::canonicalParts()
{
    QRandomGenerator random(5);
    constexpr QByteArrayView Signs = "0123456789000...+-e";
    int found = 0;
    for (int round = 0; round < 200'000; ++round) {
        QByteArray text;
        const int length = static_cast<int>(random.bounded(9));
        for (int i = 0; i < length; ++i)
            text += Signs.at(random.bounded(static_cast<int>(Signs.size())));
        const auto part = Decimal::canonicalPart(text);
        if (!part)
            continue;
        ++found;
        const auto number = Decimal::parse(text);
        QVERIFY2(number.has_value(), text.constData());
        QCOMPARE(part->toByteArray(), number->toText());
    }
    QVERIFY(found > 10'000);
    QCOMPARE(Decimal::canonicalPart("1000.00")->toByteArray(), QByteArray("1000"));
    QCOMPARE(Decimal::canonicalPart("+007.50")->toByteArray(), QByteArray("7.5"));
    QVERIFY(!Decimal::canonicalPart("-0.00"));
    QVERIFY(!Decimal::canonicalPart(".5"));
    QVERIFY(!Decimal::canonicalPart("1e5"));
}

void tst_Decimal::notANumberHasNoOrder()
{
    const Decimal none = *Decimal::parse("NaN");
    const Decimal one = *Decimal::parse("1");
    QVERIFY(none.compare(one) == std::partial_ordering::unordered);
    QVERIFY(none.compare(none) == std::partial_ordering::unordered);
}

SEEDBED_TEST(tst_Decimal, NoApplication)
#include "tst_decimal.moc"
