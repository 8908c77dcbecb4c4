// SPDX-License-Identifier: MIT
// Rejected rows as CSV files that can be mended and read again.

#include "export/rejects.h"
#include "fixtures.h"
#include "quiettest.h"
#include "report/reasons.h"
#include "report/reportjson.h"
#include "report/reporttext.h"
#include "validation/validator.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace seedbed;

namespace {

RunReport reportOf(const Validation &validation)
{
    RunReport report;
    for (int table = 0; table < validation.tables.size(); ++table) {
        TableReport tableReport;
        tableReport.rejected = skippedRows(validation, table);
        report.tables.append(tableReport);
    }
    return report;
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("absent");
}

} // namespace

class tst_Rejects final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void writesOriginalColumnsFirst();
    void tellsOfCancelledRowsInTheirPlaces();
    void canBeReadAgain();
    void removesWhatIsNoLongerSo();
    void namesTheFolderThatCannotBeMade();
    void overwritesNothingElse();
    void tellsOfTheFilesBeforeTheOneThatFailed();
    void namesAFileAfterTheDatabase();
    void canBeStopped();
    void aStopLeavesOutWhatIsBeyondTheFirst();
};

void tst_Rejects::writesOriginalColumnsFirst()
{
    const QTemporaryDir folder;
    const Dataset dataset = sampleDataset();
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    const auto files = writeRejects(reportOf(validation), dataset, folder.filePath(QStringLiteral("new/rejects")));
    QVERIFY(!files.error);
    QCOMPARE(files.written.size(), 3);
    QCOMPARE(read(files.written.at(2)),
             QByteArray("id,user_id,product_id,quantity,_row,_reasons\n"
                        "8,8,8,0,8,quantity must be > 0; user_id 8 not found (users row 8: duplicate email)\n"
                        "9,9,1,-1,9,quantity must be > 0\n"
                        "10,10,11,2,10,user_id 10 not found (users row 10: missing name); product_id 11 not found\n"));
}

void tst_Rejects::tellsOfCancelledRowsInTheirPlaces()
{
    const QTemporaryDir folder;
    const Dataset dataset = sampleDataset();
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    RunReport report = reportOf(validation);
    report.tables[0].cancelled.add({ RowNumber { 7 }, RowNumber { 7 } });
    report.tables[0].cancelled.add(RowNumber { 9 });
    const auto files = writeRejects(report, dataset, folder.path());
    QVERIFY(!files.error);
    QCOMPARE(read(files.written.at(0)),
             QByteArray("id,name,email,_row,_reasons\n"
                        "7,Grace,grace@example.com,7,the run was stopped before its turn\n"
                        "8,Alice,alice@example.com,8,duplicate email (users row 1)\n"
                        "9,Henry,henry@example.com,9,the run was stopped before its turn\n"
                        "10,,jane@example.com,10,missing name\n"));
    const QString text = reportToText(report);
    QVERIFY(text.contains(QLatin1String("  row 7 cancelled: the run was stopped before its turn\n")));
    QVERIFY(reportToJson(report).simplified().contains("\"cancelledRows\": [ [ 7, 7 ], [ 9, 9 ] ]"));
    QVERIFY(!text.contains(QLatin1String("read again")));
    report.isAudited = false;
    QVERIFY(reportToText(report).contains(QLatin1String("Not every file was read again")));
    QVERIFY(reportToJson(report).simplified().contains("\"audited\": false"));
}

void tst_Rejects::canBeReadAgain()
{
    const QTemporaryDir folder;
    const Dataset dataset = sampleDataset();
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    const auto files = writeRejects(reportOf(validation), dataset, folder.path());
    QVERIFY(!files.error);
    const auto again = tableFromCsv(read(files.written.at(0)), dataset.package->resources.at(0), files.written.at(0));
    QVERIFY(again);
    QCOMPARE(again->rowCount(), 2);
    QCOMPARE(again->row(0).cells, dataset.tables.at(0).row(7).cells);
}

void tst_Rejects::removesWhatIsNoLongerSo()
{
    const QTemporaryDir folder;
    const Dataset dataset = sampleDataset();
    RunReport report = reportOf(validate(dataset, nothingExists(dataset), 1));
    QVERIFY(!writeRejects(report, dataset, folder.path()).error);
    report.tables[0].rejected.clear();
    report.tables[1].rejected.clear();
    const QString products = folder.filePath(QStringLiteral("products.csv"));
    QVERIFY(QFile::remove(products));
    QFile own(products);
    QVERIFY(own.open(QIODevice::WriteOnly));
    own.write("id,name,price\n1,mine,1\n");
    own.close();
    const auto files = writeRejects(report, dataset, folder.path());
    QVERIFY(!files.error);
    QCOMPARE(files.written.size(), 1);
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("users.csv"))));
    QCOMPARE(read(products), QByteArray("id,name,price\n1,mine,1\n"));
}

