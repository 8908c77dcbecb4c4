// SPDX-License-Identifier: MIT

// What seedbed-cli says when a file is not as it must be: the status, the file, what to do, and nothing half-written.

#include "commandrunner.h"
#include "quiettest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <memory>

using namespace seedbed;

class TestCliErrors final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_folder = std::make_unique<QTemporaryDir>(); }
    void usage();
    void notADatabase();
    void folderInPlaceOfDatabase();
    void linkInPlaceOfDatabase();
    void readOnlyDatabase();
    void missingColumns();
    void intoIsAFile();
    void packageMissing();
    void packageNotJson();
    void packageBreaksTheStandard();
    void badCsv_data();
    void badCsv();
    void outputCannotBeMade();
    void standardOutputIsFull();
    void rejectsOverTheirSource();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    [[nodiscard]] CommandResult run(const QStringList &arguments = {}) const;
    void writePackage(const QByteArray &csv);

    std::unique_ptr<QTemporaryDir> m_folder = std::make_unique<QTemporaryDir>(); // a new one for each test
};

namespace {

constexpr const char *ItemsPackage = R"({
  "name": "items",
  "resources": [{
    "name": "items", "path": "items.csv",
    "schema": {"fields": [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}], "primaryKey": ["id"]}
  }]
})";

/// Fails unless the command ended with this status, said something with each of these words, and no report.
void compareTrouble(const CommandResult &result, int status, const QList<QByteArray> &words)
{
    QVERIFY2(result.status == status, QByteArray::number(result.status) + ": " + result.err);
    for (const QByteArray &word : words)
        QVERIFY2(result.err.contains(word), "no \"" + word + "\" in: " + result.err);
    QCOMPARE(result.out, QByteArray());
}

} // namespace

CommandResult TestCliErrors::run(const QStringList &arguments) const
{
    return runCli(QStringList { QStringLiteral("run") } + arguments, m_folder->path());
}

void TestCliErrors::writePackage(const QByteArray &csv)
{
    QVERIFY(writeFile(path("datapackage.json"), ItemsPackage));
    QVERIFY(writeFile(path("items.csv"), csv));
}

void TestCliErrors::usage()
{
    compareTrouble(run({ QStringLiteral("--wrokers"), QStringLiteral("3") }), 2,
                   { "seedbed-cli: unknown option --wrokers; did you mean --workers?" });
    compareTrouble(runCli({}, m_folder->path()), 2, { "a command is missing" });
    QCOMPARE(databasesIn(m_folder->path()), QStringList());
}

void TestCliErrors::notADatabase()
{
    const QByteArray letter = QByteArray("Dear Sir or Madam, ").repeated(100);
    QVERIFY(writeFile(path("users.db"), letter));
    compareTrouble(run(), 3, { "users.db" });
    QCOMPARE(readFile(path("users.db")), letter);
    QCOMPARE(databasesIn(m_folder->path()), QStringList { QStringLiteral("users.db") });
}

void TestCliErrors::folderInPlaceOfDatabase()
{
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("products.db")));
    compareTrouble(run(), 3, { "products.db" });
    QCOMPARE(databasesIn(m_folder->path()), QStringList());
}

void TestCliErrors::linkInPlaceOfDatabase()
{
    const QTemporaryDir elsewhere;
    const QString target = elsewhere.filePath(QStringLiteral("theirs.db"));
    QCOMPARE(sqlite(target, QStringLiteral("CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, email TEXT)")),
             QString());
    const QByteArray before = readFile(target);
    QVERIFY(QFile::link(target, path("users.db")));
    compareTrouble(run(), 3, { "users.db: is a link to ", "theirs.db", "choose the folder where the file really is" });
    QCOMPARE(readFile(target), before);
    QCOMPARE(databasesIn(m_folder->path()), QStringList { QStringLiteral("users.db") });
    QCOMPARE(databasesIn(elsewhere.path()), QStringList { QStringLiteral("theirs.db") });
}

