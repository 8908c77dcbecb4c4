// SPDX-License-Identifier: MIT

// seedbed-cli on the sample and on small packages: what it prints, what is in the files, how it ends.

#include "commandrunner.h"
#include "quiettest.h"
#include "testpaths.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <memory>

using namespace seedbed;

class TestSeedbedCli final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_folder = std::make_unique<QTemporaryDir>(); }
    void sampleAsJson();
    void sampleAsText();
    void runAgain();
    void validateWritesNothing();
    void newFilesHaveNoRules();
    void numbersAreNumbers();
    void tableOfAnotherProgram();
    void rejects();
    void failOn_data();
    void failOn();
    void outputFile();
    void outputIsNoneOfTheDatabases();
    void endsWhateverEndsFirst();
    void quiet();
    void helpAndVersion();
    void controlCharactersAreEscaped();
    void linksNoWindows();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    [[nodiscard]] CommandResult run(const QStringList &arguments = {}) const;
    [[nodiscard]] CommandResult runJson() const;

    std::unique_ptr<QTemporaryDir> m_folder = std::make_unique<QTemporaryDir>(); // a new one for each test
};

namespace {

const QStringList Resources { QStringLiteral("users"), QStringLiteral("products"), QStringLiteral("orders") };

QJsonObject expectedTable(const QString &resource)
{
    const QByteArray text = readFile(QStringLiteral(SEEDBED_SOURCE_DIR "/tests/cli/sample-report.json"));
    return tableOf(QJsonDocument::fromJson(text).object(), resource);
}

/// Compares what does not depend on the clock, field by field, and that no other field is there.
void compareTable(const QJsonObject &actual, const QJsonObject &expected)
{
    const QStringList varying { QStringLiteral("seconds"), QStringLiteral("peakInFlight") };
    for (auto field = expected.begin(); field != expected.end(); ++field) {
        const QByteArray got = QJsonDocument(QJsonArray { actual.value(field.key()) }).toJson();
        const QByteArray wanted = QJsonDocument(QJsonArray { field.value() }).toJson();
        QVERIFY2(got == wanted, qPrintable(field.key() + QStringLiteral(": ") + QString::fromUtf8(got)));
    }
    for (const QString &field : actual.keys())
        QVERIFY2(expected.contains(field) || varying.contains(field), qPrintable(field));
    for (const QString &field : varying)
        QVERIFY2(actual.value(field).isDouble(), qPrintable(field));
}

} // namespace

CommandResult TestSeedbedCli::run(const QStringList &arguments) const
{
    return runCli(QStringList { QStringLiteral("run") } + arguments, m_folder->path());
}

CommandResult TestSeedbedCli::runJson() const
{
    return run({ QStringLiteral("--format"), QStringLiteral("json") });
}

void TestSeedbedCli::sampleAsJson()
{
    const CommandResult result = runJson();
    QVERIFY2(result.status == 0, result.err);
    const QJsonObject report = result.json();
    QCOMPARE(report.value(QStringLiteral("package")).toString(), QStringLiteral("shop"));
    QCOMPARE(report.value(QStringLiteral("into")).toString(), QDir(m_folder->path()).canonicalPath());
    QCOMPARE(report.value(QStringLiteral("outcome")).toString(), QStringLiteral("completed"));
    QCOMPARE(report.value(QStringLiteral("dryRun")), QJsonValue(false));
    QVERIFY(report.value(QStringLiteral("seconds")).toDouble(-1) > 0);
    const QDateTime started = QDateTime::fromString(report.value(QStringLiteral("started")).toString(), Qt::ISODate);
    QVERIFY(started.isValid() && qAbs(started.secsTo(QDateTime::currentDateTimeUtc())) < 600);
    QCOMPARE(report.value(QStringLiteral("tables")).toArray().size(), 3);
    for (const QString &resource : Resources)
        compareTable(tableOf(report, resource), expectedTable(resource));
}

void TestSeedbedCli::sampleAsText()
{
    const CommandResult result = run();
    QVERIFY2(result.status == 0, result.err);
    const QList<QByteArray> expected =
        readFile(QStringLiteral(SEEDBED_SOURCE_DIR "/tests/cli/sample-report.txt")).split('\n');
    // The clock's numbers differ from run to run; the file has a ~ in their place.
    QString text = QString::fromUtf8(result.out);
    text.replace(m_folder->path(), QStringLiteral("~"));
    text.replace(QRegularExpression(QStringLiteral("\\b\\d+\\.\\d+ s\\b")), QStringLiteral("~ s"));
    text.replace(QRegularExpression(QStringLiteral("\\b\\d+ in flight\\b")), QStringLiteral("~ in flight"));
    QCOMPARE(text.toUtf8().split('\n'), expected);
}

