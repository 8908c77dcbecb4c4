// SPDX-License-Identifier: MIT
// Dates in every form that a field may give them, read and written.

#include "quiettest.h"
#include "validation/datetext.h"

using namespace seedbed;

class tst_DateText final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void readAndWritten_data();
    void readAndWritten();
    void noDates_data();
    void noDates();
    void aPatternWithoutADay();
};

namespace {

Field fieldOf(const QString &format)
{
    Field field;
    field.type = FieldType::Date;
    field.format = format;
    return field;
}

} // namespace

void tst_DateText::readAndWritten_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QDate>("date");
    const auto add = [](const char *format, const char *text, const QDate &date) {
        QTest::addRow("%s %s", format, text) << QString::fromLatin1(format) << QByteArray(text) << date;
    };
    const QDate leapDay(2024, 2, 29); // a Thursday, the 60th of its year
    add("default", "2024-02-29", leapDay);
    add("any", "2024-02-29", leapDay);
    add("%d/%m/%Y", "29/02/2024", leapDay);
    add("fmt:%d.%m.%y", "29.02.24", leapDay);
    add("%d %B %Y", "29 February 2024", leapDay); // in English, whatever the locale
    add("%a %d %b %Y", "Thu 29 Feb 2024", leapDay);
    add("%A, %d %b %Y", "Sunday, 03 Mar 2024", QDate(2024, 3, 3));
    add("%w %d/%m/%Y", "0 03/03/2024", QDate(2024, 3, 3));
    add("%j %d/%m/%Y", "060 29/02/2024", leapDay);
    add("%j %d/%m/%Y", "366 31/12/2024", QDate(2024, 12, 31));
    add("%d/%m/%Y", "01/01/1900", QDate(1900, 1, 1));
    add("%d/%m/%Y", "31/12/1899", QDate(1899, 12, 31));
    add("default", "0001-01-01", QDate(1, 1, 1));
    add("%d/%m/%Y", "01/01/0001", QDate(1, 1, 1));
    add("%d/%m/%Y", "31/12/9999", QDate(9999, 12, 31));
    add("%B %d, %Y", "February 29, 2024", leapDay);
    add("%Y%m%d", "02240229", QDate(224, 2, 29)); // not the year 2240
    add("%%Y %Y", "%Y 0224", QDate(224, 1, 1));
    add("%m/%d/%y", "01/01/69", QDate(1969, 1, 1));
}

void tst_DateText::readAndWritten()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, text);
    QFETCH(QDate, date);
    QCOMPARE(dateOfText(fieldOf(format), text), std::optional(date));
    QCOMPARE(textOfDate(fieldOf(format), date), text);
    QCOMPARE(hasIsoDates(fieldOf(format)), !format.contains(u'%'));
}

void tst_DateText::noDates_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("text");
    const auto add = [](const char *format, const char *text) {
        QTest::addRow("%s %s", format, text) << QString::fromLatin1(format) << QByteArray(text);
    };
    add("default", "2023-02-29");
    add("default", "29/02/2024");
    add("any", "");
    add("%d/%m/%Y", "");
    add("%d/%m/%Y", "29/02/2023");
    add("%d/%m/%Y", "31/04/2024");
    add("%d/%m/%Y", "29/02/2024 ");
    add("%d/%m/%Y", "29/02/2024x");
    add("%d/%m/%Y", "2024-02-29");
    add("%d %B %Y", "29 Februar 2024");
    add("default", "0000-12-31");
    add("%d/%m/%Y", "31/12/0000");
    add("%d/%m/%Y", "29/02");
    add("%s", "253402430400");      // seconds since 1970: of the year 10000
    add("%s", "67768000000000000"); // of a year that no int holds
}

void tst_DateText::noDates()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, text);
    QCOMPARE(dateOfText(fieldOf(format), text), std::optional<QDate>());
}

void tst_DateText::aPatternWithoutADay()
{
    QCOMPARE(dateOfText(fieldOf(QStringLiteral("%m/%Y")), "02/2024"), std::optional(QDate(2024, 2, 1)));
    QCOMPARE(textOfDate(fieldOf(QStringLiteral("%m/%Y")), QDate(2024, 2, 29)), QByteArray("02/2024"));
}

SEEDBED_TEST(tst_DateText, NoApplication)
#include "tst_datetext.moc"
