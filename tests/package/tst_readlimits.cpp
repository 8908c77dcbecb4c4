// SPDX-License-Identifier: MIT
#include "base/readlimits.h"

#include "package/descriptor.h"
#include "quiettest.h"

#include <QTest>

using namespace seedbed;

namespace {

const QString File = QStringLiteral("/test/datapackage.json");

QString refusalOf(const QByteArray &json, const ReadLimits &limits)
{
    const Result<Package> package = parsePackage(json, File, limits);
    return package ? QString() : package.error().message;
}

} // namespace

class TestReadLimits final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void sizes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("bytes"); // 0: it is none
        const auto add = [](const char *text, qsizetype bytes) {
            QTest::newRow(text) << QString(QLatin1String(text)) << bytes;
        };
        add("1", 1);
        add("1500", 1500);
        add("2K", 2048);
        add("4m", 4 << 20);
        add("1G", 1 << 30);
        add("1024M", 1 << 30);
        add("1073741824", 1 << 30);
        add("1073741825", 0);
        add("1025M", 0);
        add("2G", 0);
        add("99999999999999999999", 0);
        add("0", 0);
        add("0K", 0);
        add("-1", 0);
        add("+1", 0);
        add(" 1", 0);
        add("1.5M", 0);
        add("1KM", 0);
        add("1T", 0);
        add("M", 0);
        add("", 0);
        add("\u0661", 0);
    }

    void sizes()
    {
        QFETCH(QString, text);
        QFETCH(qsizetype, bytes);
        QCOMPARE(sizeFromText(text).value_or(0), bytes);
    }

    void textsOfSizes()
    {
        QCOMPARE(sizeText(1), QStringLiteral("1 byte"));
        QCOMPARE(sizeText(1500), QStringLiteral("1500 bytes"));
        QCOMPARE(sizeText(1 << 20), QStringLiteral("1 MiB"));
        QCOMPARE(sizeText(3 << 10), QStringLiteral("3 KiB"));
        QCOMPARE(sizeText(ReadLimits::MostBytes), QStringLiteral("1 GiB"));
    }

    void fieldsOfASchema()
    {
        const QByteArray json = R"({"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [
            {"name": "x"}, {"name": "y"}, {"name": "z"}]}}]})";
        QCOMPARE(refusalOf(json, { 1, 1, 3 }), QString());
        QCOMPARE(refusalOf(json, { 1, 1, 2 }),
                 QStringLiteral(
                     "/test/datapackage.json: $.resources[0].schema.fields: has 3 fields, which is more than "
                     "2; make several tables of them, or allow more (--max-columns)"));
    }

    void cellsOfInlineRows_data()
    {
        QTest::addColumn<QByteArray>("rows");
        QTest::addColumn<QString>("where");
        QTest::newRow("objects") << QByteArray(R"([{"x": "12345"}, {"x": "123456"}])") << QStringLiteral("[1].x");
        QTest::newRow("arrays") << QByteArray(R"([["x"], ["12345"], ["123456"]])") << QStringLiteral("[2][0]");
        QTest::newRow("a number") << QByteArray(R"([{"x": 123456}])") << QStringLiteral("[0].x");
    }

    void cellsOfInlineRows()
    {
        QFETCH(QByteArray, rows);
        QFETCH(QString, where);
        const QByteArray json =
            R"({"resources": [{"name": "a", "schema": {"fields": [{"name": "x"}]}, "data": )" + rows + "}]}";
        QCOMPARE(refusalOf(json, { 6, 1, 1 }), QString());
        QCOMPARE(refusalOf(json, { 5, 1, 1 }),
                 QStringLiteral("/test/datapackage.json: $.resources[0].data%1: is longer than 5 bytes; shorten it, or "
                                "allow more (--max-cell)")
                     .arg(where));
    }
};

SEEDBED_TEST(TestReadLimits, NoApplication)
#include "tst_readlimits.moc"
