// SPDX-License-Identifier: MIT
// Whole runs: what the report says is what the files hold.

#include "base/filelock.h"
#include "databases.h"
#include "fixtures.h"
#include "insertion/folderlock.h"
#include "insertion/inserter.h"
#include "quiettest.h"
#include "validation/cellrules.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <future>

using namespace seedbed;

namespace {

Result<RunReport> runInto(const QString &into, const Dataset &dataset, RunProgress &progress,
                          const std::stop_token &stop = {}, qsizetype batchRows = 0)
{
    RunOptions options;
    options.into = into;
    options.batchRows = batchRows;
    return run(dataset, options, progress, stop);
}

Result<RunReport> runInto(const QString &into, const Dataset &dataset)
{
    RunProgress progress;
    return runInto(into, dataset, progress);
}

QString countsText(const RunReport &report)
{
    QStringList texts;
    for (const TableReport &table : report.tables) {
        const OutcomeCounts &c = table.counts;
        texts += QStringLiteral("%1 %2/%3/%4/%5/%6")
                     .arg(table.resource)
                     .arg(c.inserted)
                     .arg(c.unchanged)
                     .arg(c.skipped)
                     .arg(c.failed)
                     .arg(c.cancelled);
    }
    return texts.join(u' ');
}

QString rejectedText(const RunReport &report)
{
    QStringList lines;
    for (const TableReport &table : report.tables) {
        for (const RejectedRow &row : table.rejected) {
            QStringList reasons;
            for (const Reason &reason : row.reasons)
                reasons += reason.message;
            lines +=
                QStringLiteral("%1 %2 %3").arg(table.resource).arg(row.row).arg(reasons.join(QStringLiteral(", ")));
        }
    }
    return lines.join(u'\n');
}

const char *const SampleRejects = "users 8 duplicate email\n"
                                  "users 10 missing name\n"
                                  "products 10 price must be > 0\n"
                                  "orders 8 quantity must be > 0, user_id 8 not found\n"
                                  "orders 9 quantity must be > 0\n"
                                  "orders 10 user_id 10 not found, product_id 11 not found";

// Rows of the sample's tables, all right; every order refers to a user and a product of its own number.
Dataset rightRows(int rows)
{
    Dataset dataset = sampleDataset();
    for (Table &table : dataset.tables)
        table.remove(0, table.rowCount());
    for (int i = 1; i <= rows; ++i) {
        const QByteArray n = QByteArray::number(i);
        dataset.tables[0].append(QList<QByteArray> { n, "Name " + n, "user" + n + "@example.com" });
        dataset.tables[1].append(QList<QByteArray> { n, "Thing " + n, n + ".50" });
        dataset.tables[2].append(QList<QByteArray> { n, n, n, "1" });
    }
    return dataset;
}

} // namespace

class tst_Inserter final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void sampleIntoAnEmptyFolder();
    void sampleAgainIsUnchanged();
    void exactNumbers();
    void tenInFlightInEveryTable();
    void fixAndRunAgain();
    void otherValuesInTheDatabaseAreAProblem();
    void filesAreLeftAsFound();
    void stopAtAnyMoment();
    void parentThatFailsTakesItsChildrenAlong();
    void circleOfTablesGoesIn();
    void rowKeptOutByATriggerIsFailed();
    void rowsWithoutKeyGoInOnce();
    void secondRunWaitsForTheFolder();
    void progressAddsUpToTheReport();
    void readsTargets();
    void targetsThatCannotBeRead_data();
    void targetsThatCannotBeRead();
    void locksOfAFolder();
    void duplicatesThatWereThereAreNotOurs();
    void realColumnsKeepWhatTheyCan();
};

void tst_Inserter::sampleIntoAnEmptyFolder()
{
    const QTemporaryDir folder;
    const auto report = runInto(folder.filePath(QStringLiteral("new")), sampleDataset());
    QVERIFY(report);
    QCOMPARE(report->outcome, RunReport::Outcome::Completed);
    QCOMPARE(countsText(*report), QStringLiteral("users 8/0/2/0/0 products 9/0/1/0/0 orders 7/0/3/0/0"));
    QCOMPARE(rejectedText(*report), QString::fromLatin1(SampleRejects));
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(report->tables.at(0).peakInFlight, 8); // as many as there are rows to insert
    QCOMPARE(report->tables.at(1).peakInFlight, 9);
    QCOMPARE(report->tables.at(2).peakInFlight, 7);
    QCOMPARE(ask(folder.filePath(QStringLiteral("new/orders.db")), QStringLiteral("SELECT * FROM orders ORDER BY id")),
             QStringList({ QStringLiteral("1|1|1|2"), QStringLiteral("2|2|2|1"), QStringLiteral("3|3|3|5"),
                           QStringLiteral("4|4|4|1"), QStringLiteral("5|5|5|3"), QStringLiteral("6|6|6|4"),
                           QStringLiteral("7|7|7|2") }));
}

