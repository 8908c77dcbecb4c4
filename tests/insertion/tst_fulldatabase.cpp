// SPDX-License-Identifier: MIT
// Databases that may not grow: what went in is reported as in, what did not has the reason, and with more room one more
// run does the rest. The limit is SQLite's own, for every connection of this process.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "quiettest.h"

#include <QSet>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <atomic>

using namespace seedbed;

namespace {

const QByteArray People = R"({"name": "people", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "name"}]}})";
const QByteArray Letters = R"({"name": "letters", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "to", "type": "integer"}],
    "foreignKeys": [{"fields": "to", "reference": {"resource": "people", "fields": "id"}}]}})";

std::atomic<int> mostPages; // of a database; 0: any number

int limitPages(sqlite3 *database, char **, const sqlite3_api_routines *)
{
    const QByteArray limit = "PRAGMA max_page_count=" + QByteArray::number(mostPages);
    return mostPages > 0 ? sqlite3_exec(database, limit.constData(), nullptr, nullptr, nullptr) : SQLITE_OK;
}

Dataset post(int rows)
{
    QByteArray people = "id,name\n";
    QByteArray letters = "id,to\n";
    for (int row = 1; row <= rows; ++row) {
        const QByteArray number = QByteArray::number(row);
        people += number + ",somebody with a name that takes some room " + number + '\n';
        letters += number + ',' + QByteArray::number(rows + 1 - row) + '\n';
    }
    return datasetOf({ People, Letters }, { people, letters });
}

QSet<qsizetype> keysIn(const QTemporaryDir &folder, const QString &table)
{
    const QString path = folder.filePath(table + QStringLiteral(".db"));
    QSet<qsizetype> keys;
    for (const QString &key : ask(path, QStringLiteral("SELECT id FROM ") + table))
        keys.insert(key.toLongLong());
    return keys;
}

/// The keys are the numbers of the rows.
QSet<qsizetype> keysReported(const TableReport &table)
{
    QSet<qsizetype> keys;
    for (qsizetype row = 1; row <= table.read; ++row)
        keys.insert(row);
    for (const RejectedRow &row : table.rejected)
        keys.remove(row.row);
    return keys;
}

} // namespace

class TestFullDatabase final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareDatabaseDrivers();
        QCOMPARE(sqlite3_auto_extension(reinterpret_cast<void (*)()>(&limitPages)), SQLITE_OK);
    }
    void cleanupTestCase() { sqlite3_reset_auto_extension(); }

    void theRestGoesInWithMoreRoom_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("pages");
        QTest::newRow("few, by a write-ahead log") << 2000 << 20;
        QTest::newRow("many, by a journal") << 25'000 << 100;
        QTest::newRow("not even one") << 50 << 1;
    }

    void theRestGoesInWithMoreRoom()
    {
        QFETCH(int, rows);
        QFETCH(int, pages);
        const QTemporaryDir folder;
        const Dataset dataset = post(rows);
        RunOptions options;
        options.into = folder.path();
        RunProgress progress;
        mostPages = pages;
        const auto full = run(dataset, options, progress, {});
        mostPages = 0;
        QVERIFY(full);
        QVERIFY(full->isBalanced());
        QCOMPARE(full->auditFindings, QStringList());
        QCOMPARE(full->outcome, RunReport::Outcome::Failed);
        for (const TableReport &table : full->tables) {
            if (pages == 1) {
                QCOMPARE(table.counts.inserted, 0);
                continue;
            }
            QCOMPARE(keysReported(table), keysIn(folder, table.resource));
        }
        const TableReport &people = full->tables.constFirst();
        QVERIFY(people.counts.failed > 0 && (pages == 1 || people.counts.inserted > 0));
        const QString reason = people.rejected.constFirst().reasons.constFirst().text();
        QVERIFY2(reason.contains(QStringLiteral("database or disk is full")), qPrintable(reason));
        if (pages > 1) {
            const QSet<qsizetype> known = keysIn(folder, QStringLiteral("people"));
            for (const qsizetype letter : keysIn(folder, QStringLiteral("letters")))
                QVERIFY(known.contains(rows + 1 - letter));
        }

        RunProgress again;
        const auto roomy = run(dataset, options, again, {});
        QVERIFY(roomy);
        QCOMPARE(roomy->outcome, RunReport::Outcome::Completed);
        for (int table = 0; table < 2; ++table) {
            const OutcomeCounts &counts = roomy->tables.at(table).counts;
            QCOMPARE(counts.inserted, rows - full->tables.at(table).counts.inserted);
            QCOMPARE(counts.inserted + counts.unchanged, rows);
            QCOMPARE(keysIn(folder, roomy->tables.at(table).resource).size(), rows);
        }
    }
};

SEEDBED_TEST(TestFullDatabase, QCoreApplication)
#include "tst_fulldatabase.moc"
