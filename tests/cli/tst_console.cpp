// SPDX-License-Identifier: MIT
#include "cli/console.h"
#include "report/printable.h"
#include "quiettest.h"

using namespace seedbed;

class TestConsole final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void printable_data();
    void printable();
    void progressLine();
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

void TestConsole::progressLine()
{
    RunUpdate update;
    update.phase = RunUpdate::Phase::Validating;
    QCOMPARE(seedbed::progressLine(update), QStringLiteral("Validating"));

    update.phase = RunUpdate::Phase::Inserting;
    update.tables.resize(2);
    update.tables[0].read = 10;
    update.tables[0].counts.inserted = 7;
    update.tables[0].inFlight = 3;
    update.tables[1].read = 20;
    update.tables[1].counts.skipped = 2;
    update.tables[1].inFlight = 4;
    QCOMPARE(seedbed::progressLine(update), QStringLiteral("Inserting: 9 of 30 rows, 7 in flight"));

    update.tables[1].lockRetries = 2;
    QCOMPARE(seedbed::progressLine(update),
             QStringLiteral("Inserting: 9 of 30 rows, 7 in flight, 2 waits for a lock"));
}

QTEST_GUILESS_MAIN(TestConsole)
#include "tst_console.moc"