void tst_Inserter::sampleAgainIsUnchanged()
{
    const QTemporaryDir folder;
    QVERIFY(runInto(folder.path(), sampleDataset()));
    const auto again = runInto(folder.path(), sampleDataset());
    QVERIFY(again);
    QCOMPARE(countsText(*again), QStringLiteral("users 0/8/2/0/0 products 0/9/1/0/0 orders 0/7/3/0/0"));
    QCOMPARE(rejectedText(*again), QString::fromLatin1(SampleRejects));
    QCOMPARE(ask(folder.filePath(QStringLiteral("users.db")), QStringLiteral("SELECT count(*) FROM users")),
             QStringList { QStringLiteral("8") });
}

void tst_Inserter::exactNumbers()
{
    const QTemporaryDir folder;
    Dataset dataset = sampleDataset();
    dataset.tables[1].setCell(1, 2, "19.99");
    QVERIFY(runInto(folder.path(), dataset));
    QCOMPARE(ask(folder.filePath(QStringLiteral("products.db")),
                 QStringLiteral("SELECT price, typeof(price) FROM products WHERE id < 3 ORDER BY id")),
             QStringList({ QStringLiteral("1000|integer"), QStringLiteral("19.99|real") }));
    const auto again = runInto(folder.path(), dataset);
    QVERIFY(again);
    QCOMPARE(again->tables.at(1).counts.unchanged, 9);
}

void tst_Inserter::tenInFlightInEveryTable()
{
    const QTemporaryDir folder;
    const auto report = runInto(folder.path(), rightRows(12));
    QVERIFY(report);
    for (const TableReport &table : report->tables) {
        QCOMPARE(table.counts.inserted, 12);
        QCOMPARE(table.peakInFlight, 10);
        QCOMPARE(table.lockRetries, 0); // the gate keeps our own connections from locking each other out
    }
}

void tst_Inserter::fixAndRunAgain()
{
    const QTemporaryDir folder;
    Dataset dataset = sampleDataset();
    QVERIFY(runInto(folder.path(), dataset));
    dataset.tables[0].setCell(7, 2, "alice.two@example.com");
    dataset.tables[2].setCell(7, 3, "1");
    const auto report = runInto(folder.path(), dataset);
    QVERIFY(report);
    QCOMPARE(countsText(*report), QStringLiteral("users 1/8/1/0/0 products 0/9/1/0/0 orders 1/7/2/0/0"));
}

void tst_Inserter::otherValuesInTheDatabaseAreAProblem()
{
    const QTemporaryDir folder;
    Dataset dataset = sampleDataset();
    QVERIFY(runInto(folder.path(), dataset));
    dataset.tables[0].setCell(2, 1, "Charlotte");
    const auto report = runInto(folder.path(), dataset);
    QVERIFY(report);
    const RejectedRow row = report->tables.at(0).rejected.first();
    QCOMPARE(row.row, 3);
    QCOMPARE(row.reasons.first().rule, QStringLiteral("primaryKey"));
    QCOMPARE(row.reasons.first().message, QStringLiteral("id 3 is in users.db with other values"));
    QCOMPARE(ask(folder.filePath(QStringLiteral("users.db")), QStringLiteral("SELECT name FROM users WHERE id = 3")),
             QStringList { QStringLiteral("Charlie") });
    QCOMPARE(report->tables.at(2).counts.unchanged, 7); // the order's user is in the database all the same
}

void tst_Inserter::filesAreLeftAsFound()
{
    const QTemporaryDir folder;
    const QString products = folder.filePath(QStringLiteral("products.db"));
    QVERIFY(execute(products,
                    { QStringLiteral("PRAGMA journal_mode=WAL"),
                      QStringLiteral("CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT, price NUMERIC)") }));
    QVERIFY(runInto(folder.path(), sampleDataset()));
    QCOMPARE(journalMode(products), QStringLiteral("wal"));
    QCOMPARE(journalMode(folder.filePath(QStringLiteral("users.db"))), QStringLiteral("delete"));
    QStringList left = QDir(folder.path()).entryList(QDir::Files | QDir::Hidden);
    left.removeIf([](const QString &name) { return name.startsWith(QLatin1String("products.db-")); });
    QCOMPARE(left,
             QStringList({ QStringLiteral("orders.db"), QStringLiteral("products.db"), QStringLiteral("users.db") }));
}

