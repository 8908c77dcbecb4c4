// SPDX-License-Identifier: MIT
// However many rows were cancelled, the report stays short.

#include "quiettest.h"
#include "report/reporttext.h"

using namespace seedbed;

class tst_ReportText final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void cancelledRows_data();
    void cancelledRows();
};

void tst_ReportText::cancelledRows_data()
{
    QTest::addColumn<int>("singles");  // rows 1, 3, 5, … alone
    QTest::addColumn<int>("together"); // rows after them, in a row
    QTest::addColumn<int>("lines");
    QTest::addColumn<QString>("last");
    QTest::newRow("none") << 0 << 0 << 0 << QString();
    QTest::newRow("one") << 1 << 0 << 1 << QStringLiteral("row 1");
    QTest::newRow("two together") << 0 << 2 << 1 << QStringLiteral("rows 2 to 3");
    QTest::newRow("all in a row") << 0 << 1000000 << 1 << QStringLiteral("rows 2 to 1000001");
    QTest::newRow("as many ranges as are named") << 19 << 5 << 20 << QStringLiteral("rows 40 to 44");
    QTest::newRow("one range more") << 20 << 5 << 21 << QStringLiteral("and 5 more");
    QTest::newRow("many ranges more") << 1020 << 5 << 21 << QStringLiteral("and 1005 more");
}

void tst_ReportText::cancelledRows()
{
    QFETCH(int, singles);
    QFETCH(int, together);
    QFETCH(int, lines);
    QFETCH(QString, last);
    TableReport table;
    for (int i = 0; i < singles; ++i)
        table.cancelled.add(RowNumber { 2 * static_cast<quint64>(i) + 1 });
    const auto first = static_cast<quint64>(2 * singles + 2);
    if (together > 0)
        table.cancelled.add({ RowNumber { first }, RowNumber { first + static_cast<quint64>(together) - 1 } });
    QCOMPARE(table.cancelled.count(), singles + together);
    RunReport report;
    report.tables.append(table);
    const QStringList cancelled =
        reportToText(report).split(u'\n').filter(QStringLiteral(" cancelled: ") + cancelledReason(report));
    QCOMPARE(cancelled.size(), lines);
    QCOMPARE(cancelled.value(lines - 1).section(QStringLiteral(" cancelled"), 0, 0).trimmed(), last);
}

SEEDBED_TEST(tst_ReportText, NoApplication)
#include "tst_reporttext.moc"
