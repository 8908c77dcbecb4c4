// SPDX-License-Identifier: MIT

// --on-conflict: what seedbed-cli says of rows that are in the databases with other values, and how it ends.

#include "commandrunner.h"
#include "quiettest.h"

#include <QJsonArray>
#include <QTemporaryDir>

using namespace seedbed;

class TestCliOnConflict final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void ends_data();
    void ends();
    void previewAsText();
    void previewAsJson();
    void refusedRowsAreRejects();

private:
    /// A folder with the sample in it, but for another name of the third user and no first order.
    [[nodiscard]] std::unique_ptr<QTemporaryDir> sampleWithOtherValues() const;
};

std::unique_ptr<QTemporaryDir> TestCliOnConflict::sampleWithOtherValues() const
{
    auto folder = std::make_unique<QTemporaryDir>();
    if (runCli({ QStringLiteral("run") }, folder->path()).status != 0)
        qFatal("the sample cannot be inserted");
    const QString said = sqlite(folder->filePath(QStringLiteral("users.db")),
                                QStringLiteral("UPDATE users SET name = 'Carl', email = NULL WHERE id = 3"))
        + sqlite(folder->filePath(QStringLiteral("orders.db")), QStringLiteral("DELETE FROM orders WHERE id = 1"));
    if (!said.isEmpty())
        qFatal("%s", qPrintable(said));
    return folder;
}

void TestCliOnConflict::ends_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("orders");
    QTest::newRow("skip") << "skip" << 0 << QByteArray("row 3 skipped: id 3 is in users.db with other values\n")
                          << "Carl|"
                          << "7";
    QTest::newRow("update") << "update" << 0 << QByteArray("1 inserted, 22 unchanged, 1 updated, 6 skipped\n")
                            << "Charlie|charlie@example.com"
                            << "7";
    QTest::newRow("fail") << "fail" << 1
                          << QByteArray("Nothing was written, as there are keys in the databases with other values\n")
                          << "Carl|"
                          << "6";
}

void TestCliOnConflict::ends()
{
    QFETCH(QString, policy);
    QFETCH(QByteArray, said);
    const auto folder = sampleWithOtherValues();
    const CommandResult result = runCli({ QStringLiteral("run"), QStringLiteral("--on-conflict"), policy,
                                          QStringLiteral("--fail-on"), QStringLiteral("none") },
                                        folder->path());
    QTEST(result.status, "status");
    QVERIFY2(result.out.contains(said), result.out);
    QTEST(sqlite(folder->filePath(QStringLiteral("users.db")),
                 QStringLiteral("SELECT name, email FROM users WHERE id = 3")),
          "user");
    QTEST(sqlite(folder->filePath(QStringLiteral("orders.db")), QStringLiteral("SELECT count(*) FROM orders")),
          "orders");
}

void TestCliOnConflict::previewAsText()
{
    const auto folder = sampleWithOtherValues();
    const CommandResult result =
        runCli({ QStringLiteral("validate"), QStringLiteral("--on-conflict=update") }, folder->path());
    QCOMPARE(result.status, 0);
    QVERIFY2(result.out.contains("1 would be inserted, 22 unchanged, 1 would be updated, 6 skipped\n"), result.out);
    QVERIFY2(result.out.contains(
                 "  row 3 would be updated: name \"Carl\" -> \"Charlie\", email nothing -> \"charlie@example.com\"\n"),
             result.out);
    QCOMPARE(sqlite(folder->filePath(QStringLiteral("users.db")),
                    QStringLiteral("SELECT name FROM users WHERE id = 3")),
             QStringLiteral("Carl"));
}

void TestCliOnConflict::previewAsJson()
{
    const auto folder = sampleWithOtherValues();
    const QJsonObject report =
        runCli({ QStringLiteral("validate"), QStringLiteral("--on-conflict=update"), QStringLiteral("--format=json") },
               folder->path())
            .json();
    QCOMPARE(report.value(QStringLiteral("onConflict")), QJsonValue(QStringLiteral("update")));
    const QJsonObject users = tableOf(report, QStringLiteral("users"));
    QCOMPARE(users.value(QStringLiteral("updated")), QJsonValue(1));
    const QJsonArray expected { QJsonObject {
        { QStringLiteral("row"), 3 },
        { QStringLiteral("key"), QStringLiteral("3") },
        { QStringLiteral("cells"),
          QJsonArray { QJsonObject { { QStringLiteral("field"), QStringLiteral("name") },
                                     { QStringLiteral("before"), QStringLiteral("Carl") },
                                     { QStringLiteral("after"), QStringLiteral("Charlie") } },
                       QJsonObject { { QStringLiteral("field"), QStringLiteral("email") },
                                     { QStringLiteral("before"), QJsonValue() },
                                     { QStringLiteral("after"), QStringLiteral("charlie@example.com") } } } } } };
    QCOMPARE(users.value(QStringLiteral("changes")), QJsonValue(expected));
    QVERIFY(!tableOf(report, QStringLiteral("orders")).contains(QStringLiteral("changes")));
}

void TestCliOnConflict::refusedRowsAreRejects()
{
    const auto folder = sampleWithOtherValues();
    const CommandResult result = runCli({ QStringLiteral("run"), QStringLiteral("--on-conflict=fail"),
                                          QStringLiteral("--rejects"), QStringLiteral("bad") },
                                        folder->path());
    QCOMPARE(result.status, 1);
    const QByteArray users = readFile(folder->filePath(QStringLiteral("bad/users.csv")));
    QVERIFY2(users.contains("3,Charlie,charlie@example.com,3,id 3 is in users.db with other values\n"), users);
    QVERIFY(readFile(folder->filePath(QStringLiteral("bad/orders.csv"))).contains("1,1,1,2,1,nothing was written\n"));
}

SEEDBED_TEST(TestCliOnConflict, QCoreApplication)
#include "tst_clionconflict.moc"