void tst_Inserter::stopAtAnyMoment()
{
    const Dataset dataset = rightRows(400);
    for (const qsizetype after : { 0, 1, 50, 500, 1000 }) {
        const QTemporaryDir folder;
        RunProgress progress;
        std::stop_source stop;
        auto running = std::async(std::launch::async,
                                  [&] { return runInto(folder.path(), dataset, progress, stop.get_token(), 1); });
        qsizetype inserted = 0;
        while (inserted < after && running.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            const RunUpdate update = progress.take();
            inserted = 0;
            for (const TableProgress &table : update.tables)
                inserted += table.counts.inserted;
        }
        stop.request_stop();
        QElapsedTimer timer;
        timer.start();
        const auto report = running.get();
        QVERIFY(timer.elapsed() < 5000);
        QVERIFY(report);
        QVERIFY(report->isBalanced());
        QCOMPARE(report->auditFindings, QStringList());
        QCOMPARE(report->outcome, RunReport::Outcome::Cancelled);
        for (const TableReport &table : report->tables) {
            const QString path = folder.filePath(table.database);
            if (table.counts.inserted == 0 && !QFile::exists(path))
                continue;
            QCOMPARE(ask(path, QStringLiteral("SELECT count(*) FROM ") + table.table),
                     QStringList { QString::number(table.counts.inserted) });
        }
        // Once more, to the end: every row once.
        const auto rest = runInto(folder.path(), dataset);
        QVERIFY(rest);
        for (int table = 0; table < 3; ++table) {
            QCOMPARE(rest->tables.at(table).counts.unchanged, report->tables.at(table).counts.inserted);
            QCOMPARE(rest->tables.at(table).counts.inserted, 400 - report->tables.at(table).counts.inserted);
        }
    }
}

void tst_Inserter::parentThatFailsTakesItsChildrenAlong()
{
    const QTemporaryDir folder;
    QVERIFY(execute(folder.filePath(QStringLiteral("users.db")),
                    { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> 'Name 3'), "
                                     "email TEXT)") }));
    const auto report = runInto(folder.path(), rightRows(12));
    QVERIFY(report);
    QCOMPARE(report->outcome, RunReport::Outcome::Failed);
    QCOMPARE(countsText(*report), QStringLiteral("users 11/0/0/1/0 products 12/0/0/0/0 orders 11/0/0/1/0"));
    const RejectedRow order = report->tables.at(2).rejected.first();
    QCOMPARE(order.row, 3);
    QCOMPARE(order.reasons.first().message, QStringLiteral("user_id 3 not found"));
    QCOMPARE(order.reasons.first().causeResource, QStringLiteral("users"));
    QCOMPARE(order.reasons.first().causeRow, 3);
    QVERIFY(order.reasons.first().causeMessage.contains(QStringLiteral("CHECK constraint failed")));
}

void tst_Inserter::circleOfTablesGoesIn()
{
    const QByteArray teams = R"({"name": "teams", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "head", "type": "integer"}],
        "foreignKeys": [{"fields": "head", "reference": {"resource": "members", "fields": "id"}}]}})";
    const QByteArray members = R"({"name": "members", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "team", "type": "integer"}],
        "foreignKeys": [{"fields": "team", "reference": {"resource": "teams", "fields": "id"}}]}})";
    // team 1 <- member 1 <- team 2 <- member 2 <- ...
    QByteArray teamRows = "id,head\n";
    QByteArray memberRows = "id,team\n";
    for (int i = 40; i >= 1; --i) {
        teamRows += QByteArray::number(i) + ',' + (i > 1 ? QByteArray::number(i - 1) : QByteArray()) + '\n';
        memberRows += QByteArray::number(i) + ',' + QByteArray::number(i) + '\n';
    }
    const QTemporaryDir folder;
    const auto report = runInto(folder.path(), datasetOf({ teams, members }, { teamRows, memberRows }));
    QVERIFY(report);
    QCOMPARE(countsText(*report), QStringLiteral("teams 40/0/0/0/0 members 40/0/0/0/0"));
    QCOMPARE(report->auditFindings, QStringList());
}

