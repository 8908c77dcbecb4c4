// SPDX-License-Identifier: MIT
#include "quiettest.h"
#include "rows/csv/decimalcomma.h"

using namespace seedbed;

class TestDecimalComma final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void convertsWhatIsSurelyANumber_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("number"); // empty: left as it is
        QTest::addColumn<bool>("isShown");
        const auto add = [](const char *text, const char *number, bool isShown) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(number) << isShown;
        };
        add("1234,5", "1234.5", true);
        add("0,50", "0.50", true);
        add("-1234,50", "-1234.50", true);
        add("+1,5", "+1.5", true);
        add("1.234,50", "1234.50", true);
        add("-1.234.567,5", "-1234567.5", true);
        add("1 234,50", "1234.50", true);
        add("1\u00A0234,50", "1234.50", true);
        add("1\u202F234,50", "1234.50", true);
        add("1.234,500", "1234.500", true);
        add("1234,500", "1234.500", true);
        add("1,234", "1.234", false); // so the user says, but it shows nothing
        add("123,456", "123.456", false);
        add("1.234", "1234", false);
        add("-1.234.567", "-1234567", false);
        add("1.2345", "", false);
        add("1..234", "", false);
        add(".234", "", false);
        add("1.", "", false);
        add(".", "", false);
        add("-.", "", false);
        add("1234.5", "", false);
        add("1234", "", false);
        add("1,234,567", "", false);
        add("1,234.50", "", false);
        add("12.34,5", "", false);
        add("1234.567,5", "", false);
        add("1.234 567,5", "", false);
        add(".234,5", "", false);
        add(",5", "", false);
        add("5,", "", false);
        add("-,5", "", false);
        add(",", "", false);
        add("-", "", false);
        add("--1,5", "", false);
        add("1,5 EUR", "", false);
        add("one, two", "", false);
        add("", "", false);
    }

    void convertsWhatIsSurelyANumber()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, number);
        QFETCH(bool, isShown);
        QCOMPARE(withDecimalPoint(text).value_or(QByteArray()), number);
        QCOMPARE(showsDecimalComma(text), isShown);
    }

    void isForFieldsWithAPoint()
    {
        Field field;
        QVERIFY(!hasDecimalPoint(field));
        field.type = FieldType::Integer;
        QVERIFY(!hasDecimalPoint(field));
        field.type = FieldType::Number;
        QVERIFY(hasDecimalPoint(field));
        field.groupChar = ",";
        QVERIFY(!hasDecimalPoint(field));
        field.groupChar = ".";
        field.decimalChar = ",";
        QVERIFY(!hasDecimalPoint(field));
    }
};

SEEDBED_TEST(TestDecimalComma, NoApplication)
#include "tst_decimalcomma.moc"