void TestSeedbedCli::runAgain()
{
    QCOMPARE(runJson().status, 0);
    const CommandResult second = runJson();
    QVERIFY2(second.status == 0, second.err);
    for (const QString &resource : Resources) {
        QJsonObject expected = expectedTable(resource);
        expected[QStringLiteral("unchanged")] = expected.value(QStringLiteral("inserted"));
        expected[QStringLiteral("inserted")] = 0;
        compareTable(tableOf(second.json(), resource), expected);
    }
    QCOMPARE(sqlite(path("users.db"), QStringLiteral("SELECT count(*) FROM users")), QStringLiteral("8"));
}

void TestSeedbedCli::validateWritesNothing()
{
    const CommandResult result =
        runCli({ QStringLiteral("validate"), QStringLiteral("--format"), QStringLiteral("json") }, m_folder->path());
    QVERIFY2(result.status == 0, result.err);
    QCOMPARE(result.json().value(QStringLiteral("dryRun")), QJsonValue(true));
    for (const QString &resource : Resources) {
        const QJsonObject table = tableOf(result.json(), resource);
        QCOMPARE(table.value(QStringLiteral("skipped")), expectedTable(resource).value(QStringLiteral("skipped")));
        QCOMPARE(table.value(QStringLiteral("rejected")), expectedTable(resource).value(QStringLiteral("rejected")));
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
}

void TestSeedbedCli::newFilesHaveNoRules()
{
    QCOMPARE(run().status, 0);
    const QStringList rules { QStringLiteral("NOT NULL"),   QStringLiteral("UNIQUE"),  QStringLiteral("CHECK"),
                              QStringLiteral("REFERENCES"), QStringLiteral("TRIGGER"), QStringLiteral("INDEX") };
    for (const QString &resource : Resources) {
        const QString schema =
            sqlite(path(qPrintable(resource + QStringLiteral(".db"))), QStringLiteral(".schema")).toUpper();
        QVERIFY2(schema.contains(QStringLiteral("PRIMARY KEY")), qPrintable(schema));
        for (const QString &rule : rules)
            QVERIFY2(!schema.contains(rule), qPrintable(schema));
    }
    QCOMPARE(databasesIn(m_folder->path()),
             (QStringList { QStringLiteral("orders.db"), QStringLiteral("products.db"), QStringLiteral("users.db") }));
}

void TestSeedbedCli::numbersAreNumbers()
{
    QVERIFY(writeFile(path("datapackage.json"), R"({"name": "p", "resources": [{"name": "products", "path": "p.csv",
        "schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"},
                                                  {"name": "price", "type": "number"}]}}]})"));
    QVERIFY(writeFile(path("p.csv"), "id,price\n1,1000.00\n2,19.99\n"));
    const CommandResult result = run({ QStringLiteral(".") });
    QVERIFY2(result.status == 0, result.err);
    QCOMPARE(sqlite(path("products.db"), QStringLiteral("SELECT typeof(price), price FROM products ORDER BY id")),
             QStringLiteral("integer|1000\nreal|19.99"));
}

void TestSeedbedCli::tableOfAnotherProgram()
{
    const QString schema = QStringLiteral("CREATE TABLE \"users\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "
                                          "\"name\" varchar(255), \"email\" varchar(255))");
    QCOMPARE(sqlite(path("users.db"), schema), QString());
    QCOMPARE(sqlite(path("users.db"), QStringLiteral("INSERT INTO users(name, email) VALUES('Zoe', 'z@example.com')")),
             QString());
    QCOMPARE(sqlite(path("users.db"), QStringLiteral("UPDATE users SET id = 100")), QString());

    const CommandResult result = runJson();
    QVERIFY2(result.status == 0, result.err);
    compareTable(tableOf(result.json(), QStringLiteral("users")), expectedTable(QStringLiteral("users")));
    QCOMPARE(sqlite(path("users.db"),
                    QStringLiteral("SELECT group_concat(id) FROM (SELECT id FROM users "
                                   "ORDER BY id)")),
             QStringLiteral("1,2,3,4,5,6,7,9,100"));
    const QString after =
        sqlite(path("users.db"), QStringLiteral("SELECT sql FROM sqlite_schema WHERE name = 'users'"));
    QCOMPARE(after, schema);
    QCOMPARE(sqlite(path("users.db"), QStringLiteral("PRAGMA journal_mode")), QStringLiteral("delete"));
}