void tst_Inserter::rowKeptOutByATriggerIsFailed()
{
    const QTemporaryDir folder;
    QVERIFY(execute(folder.filePath(QStringLiteral("users.db")),
                    { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)"),
                      QStringLiteral("CREATE TRIGGER t BEFORE INSERT ON users WHEN new.id = 2 BEGIN "
                                     "SELECT RAISE(IGNORE); END") }));
    RunOptions options;
    options.into = folder.path();
    options.allowTriggers = true;
    RunProgress progress;
    const auto report = run(rightRows(3), options, progress, {});
    QVERIFY(report);
    QCOMPARE(countsText(*report), QStringLiteral("users 2/0/0/1/0 products 3/0/0/0/0 orders 2/0/0/1/0"));
    QVERIFY(report->tables.at(0).rejected.first().reasons.first().message.startsWith(
        QStringLiteral("users.db did not take the row")));
}

void tst_Inserter::rowsWithoutKeyGoInOnce()
{
    const QByteArray notes =
        R"({"name": "notes", "schema": {"fields": [{"name": "a"}, {"name": "n", "type": "number"}]}})";
    const Dataset dataset = datasetOf({ notes }, { "a,n\nx,1.50\nx,\n,2\nx,1.5\n" });
    const QTemporaryDir folder;
    const auto first = runInto(folder.path(), dataset);
    QVERIFY(first);
    QCOMPARE(countsText(*first), QStringLiteral("notes 3/0/1/0/0"));
    const auto second = runInto(folder.path(), dataset);
    QVERIFY(second);
    QCOMPARE(countsText(*second), QStringLiteral("notes 0/3/1/0/0"));
}

void tst_Inserter::secondRunWaitsForTheFolder()
{
    const QTemporaryDir folder;
    auto other = FileLock::tryLock(folder.filePath(QStringLiteral(".seedbed.lock")));
    QVERIFY(other && other->lock);
    RunOptions options;
    options.into = folder.path();
    options.lockTimeout = std::chrono::milliseconds(300);
    RunProgress progress;
    const auto refused = run(sampleDataset(), options, progress, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Locked);
    QVERIFY(refused.error().message.contains(QStringLiteral("is writing into this folder")));

    options.lockTimeout = std::chrono::seconds(30);
    RunProgress waiting;
    auto running = std::async(std::launch::async, [&] { return run(sampleDataset(), options, waiting, {}); });
    QStringList log;
    const auto hasWaited = [&] {
        for (const LogEntry &entry : waiting.take().log)
            log += entry.text;
        return log.join(u'\n').contains(QStringLiteral("waiting for"));
    };
    QTRY_VERIFY(hasWaited());
    other->lock.reset();
    const auto report = running.get();
    QVERIFY(report);
    QCOMPARE(report->totals().inserted, 24);
}

void tst_Inserter::progressAddsUpToTheReport()
{
    const QTemporaryDir folder;
    RunProgress progress;
    const auto report = runInto(folder.path(), sampleDataset(), progress);
    QVERIFY(report);
    const RunUpdate update = progress.take();
    QCOMPARE(update.phase, RunUpdate::Phase::Done);
    for (int table = 0; table < 3; ++table) {
        QCOMPARE(update.tables.at(table).counts, report->tables.at(table).counts);
        QCOMPARE(update.tables.at(table).peakInFlight, report->tables.at(table).peakInFlight);
        QCOMPARE(update.tables.at(table).inFlight, 0);
        QCOMPARE(update.rejected.at(table).size(), report->tables.at(table).rejected.size());
        QCOMPARE(update.in.at(table).count(), report->tables.at(table).counts.inserted);
        QVERIFY(!update.tables.at(table).isRunning);
        const double seconds = report->tables.at(table).seconds.count();
        QVERIFY(seconds > 0 && seconds < report->seconds.count());
        QCOMPARE(update.tables.at(table).seconds, seconds);
    }
    QVERIFY(!update.log.isEmpty());
    const std::optional<RunUpdate> next = progress.tryTake();
    QVERIFY(next && next->log.isEmpty());
    QCOMPARE(next->tables.at(0).counts, report->tables.at(0).counts);
}

