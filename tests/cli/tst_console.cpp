// SPDX-License-Identifier: MIT
#include "quiettest.h"
#include "report/printable.h"

using namespace seedbed;

class TestConsole final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void printable_data();
    void printable();
};

void TestConsole::printable_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("plain") << QStringLiteral("Zoë's café, 100 %") << QStringLiteral("Zoë's café, 100 %");
    QTest::newRow("beyond the first plane") << QStringLiteral("🌱 sprout") << QStringLiteral("🌱 sprout");
    QTest::newRow("line break") << QStringLiteral("a\nb\r") << QStringLiteral("a\\nb\\u000d");
    QTest::newRow("tab") << QStringLiteral("a\tb") << QStringLiteral("a\\tb");
    QTest::newRow("escape") << QStringLiteral("\u001b[2J") << QStringLiteral("\\u001b[2J");
    QTest::newRow("delete") << QStringLiteral("\u007f") << QStringLiteral("\\u007f");
    QTest::newRow("eight-bit control") << QString(QChar(0x9b)) << QStringLiteral("\\u009b");
    QTest::newRow("right to left") << QString(QChar(0x202e)) << QStringLiteral("\\u202e");
}

void TestConsole::printable()
{
    QFETCH(QString, text);
    QTEST(seedbed::printable(text), "expected");
}

SEEDBED_TEST(TestConsole, QCoreApplication)
#include "tst_console.moc"