void TestSeedbedCli::rejects()
{
    const CommandResult result = run({ QStringLiteral("--rejects"), QStringLiteral("bad") });
    QVERIFY2(result.status == 0, result.err);
    QCOMPARE(readFile(path("bad/users.csv")),
             QByteArray("id,name,email,_row,_reasons\n"
                        "8,Alice,alice@example.com,8,duplicate email (users row 1)\n"
                        "10,,jane@example.com,10,missing name\n"));
    QCOMPARE(readFile(path("bad/products.csv")),
             QByteArray("id,name,price,_row,_reasons\n10,Earbuds,-50.00,10,price must be > 0\n"));
    QCOMPARE(readFile(path("bad/orders.csv")).split('\n').size(), 5); // a header, three rows, and an end
}

void TestSeedbedCli::failOn_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("status");

    QTest::newRow("none") << QStringLiteral("none") << 0;
    QTest::newRow("failed") << QStringLiteral("failed") << 0;
    QTest::newRow("skipped") << QStringLiteral("skipped") << 1;
}

void TestSeedbedCli::failOn()
{
    QFETCH(QString, value);
    const CommandResult result = run({ QStringLiteral("--fail-on"), value });
    QTEST(result.status, "status");
    QVERIFY(!result.out.isEmpty());
}

void TestSeedbedCli::outputFile()
{
    const CommandResult result = run({ QStringLiteral("--format"), QStringLiteral("json"), QStringLiteral("--output"),
                                       QStringLiteral("report.json") });
    QVERIFY2(result.status == 0, result.err);
    QCOMPARE(result.out, QByteArray());
    const QJsonObject report = QJsonDocument::fromJson(readFile(path("report.json"))).object();
    compareTable(tableOf(report, QStringLiteral("orders")), expectedTable(QStringLiteral("orders")));
}

void TestSeedbedCli::outputIsNoneOfTheDatabases()
{
    for (const char *file : { "users.db", "./orders.db", "products.db-wal" }) {
        const CommandResult result = run({ QStringLiteral("--output"), QLatin1String(file) });
        QCOMPARE(result.status, 3);
        QVERIFY2(result.err.contains("the report would overwrite it"), result.err);
    }
    QVERIFY(!QFile::exists(path("users.db")));
}

// A job that is over before the event loop begins must end the command all the same.
void TestSeedbedCli::endsWhateverEndsFirst()
{
    for (int i = 0; i < 40; ++i)
        QCOMPARE(run({ QStringLiteral("/nonexistent") }).status, 3);
}

void TestSeedbedCli::quiet()
{
    QProcess process;
    prepareCli(process, { QStringLiteral("run"), QStringLiteral("--quiet") }, m_folder->path());
    QProcessEnvironment bare = QProcessEnvironment::systemEnvironment();
    bare.insert(QStringLiteral("LC_ALL"), QStringLiteral("C")); // Qt warns of a locale without UTF-8
    process.setProcessEnvironment(bare);
    process.start(QIODevice::ReadOnly);
    const CommandResult result = waitFor(process);
    QCOMPARE(result.status, 0);
    QCOMPARE(result.err, QByteArray());
    QVERIFY(!result.out.isEmpty());
}

void TestSeedbedCli::helpAndVersion()
{
    for (const QString &line : { QStringLiteral("--help"), QStringLiteral("help"), QStringLiteral("run --help"),
                                 QStringLiteral("help validate"), QStringLiteral("--version") }) {
        const CommandResult result = runCli(line.split(QLatin1Char(' ')), m_folder->path());
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        QVERIFY(result.out.contains("seedbed-cli"));
    }
}

void TestSeedbedCli::controlCharactersAreEscaped()
{
    QVERIFY(writeFile(path("datapackage.json"), R"({"name": "p", "resources": [{"name": "things", "path": "t.csv",
        "schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"}]}}]})"));
    QVERIFY(writeFile(path("t.csv"), "id\n\"1\x1b[2J\"\n\"2\xc2\x9b\"\n\"3\xe2\x80\xae\"\n"));
    const CommandResult result = run({ QStringLiteral("."), QStringLiteral("--verbose") });
    QVERIFY2(result.status == 0, result.err);
    for (const QByteArray &output : { result.out, result.err }) {
        QVERIFY2(!output.contains('\x1b'), output);
        QVERIFY2(!output.contains("\xc2\x9b"), output);
        QVERIFY2(!output.contains("\xe2\x80\xae"), output);
    }
    QVERIFY2(result.out.contains('3'), result.out);
}

void TestSeedbedCli::linksNoWindows()
{
    QProcess ldd;
    ldd.start(QStringLiteral("ldd"), { QStringLiteral(SEEDBED_CLI) });
    const CommandResult result = waitFor(ldd);
    QVERIFY2(result.out.contains("libQt6Core"), result.out);
    QVERIFY2(!result.out.contains("libQt6Gui"), result.out);
    QVERIFY2(!result.out.contains("libQt6Widgets"), result.out);
}

SEEDBED_TEST(TestSeedbedCli, QCoreApplication)
#include "tst_seedbedcli.moc"