void TestCliErrors::readOnlyDatabase()
{
    QCOMPARE(sqlite(path("orders.db"),
                    QStringLiteral("CREATE TABLE orders(id INTEGER PRIMARY KEY, user_id INTEGER, "
                                   "product_id INTEGER, quantity INTEGER)")),
             QString());
    // Root may write it all the same; what counts is that its owner did not want it written.
    QVERIFY(QFile::setPermissions(path("orders.db"), QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther));
    const QByteArray before = readFile(path("orders.db"));
    compareTrouble(run(), 3, { "orders.db" });
    QCOMPARE(readFile(path("orders.db")), before);
    QCOMPARE(databasesIn(m_folder->path()), QStringList { QStringLiteral("orders.db") });
}

void TestCliErrors::missingColumns()
{
    QCOMPARE(sqlite(path("users.db"), QStringLiteral("CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)")),
             QString());
    compareTrouble(run(), 3, { "users.db", "email" });
    QCOMPARE(databasesIn(m_folder->path()), QStringList { QStringLiteral("users.db") });
}

void TestCliErrors::intoIsAFile()
{
    QVERIFY(writeFile(path("target"), "a file"));
    compareTrouble(run({ QStringLiteral("--into"), QStringLiteral("target") }), 3, { "target" });
    QCOMPARE(readFile(path("target")), QByteArray("a file"));
}

void TestCliErrors::packageMissing()
{
    compareTrouble(run({ QStringLiteral("nowhere") }), 3, { "nowhere" });
    compareTrouble(run({ QStringLiteral(".") }), 3, { "datapackage.json" });
    QCOMPARE(databasesIn(m_folder->path()), QStringList());
}

void TestCliErrors::packageNotJson()
{
    QVERIFY(writeFile(path("datapackage.json"), "{\n  \"name\": \"x\",\n  oops\n}\n"));
    compareTrouble(run({ QStringLiteral(".") }), 3, { "datapackage.json", "3" });
    QCOMPARE(databasesIn(m_folder->path()), QStringList());
}

void TestCliErrors::packageBreaksTheStandard()
{
    QVERIFY(writeFile(path("datapackage.json"), R"({"name": "x", "resources": []})"));
    compareTrouble(run({ QStringLiteral(".") }), 3, { "datapackage.json", "$.resources" });
    QCOMPARE(databasesIn(m_folder->path()), QStringList());
}

void TestCliErrors::badCsv_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QByteArray>("line");

    QTest::newRow("unterminated quote") << QByteArray("id,name\n1,a\n2,\"b\n3,c\n") << QByteArray("3");
    QTest::newRow("invalid UTF-8") << QByteArray("id,name\n1,caf\xe9\n") << QByteArray("2");
    QTest::newRow("NUL") << QByteArray("id,name\n1,a\n2,b\n3,c\0d\n", 23) << QByteArray("4");
}

void TestCliErrors::badCsv()
{
    QFETCH(QByteArray, csv);
    QFETCH(QByteArray, line);
    writePackage(csv);
    compareTrouble(run({ QStringLiteral(".") }), 3, { "items.csv", line });
    QCOMPARE(databasesIn(m_folder->path()), QStringList());
}

void TestCliErrors::outputCannotBeMade()
{
    compareTrouble(run({ QStringLiteral("--output"), QStringLiteral("nowhere/report.txt") }), 3,
                   { "nowhere/report.txt", "--output" });
    QCOMPARE(databasesIn(m_folder->path()), QStringList());
}

void TestCliErrors::standardOutputIsFull()
{
    QProcess process;
    prepareCli(process, { QStringLiteral("validate") }, m_folder->path());
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    process.start(QIODevice::ReadOnly);
    compareTrouble(waitFor(process), 3, { "standard output" });
}

void TestCliErrors::rejectsOverTheirSource()
{
    const QByteArray csv("id,name\n1,a\nx,b\n");
    writePackage(csv);
    compareTrouble(run({ QStringLiteral("."), QStringLiteral("--rejects"), QStringLiteral(".") }), 3,
                   { "items.csv", "--rejects" });
    QCOMPARE(readFile(path("items.csv")), csv);
    QCOMPARE(databasesIn(m_folder->path()), QStringList());
}

SEEDBED_TEST(TestCliErrors, QCoreApplication)
#include "tst_clierrors.moc"
