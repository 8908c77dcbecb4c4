// SPDX-License-Identifier: MIT
#include "package/lexical.h"

#include "quiettest.h"

#include <QTest>

using namespace seedbed;

class TestLexical final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void integers_data();
    void integers();
    void numbers_data();
    void numbers();
    void dates_data();
    void dates();
};

namespace {

void addRows(std::initializer_list<const char *> good, std::initializer_list<const char *> bad)
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isValue");
    for (const char *text : good)
        QTest::addRow("yes '%s'", text) << QByteArray(text) << true;
    for (const char *text : bad)
        QTest::addRow("no '%s'", text) << QByteArray(text) << false;
}

} // namespace

void TestLexical::integers_data()
{
    addRows({ "0", "7", "-7", "+7", "007", "123456789012345678901234567890" },
            { "", "+", "-", "1.0", "1e3", " 1", "1 ", "--1", "1-", "x", "1,000", "0x1F", "\xD9\xA1" });
}

void TestLexical::integers()
{
    QFETCH(QByteArray, text);
    QTEST(isInteger(text), "isValue");
}

void TestLexical::numbers_data()
{
    addRows({ "0", "1000.00", "-50.00", "+1.5", ".5", "5.", "-.5", "1e5", "1E-5", "1.5e+10", "NaN", "nan", "INF", "inf",
              "-INF", "0.1234567890123456789" },
            { "", ".", "-", "+.", "1.2.3", "e5", "1e", "1e+", "1 000", "1,5", "--1", "+INF", "infinity", "NaNs", "5$",
              " 1", "1\n" });
}

void TestLexical::numbers()
{
    QFETCH(QByteArray, text);
    QTEST(isNumber(text), "isValue");
}

void TestLexical::dates_data()
{
    addRows({ "2024-02-29", "0001-01-01", "9999-12-31" },
            { "", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "0000-01-01", "24-01-01", "2024-1-1",
              "2024/01/01", "2024-01-01 ", "2024-01-0x", "+024-01-01" });
}

void TestLexical::dates()
{
    QFETCH(QByteArray, text);
    QTEST(isDate(text), "isValue");
}

SEEDBED_TEST(TestLexical, NoApplication)
#include "tst_lexical.moc"
