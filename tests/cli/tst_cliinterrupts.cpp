// SPDX-License-Identifier: MIT
// One SIGINT ends every phase within a second: it is pressed at moments that are spread over whole runs of inputs that
// mean harm. What the program then says of the database is so.

#include "commandrunner.h"
#include "quiettest.h"
#include "testpaths.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <functional>
#include <memory>

using namespace seedbed;

namespace {

/// A package whose first table is in rows.db, with what its run needs besides.
struct Input {
    QByteArray package;
    QList<std::pair<QString, QByteArray>> files;
    QStringList tables; // statements that make those of the databases, one a database: rows.db, more.db
    QStringList arguments;
};

QByteArray lines(const QByteArray &header, int rows, const std::function<QByteArray(const QByteArray &)> &row)
{
    QByteArray text = header + '\n';
    for (int number = 1; number <= rows; ++number)
        text += row(QByteArray::number(number)) + '\n';
    return text;
}

QByteArray packageOf(const QByteArray &fields, const QByteArray &more = {})
{
    return R"({"name": "hostile", "resources": [{"name": "rows", "path": "rows.csv", "encoding": "utf-8",
        "schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"})"
        + fields + "]}}" + more + "]}";
}

bool isFull()
{
    return qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS");
}

// So many rows that a phase lasts long enough to be met.
int many(int rows)
{
    return isFull() ? rows : rows / 4;
}

const QString IdAndText = QStringLiteral("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)");