void tst_Inserter::readsTargets()
{
    const QTemporaryDir folder;
    const Dataset dataset = sampleDataset();
    const auto nothing =
        readTargets(*dataset.package, folder.filePath(QStringLiteral("absent")), std::chrono::seconds(1));
    QVERIFY(nothing);
    QCOMPARE(nothing->at(0).count(), 0);
    QVERIFY(runInto(folder.path(), dataset));
    const auto rows = readTargets(*dataset.package, folder.path(), std::chrono::seconds(1));
    QVERIFY(rows);
    QCOMPARE(rows->at(0).count(), 8);
    QCOMPARE(rows->at(1).count(), 9);
    QVERIFY(rows->at(2).contains({ 0 }, { Value::ofInteger(7) }));
    QVERIFY(!rows->at(2).contains({ 0 }, { Value::ofInteger(8) }));
    QVERIFY(!rows->at(2).contains({ 0 }, { Value::ofText("7") }));
    QVERIFY(!rows->at(2).contains({ 3 }, { Value::ofInteger(7) })); // nothing is looked up by quantity
}

void tst_Inserter::targetsThatCannotBeRead_data()
{
    QTest::addColumn<QString>("lock"); // empty: it is no database
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("not a database") << QString() << Error::Kind::Refused;
    QTest::newRow("locked") << QStringLiteral("BEGIN EXCLUSIVE") << Error::Kind::Locked;
}

void tst_Inserter::targetsThatCannotBeRead()
{
    QFETCH(QString, lock);
    QFETCH(Error::Kind, kind);
    const QTemporaryDir folder;
    const Dataset dataset = sampleDataset();
    const QString path = folder.filePath(QStringLiteral("products.db"));
    std::optional<ForeignProcess> other;
    if (lock.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(600, '?')) == 600);
    } else {
        QVERIFY(execute(path, { QStringLiteral("CREATE TABLE products (id INTEGER PRIMARY KEY, name, price)") }));
        other.emplace(path, lock);
        QVERIFY(other->holds());
    }
    const auto rows = readTargets(*dataset.package, folder.path(), std::chrono::milliseconds(300));
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, kind);
    QVERIFY2(rows.error().message.contains(QStringLiteral("products.db")), qPrintable(rows.error().message));
}

void tst_Inserter::locksOfAFolder()
{
    const QTemporaryDir folder;
    RunProgress progress;
    std::stop_source stop;
    const auto lock = [&](const QString &path) {
        return lockFolder(path, std::chrono::milliseconds(200), progress, stop.get_token());
    };
    const auto nowhere = lock(folder.filePath(QStringLiteral("absent")));
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().kind, Error::Kind::Unwritable);
    const auto mine = lock(folder.path());
    QVERIFY(mine && *mine);
    const auto second = lock(folder.path());
    QVERIFY(!second);
    QCOMPARE(second.error().kind, Error::Kind::Locked);
    QVERIFY(second.error().message.contains(QStringLiteral("process %1 on ").arg(QCoreApplication::applicationPid())));
    stop.request_stop();
    const auto stopped = lock(folder.path());
    QVERIFY(stopped && !*stopped);
}

void tst_Inserter::duplicatesThatWereThereAreNotOurs()
{
    const QTemporaryDir folder;
    QVERIFY(execute(folder.filePath(QStringLiteral("users.db")),
                    { QStringLiteral("CREATE TABLE users (id INTEGER, name TEXT, email TEXT)"),
                      QStringLiteral("INSERT INTO users VALUES (70, 'x', 'x'), (70, 'x', 'y'), (NULL, 'z', 'z'), "
                                     "(NULL, 'z', 'zz')") }));
    const auto report = runInto(folder.path(), sampleDataset());
    QVERIFY(report);
    QCOMPARE(report->auditFindings, QStringList());
    QCOMPARE(report->outcome, RunReport::Outcome::Completed);
}

void tst_Inserter::realColumnsKeepWhatTheyCan()
{
    const QTemporaryDir folder;
    QVERIFY(execute(folder.filePath(QStringLiteral("products.db")),
                    { QStringLiteral("CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT, price REAL)") }));
    Dataset dataset = sampleDataset();
    dataset.tables[1].setCell(0, 2, "9007199254740993");
    dataset.tables[1].setCell(1, 2, "19.99");
    const auto report = runInto(folder.path(), dataset);
    QVERIFY(report);
    QCOMPARE(report->tables.at(1).counts.skipped, 2); // one is wrong on its own
    QCOMPARE(report->tables.at(1).rejected.first().row, 1);
    QCOMPARE(report->tables.at(1).rejected.first().reasons.first().message,
             QStringLiteral("price 9007199254740993 would be stored as another value by its column in products.db"));
    QCOMPARE(report->auditFindings, QStringList());
}

SEEDBED_TEST(tst_Inserter, QCoreApplication)
#include "tst_inserter.moc"
