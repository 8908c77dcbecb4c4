// SPDX-License-Identifier: MIT
// What would steer a terminal, or turn the text around it, is written as its code.

#include "quiettest.h"
#include "report/printable.h"

using namespace seedbed;

class tst_Printable final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void characters_data();
    void characters();
    void amongOthers();
};

void tst_Printable::characters_data()
{
    QTest::addColumn<char16_t>("first");
    QTest::addColumn<char16_t>("last");
    QTest::addColumn<bool>("isWritten"); // as it is
    const auto add = [](const char *name, char16_t first, char16_t last, bool isWritten) {
        QTest::newRow(name) << first << last << isWritten;
    };
    add("controls", 0x00, 0x08, false);
    add("controls after the line break", 0x0b, 0x1f, false);
    add("ASCII", 0x20, 0x7e, true);
    add("more controls", 0x7f, 0x9f, false);
    add("letters", 0xa0, 0xff, true);
    add("before the marks of direction", 0x200a, 0x200d, true);
    add("marks of direction", 0x200e, 0x200f, false);
    add("after them", 0x2010, 0x2027, true);
    add("separators and embedded directions", 0x2028, 0x202e, false);
    add("after them, too", 0x202f, 0x2065, true);
    add("isolated directions", 0x2066, 0x2069, false);
    add("after all", 0x206a, 0x20a0, true);
}

void tst_Printable::characters()
{
    QFETCH(char16_t, first);
    QFETCH(char16_t, last);
    QFETCH(bool, isWritten);
    for (char16_t code = first; code <= last; ++code) {
        const QString text { QChar(code) };
        QCOMPARE(printable(text),
                 isWritten ? text : QStringLiteral("\\u%1").arg(static_cast<ushort>(code), 4, 16, QLatin1Char('0')));
    }
}

void tst_Printable::amongOthers()
{
    QCOMPARE(printable(QString()), QString());
    QCOMPARE(printable(QStringLiteral("a\nb\tc\x1b[31m\u00e9")), QStringLiteral("a\\nb\\tc\\u001b[31m\u00e9"));
}

SEEDBED_TEST(tst_Printable, NoApplication)
#include "tst_printable.moc"
