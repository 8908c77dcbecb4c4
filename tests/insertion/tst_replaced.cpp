// SPDX-License-Identifier: MIT
// Databases that another program deletes or replaces while they are written: what is reported is what is there, and
// what the other program put there stays as it is.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "quiettest.h"

#include <QTemporaryDir>

#include <cstdio>
#include <future>

using namespace seedbed;

namespace {

const QByteArray People = R"({"name": "people", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "name"}]}})";

Dataset people(int rows)
{
    QByteArray csv = "id,name\n";
    for (int i = 1; i <= rows; ++i)
        csv += QByteArray::number(i) + ",somebody\n";
    return datasetOf({ People }, { csv });
}

} // namespace

class tst_Replaced final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void duringARun_data();
    void duringARun();
};

void tst_Replaced::duringARun_data()
{
    QTest::addColumn<bool>("isReplaced");
    QTest::newRow("deleted") << false;
    QTest::newRow("replaced") << true;
}

void tst_Replaced::duringARun()
{
    QFETCH(bool, isReplaced);
    constexpr int RowCount = 5000;
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("people.db"));
    const QString other = folder.filePath(QStringLiteral("other.db"));
    QVERIFY(execute(other,
                    { QStringLiteral("CREATE TABLE people (id INTEGER PRIMARY KEY, name)"),
                      QStringLiteral("INSERT INTO people VALUES (0, 'its own')") }));
    RunOptions options;
    options.into = folder.path();
    options.lockTimeout = std::chrono::seconds(5);
    options.batchRows = 1;
    const Dataset dataset = people(RowCount);
    RunProgress progress;
    progress.begin(1); // it is looked at before the run begins
    auto running = std::async(std::launch::async, [&] { return run(dataset, options, progress, {}); });
    QTRY_VERIFY(progress.progress(0).counts.inserted > 20);
    QVERIFY(progress.progress(0).counts.inserted < RowCount / 2);
    if (isReplaced)
        QCOMPARE(std::rename(qPrintable(other), qPrintable(path)), 0);
    else
        QVERIFY(QFile::remove(path));
    const auto report = running.get();
    QVERIFY(report);
    const TableReport &table = report->tables.first();
    QCOMPARE(table.counts.inserted, 0);
    QCOMPARE(table.counts.failed, RowCount);
    QCOMPARE(table.rejected.size(), RowCount);
    QVERIFY(
        table.rejected.first().reasons.first().message.contains(QStringLiteral("people.db was deleted or replaced")));
    QCOMPARE(progress.progress(0).counts.inserted, 0);
    QCOMPARE(report->outcome, RunReport::Outcome::Failed);
    if (isReplaced) {
        QCOMPARE(ask(path, QStringLiteral("PRAGMA integrity_check")), QStringList(QStringLiteral("ok")));
        QCOMPARE(ask(path, QStringLiteral("SELECT id, name FROM people")), QStringList(QStringLiteral("0|its own")));
    } else {
        QVERIFY(!QFile::exists(path));
    }
}

SEEDBED_TEST(tst_Replaced, QCoreApplication)
#include "tst_replaced.moc"