void tst_Rejects::namesTheFolderThatCannotBeMade()
{
    const QTemporaryDir folder;
    const QString inTheWay = folder.filePath(QStringLiteral("file"));
    QFile file(inTheWay);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const auto files = writeRejects(RunReport(), sampleDataset(), inTheWay);
    QVERIFY(files.error);
    QCOMPARE(files.error->kind, Error::Kind::Unwritable);
    QVERIFY(files.error->message.contains(inTheWay));
}

void tst_Rejects::overwritesNothingElse()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.csv"));
    QFile own(path);
    QVERIFY(own.open(QIODevice::WriteOnly));
    own.write("precious");
    own.close();
    const Dataset dataset = sampleDataset();
    const auto files = writeRejects(reportOf(validate(dataset, nothingExists(dataset), 1)), dataset, folder.path());
    QVERIFY(files.error);
    QVERIFY(files.error->message.startsWith(path));
    QCOMPARE(read(path), QByteArray("precious"));
}

void tst_Rejects::tellsOfTheFilesBeforeTheOneThatFailed()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("orders.csv")));
    const Dataset dataset = sampleDataset();
    const auto files = writeRejects(reportOf(validate(dataset, nothingExists(dataset), 1)), dataset, folder.path());
    QVERIFY(files.error);
    QVERIFY(files.error->message.contains(QLatin1String("orders.csv")));
    const QStringList before { folder.filePath(QStringLiteral("users.csv")),
                               folder.filePath(QStringLiteral("products.csv")) };
    QCOMPARE(files.written, before);
    QVERIFY(QFile::exists(before.at(1)));
}

// Of a resource whose name is none for a file.
void tst_Rejects::namesAFileAfterTheDatabase()
{
    const QTemporaryDir folder;
    const Dataset dataset = datasetOf({ R"({"name": "a/b", "seedbed": {"database": "ab.db"}, "schema": {
        "primaryKey": "id", "fields": [{"name": "id", "type": "integer"}]}})" },
                                      { "id\nx\n" });
    const auto files = writeRejects(reportOf(validate(dataset, nothingExists(dataset), 1)), dataset, folder.path());
    QVERIFY(!files.error);
    QCOMPARE(files.written, QStringList { folder.filePath(QStringLiteral("ab.db.csv")) });
    QCOMPARE(read(files.written.constFirst()),
             QByteArray("id,_row,_reasons\nx,1,\"id \"\"x\"\" is not an integer\"\n"));
}

void tst_Rejects::canBeStopped()
{
    const QTemporaryDir folder;
    const Dataset dataset = sampleDataset();
    std::stop_source stop;
    stop.request_stop();
    const auto files =
        writeRejects(reportOf(validate(dataset, nothingExists(dataset), 1)), dataset, folder.path(), stop.get_token());
    QVERIFY(files.error);
    QCOMPARE(files.error->kind, Error::Kind::Stopped);
    QVERIFY(files.written.isEmpty());
    QVERIFY(QDir(folder.path()).isEmpty());
}

// All are counted, in the report too, which says how many it leaves out.
void tst_Rejects::aStopLeavesOutWhatIsBeyondTheFirst()
{
    constexpr int Many = 2 * MostRejectedAfterStop;
    const Dataset dataset = datasetOf({ R"({"name": "a", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}]}})" },
                                      { "id\n" + QByteArray("x\n").repeated(Many) });
    const Validation validation = validate(dataset, nothingExists(dataset), 1);
    std::stop_source stop;
    QCOMPARE(skippedRows(validation, 0, stop.get_token()).size(), Many);
    RunReport report = reportOf(validation);
    stop.request_stop();
    QCOMPARE(skippedRows(validation, 0, stop.get_token()).size(), MostRejectedAfterStop);

    QCOMPARE(skippedCounts(validation, 0), OutcomeCounts { .skipped = Many });
    report.tables.first().counts = skippedCounts(validation, 0);
    QVERIFY(!reportToText(report).contains(QStringLiteral("left out")));
    QVERIFY(!reportToJson(report).contains("rejectedLeftOut"));
    QVERIFY(report.leaveOutRejected());
    QCOMPARE(report.tables.first().rejected.size(), MostRejectedAfterStop);
    QVERIFY(reportToText(report).contains(QStringLiteral("  and 1000 more, left out as the run was stopped\n")));
    QVERIFY(reportToJson(report).contains("\"rejectedLeftOut\": 1000"));
}

SEEDBED_TEST(tst_Rejects, QCoreApplication)
#include "tst_rejects.moc"