Input brokenRows()
{
    return { packageOf(R"(, {"name": "text", "constraints": {"maxLength": 1}})"),
             { { u"rows.csv"_qs,
                 lines("id,text", many(150'000),
                       [](const QByteArray &i) { return i.endsWith('7') ? i + ",a" : "x" + i + ",long"; }) } },
             { IdAndText },
             {} };
}

Input rightRows()
{
    return { packageOf(R"(, {"name": "text"})"),
             { { u"rows.csv"_qs,
                 lines("id,text", many(200'000), [](const QByteArray &i) { return i + ",text " + i; }) } },
             { IdAndText },
             {} };
}

Input wrongParents()
{
    return { packageOf(R"(, {"name": "text", "constraints": {"maxLength": 1}})",
                       R"(, {"name": "more", "path": "more.csv", "schema": {"primaryKey": "id", "fields": [
                           {"name": "id", "type": "integer"}, {"name": "parent", "type": "integer"}],
                           "foreignKeys": [{"fields": "parent", "reference": {"resource": "rows", "fields": "id"}}]}})"),
             { { u"rows.csv"_qs, lines("id,text", many(60'000), [](const QByteArray &) { return "1,long"; }) },
               { u"more.csv"_qs, lines("id,parent", many(60'000), [](const QByteArray &i) { return i + ",1"; }) } },
             { IdAndText, u"CREATE TABLE more (id INTEGER PRIMARY KEY, parent INTEGER)"_qs },
             {} };
}

Input hugeDescriptor()
{
    QByteArray values;
    for (int i = 0; i < 200'000; ++i)
        values += (i > 0 ? ",\"" : "\"") + QByteArray::number(i) + '"';
    return { packageOf(R"(, {"name": "text", "constraints": {"enum": [)" + values + "]}}"),
             { { u"rows.csv"_qs, lines("id,text", 2'000, [](const QByteArray &i) { return i + ',' + i; }) } },
             { IdAndText },
             {} };
}

Input largeCell()
{
    return { packageOf(R"(, {"name": "text"})"),
             { { u"rows.csv"_qs,
                 "id,text\n1,\"" + QByteArray("all of it \"\"quoted\"\"\n").repeated(many(3 << 20)) + "\"\n" } },
             { IdAndText },
             { u"--max-cell"_qs, u"1G"_qs, u"--max-line"_qs, u"1G"_qs } };
}

// Looking ahead is tried, as RE2 has no word for it.
Input triedPattern()
{
    return { packageOf(R"(, {"name": "text", "constraints": {"pattern": "(?=a)(a+)+[bc]"}})"),
             { { u"rows.csv"_qs,
                 lines("id,text", 100, [](const QByteArray &i) { return i + ',' + QByteArray(3'000, 'a'); }) } },
             { IdAndText },
             {} };
}

Input manyColumns()
{
    QByteArray fields;
    QByteArray header = "id";
    QString columns = u"CREATE TABLE rows (id INTEGER PRIMARY KEY"_qs;
    for (int i = 1; i < 1'900; ++i) {
        const QByteArray name = "c" + QByteArray::number(i);
        fields += R"(, {"name": ")" + name + R"(", "type": "integer"})";
        header += ',' + name;
        columns += u", "_qs + QString::fromUtf8(name) + u" INTEGER"_qs;
    }
    return { packageOf(fields),
             { { u"rows.csv"_qs,
                 lines(header, 300, [](const QByteArray &i) { return i + QByteArray(",5").repeated(1'899); }) } },
             { columns + u')' },
             {} };
}

int momentsOfEach()
{
    return isFull() ? 30 : 2;
}

} // namespace

class tst_CliInterrupts final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void endsWithinASecond_data();
    void endsWithinASecond();
    void aRuleWithoutEndIsLeft();

private:
    [[nodiscard]] QString makeDatabases(const Input &input, int moment) const;
    void checkReport(const QString &into, const QByteArray &err, bool isRun) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_CliInterrupts::endsWithinASecond_data()
{
    QTest::addColumn<std::function<Input()>>("input");
    using Make = std::function<Input()>;
    QTest::newRow("very many broken rows") << Make(brokenRows);
    QTest::newRow("very many right rows") << Make(rightRows);
    QTest::newRow("many wrong parents with one key") << Make(wrongParents);
    QTest::newRow("a huge descriptor") << Make(hugeDescriptor);
    QTest::newRow("one enormous cell") << Make(largeCell);
    QTest::newRow("a pattern that is tried") << Make(triedPattern);
    QTest::newRow("many columns") << Make(manyColumns);
}

QString tst_CliInterrupts::makeDatabases(const Input &input, int moment) const
{
    const QString into = m_folder->filePath(QString::number(moment));
    if (!QDir().mkpath(into))
        return {};
    const QStringList names { u"/rows.db"_qs, u"/more.db"_qs };
    for (int i = 0; i < input.tables.size(); ++i) {
        if (!sqlite(into + names.at(i), input.tables.at(i)).isEmpty())
            return {};
    }
    return into;
}

// A report is whole, and agrees with the database; where there is none the program said what went in.
void tst_CliInterrupts::checkReport(const QString &into, const QByteArray &err, bool isRun) const
{
    const int stored = sqlite(into + u"/rows.db"_qs, u"SELECT count(*) FROM rows"_qs).toInt();
    const QString path = into + u"/report.json"_qs;
    if (!QFile::exists(path)) {
        const auto said = QRegularExpression(u"Interrupted before the report was made: (\\d+) inserted"_qs)
                              .match(QString::fromUtf8(err));
        QCOMPARE(stored, said.hasMatch() ? said.captured(1).toInt() : 0);
        return;
    }
    const QJsonObject report = QJsonDocument::fromJson(readFile(path)).object();
    const QJsonObject rows = tableOf(report, u"rows"_qs);
    int sum = 0;
    for (const QString &end :
         { u"inserted"_qs, u"unchanged"_qs, u"updated"_qs, u"skipped"_qs, u"failed"_qs, u"cancelled"_qs })
        sum += rows.value(end).toInt();
    QVERIFY(!rows.isEmpty());
    QCOMPARE(sum, rows.value(u"read"_qs).toInt());
    QCOMPARE(rows.value(u"rejected"_qs).toArray().size() + rows.value(u"rejectedLeftOut"_qs).toInt(),
             rows.value(u"skipped"_qs).toInt() + rows.value(u"failed"_qs).toInt());
    QCOMPARE(stored, isRun ? rows.value(u"inserted"_qs).toInt() : 0);
}

void tst_CliInterrupts::endsWithinASecond()
{
    QFETCH(std::function<Input()>, input);
    m_folder = std::make_unique<QTemporaryDir>();
    const Input made = input();
    QVERIFY(writeFile(m_folder->filePath(u"datapackage.json"_qs), made.package));
    for (const auto &[name, text] : made.files)
        QVERIFY(writeFile(m_folder->filePath(name), text));

    qint64 whole = 0; // how long a run takes that is left alone
    qint64 longest = 0;
    const int moments = momentsOfEach();
    for (int moment = -1; moment < moments; ++moment) {
        const bool isRun = moment % 2 != 0;
        const QString into = makeDatabases(made, moment);
        QVERIFY(!into.isEmpty());
        QProcess process;
        prepareCli(process,
                   QStringList { isRun ? u"run"_qs : u"validate"_qs, u"--into"_qs, into, u"--format"_qs, u"json"_qs,
                                 u"--output"_qs, into + u"/report.json"_qs, u"datapackage.json"_qs }
                       + made.arguments,
                   m_folder->path());
        QElapsedTimer timer;
        timer.start();
        process.start(QIODevice::ReadOnly);
        QVERIFY(process.waitForStarted());
        if (moment < 0) {
            QVERIFY(process.waitForFinished(120'000));
            whole = timer.elapsed();
        } else if (!process.waitForFinished(static_cast<int>(whole * (2 * moment + 1) / (2 * moments)))) {
            timer.restart();
            QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
            QVERIFY(process.waitForFinished(120'000));
            longest = std::max(longest, timer.elapsed());
        }
        // While the program starts, or when the report is made, SIGINT ends it as it does every program.
        const bool wasKilled = process.exitStatus() == QProcess::CrashExit;
        const QByteArray err = process.readAllStandardError();
        if (wasKilled)
            QCOMPARE(process.exitCode(), SIGINT);
        else
            QVERIFY2(process.exitCode() == 130 || process.exitCode() <= 1, err);
        if (!wasKilled)
            checkReport(into, err, isRun);
        QVERIFY(!QTest::currentTestFailed());
        QVERIFY2(longest <= SEEDBED_INTERRUPT_MS,
                 qPrintable(QStringLiteral("%1 ms at moment %2 of %3").arg(longest).arg(moment).arg(moments)));
        QVERIFY(QDir(into).removeRecursively());
    }
    qInfo("%s: %lld ms in all, %lld ms at most from SIGINT to the end", QTest::currentDataTag(), whole, longest);
}

// A single call of a function of SQL, which SQLite interrupts nowhere.
void tst_CliInterrupts::aRuleWithoutEndIsLeft()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const auto path = [this](const QString &name) { return m_folder->filePath(name); };
    const QByteArray more = R"(, {"name": "more", "path": "more.csv",
        "schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"}]}})";
    QVERIFY(writeFile(path(u"datapackage.json"_qs), packageOf({}, more)));
    QVERIFY(writeFile(path(u"rows.csv"_qs), "id\n1\n2\n"));
    QVERIFY(writeFile(path(u"more.csv"_qs), "id\n1\n2\n3\n"));
    QCOMPARE(sqlite(path(u"rows.db"_qs),
                    u"CREATE TABLE rows (id INTEGER PRIMARY KEY CHECK (instr(zeroblob(40000000), "
                    "zeroblob(20000000) || x'01') = 0))"_qs),
             QString());
    RunningCli cli({ u"run"_qs, u"--verbose"_qs, path(u"datapackage.json"_qs) }, m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(cli.err().contains("more.db: 3 rows committed")
                                 || sqlite(path(u"more.db"_qs), u"SELECT count(*) FROM more"_qs) == u"3"_qs,
                             20'000);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(::kill(static_cast<pid_t>(cli.process().processId()), SIGINT), 0);
    const CommandResult result = cli.wait();
    QVERIFY2(timer.elapsed() <= SEEDBED_INTERRUPT_MS, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(result.status, 130);
    QVERIFY2(result.err.contains("at least 3 rows were inserted"), result.err);
    QCOMPARE(sqlite(path(u"rows.db"_qs), u"SELECT count(*) FROM rows"_qs), u"0"_qs);
    QCOMPARE(sqlite(path(u"more.db"_qs), u"SELECT count(*) FROM more; PRAGMA integrity_check"_qs), u"3\nok"_qs);
}

SEEDBED_TEST(tst_CliInterrupts, QCoreApplication)
#include "tst_cliinterrupts.moc"
