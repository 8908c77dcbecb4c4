// SPDX-License-Identifier: MIT
#include "validation/datetext.h"

#include "quiettest.h"

#include <QTest>

using namespace seedbed;

class tst_DateText final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void dates_data();
    void dates();
    void refusals_data();
    void refusals();
};

namespace {

Field dateField(const QString &format)
{
    Field field;
    field.type = FieldType::Date;
    field.format = format;
    return field;
}

} // namespace

void tst_DateText::dates_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("text"); // as it is written
    QTest::addColumn<QDate>("date");
    const auto add = [](const char *format, const char *text, const QDate &date) {
        QTest::addRow("%s %s", format, text) << QString::fromLatin1(format) << QByteArray(text) << date;
    };
    add("default", "2024-02-29", QDate(2024, 2, 29));
    add("default", "0001-01-01", QDate(1, 1, 1));
    add("any", "2024-02-29", QDate(2024, 2, 29));
    add("%d/%m/%Y", "29/02/2024", QDate(2024, 2, 29));
    add("%d/%m/%Y", "01/01/0001", QDate(1, 1, 1));
    add("%d/%m/%Y", "31/12/9999", QDate(9999, 12, 31));
    add("%B %d, %Y", "February 29, 2024", QDate(2024, 2, 29));
    add("%Y%m%d", "02240229", QDate(224, 2, 29)); // not the year 2240
    add("%%Y %Y", "%Y 0224", QDate(224, 1, 1));
    add("%m/%d/%y", "01/01/69", QDate(1969, 1, 1));
}

void tst_DateText::dates()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, text);
    QFETCH(QDate, date);
    const Field field = dateField(format);
    QCOMPARE(dateOfText(field, text), std::optional(date));
    QCOMPARE(textOfDate(field, date), text);
}

void tst_DateText::refusals_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("text");
    const auto add = [](const char *format, const char *text) {
        QTest::addRow("%s %s", format, text) << QString::fromLatin1(format) << QByteArray(text);
    };
    add("default", "0000-12-31");
    add("default", "2023-02-29");
    add("%d/%m/%Y", "31/12/0000");
    add("%d/%m/%Y", "29/02/2024 ");
    add("%d/%m/%Y", "29/02");
    add("%s", "253402430400");      // seconds since 1970: of the year 10000
    add("%s", "67768000000000000"); // of a year that no int holds
}

void tst_DateText::refusals()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, text);
    QVERIFY(!dateOfText(dateField(format), text));
}

QTEST_APPLESS_MAIN(tst_DateText)
#include "tst_datetext.moc"
