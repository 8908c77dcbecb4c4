// SPDX-License-Identifier: MIT
// What a run is going to do, before it does it: which rows in which batches.

#include "fixtures.h"
#include "insertion/databases.h"
#include "insertion/inserter.h"
#include "insertion/randomshop.h"
#include "insertion/runplan.h"
#include "quiettest.h"

#include <QTemporaryDir>

using namespace seedbed;

namespace {

const QByteArray Nodes = R"({"name": "nodes", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "parent", "type": "integer"}],
    "foreignKeys": [{"fields": "parent", "reference": {"fields": "id"}}]}})";

Validation validated(const Dataset &dataset)
{
    QList<ExistingRows> nothing;
    for (int table = 0; table < dataset.tables.size(); ++table)
        nothing.append(ExistingRows(*dataset.package, table));
    return validate(dataset, nothing, 1);
}

std::vector<std::vector<qint32>> batchesOf(const TablePlan &plan)
{
    std::vector<std::vector<qint32>> batches;
    for (const Batch &batch : plan.batches)
        batches.emplace_back(batch.rows.begin(), batch.rows.end());
    return batches;
}

} // namespace

class tst_RunPlan final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void batchSizes_data();
    void batchSizes();
    void parentsComeInEarlierBatches();
    void wrongRowsAreInNoBatch();
    void movingKeepsTheBatches();
    void aDryRunIsTheRun();
};

void tst_RunPlan::batchSizes_data()
{
    QTest::addColumn<qsizetype>("rows");
    QTest::addColumn<int>("workers");
    QTest::addColumn<qsizetype>("batch");
    QTest::newRow("fewer than workers") << qsizetype(8) << 10 << qsizetype(1);
    QTest::newRow("twelve") << qsizetype(12) << 10 << qsizetype(1);
    QTest::newRow("nineteen") << qsizetype(19) << 10 << qsizetype(1);
    QTest::newRow("a share each") << qsizetype(5000) << 10 << qsizetype(500);
    QTest::newRow("as much as one round takes") << qsizetype(500'000) << 10 << qsizetype(50'000);
    QTest::newRow("two rounds, both full") << qsizetype(750'000) << 10 << qsizetype(37'500);
    QTest::newRow("a million") << qsizetype(1'000'000) << 10 << qsizetype(50'000);
    QTest::newRow("none") << qsizetype(0) << 10 << qsizetype(1);
}

void tst_RunPlan::batchSizes()
{
    QFETCH(qsizetype, rows);
    QFETCH(int, workers);
    QFETCH(qsizetype, batch);
    QCOMPARE(batchRowsFor(rows, workers), batch);
}

// Whatever the order of the file: no batch has a row and another one that it refers to.
void tst_RunPlan::parentsComeInEarlierBatches()
{
    const Validation validation = validated(datasetOf({ Nodes }, { "id,parent\n3,2\n2,1\n1,\n4,1\n" }));
    const RunPlan plan = planOf(validation, {});
    QVERIFY(!plan.isRefused);
    QCOMPARE(batchesOf(plan.tables.front()), (std::vector<std::vector<qint32>> { { 2 }, { 1 }, { 3 }, { 0 } }));
    RunOptions large;
    large.batchRows = 100;
    QCOMPARE(batchesOf(planOf(validation, large).tables.front()),
             (std::vector<std::vector<qint32>> { { 2 }, { 1, 3 }, { 0 } }));
}

void tst_RunPlan::wrongRowsAreInNoBatch()
{
    const Validation validation = validated(datasetOf({ Nodes }, { "id,parent\n1,\nx,\n3,9\n4,1\n" }));
    const RunPlan plan = planOf(validation, {});
    QCOMPARE(batchesOf(plan.tables.front()), (std::vector<std::vector<qint32>> { { 0 }, { 3 } }));
    QCOMPARE(plan.tables.front().counts.inserted, 2);
    QCOMPARE(plan.tables.front().counts.sum(), 2);
}

void tst_RunPlan::movingKeepsTheBatches()
{
    RunPlan plan = planOf(validated(datasetOf({ Nodes }, { "id,parent\n1,\n2,\n" })), {});
    const RunPlan moved = std::move(plan);
    QCOMPARE(batchesOf(moved.tables.front()), (std::vector<std::vector<qint32>> { { 0 }, { 1 } }));
}

// What a dry run says is what the run then does, where no database has rules of its own.
void tst_RunPlan::aDryRunIsTheRun()
{
    const int packages = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS") ? 1000 : 60;
    const quint32 first = QRandomGenerator::system()->generate();
    for (int i = 0; i < packages; ++i) {
        const quint32 seed = first + static_cast<quint32>(i);
        QRandomGenerator random(seed);
        RandomShop shop(random);
        shop.refuseNothing();
        const QTemporaryDir folder;
        QVERIFY(shop.prepare(folder.path(), std::nullopt));
        const Dataset dataset = shop.dataset();
        RunOptions options;
        options.into = folder.path();
        options.onConflict = random.bounded(2) == 0 ? ConflictPolicy::Skip : ConflictPolicy::Update;
        RunProgress progress;
        options.isDryRun = true;
        const auto dryRun = run(dataset, options, progress, {});
        options.isDryRun = false;
        const auto report = run(dataset, options, progress, {});
        QVERIFY2(dryRun && report, qPrintable(QString::number(seed)));
        for (qsizetype table = 0; table < report->tables.size(); ++table) {
            const TableReport &planned = dryRun->tables.at(table);
            const TableReport &done = report->tables.at(table);
            QVERIFY2(planned.counts == done.counts,
                     qPrintable(QStringLiteral("seed %1, %2").arg(seed).arg(done.resource)));
            QCOMPARE(planned.rejected.size(), done.rejected.size());
            for (qsizetype row = 0; row < done.rejected.size(); ++row) {
                QCOMPARE(planned.rejected.at(row).row, done.rejected.at(row).row);
                QCOMPARE(planned.rejected.at(row).reasons.first().text(), done.rejected.at(row).reasons.first().text());
            }
        }
    }
}

SEEDBED_TEST(tst_RunPlan, QCoreApplication)
#include "tst_runplan.moc"
