// SPDX-License-Identifier: MIT
#include "rows/dataset.h"

#include "package/descriptor.h"
#include "quiettest.h"
#include "rows/csv/csv.h"
#include "rows/readprogress.h"
#include "rows/rowidlist.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace seedbed;

class TestDataset final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void sampleHasExactlyItsRows();
    void sampleIsWithoutWarnings();
    void sampleCannotBeSaved();
    void sampleSavedAs();
    void missingFileIsNamed();
    void raggedRowsAreWarnedOf();
    void warningsAreBounded_data();
    void warningsAreBounded();
    void progressLeadsToTheDataset();
    void progressOfInlineRows();
    void theFirstTableInTroubleIsNamed();
    void stopsWhenAsked();
    void savesWhatChangedOnly();
    void savesWhatRaggedRowsHold_data();
    void savesWhatRaggedRowsHold();
    void savesInlineRows();
    void inlineRowsKeepTheirForm();
    void absentInlineValuesAreMissing();
    void savingAsCopiesAllParts();
    void aMissingPartIsNamed();
    void unwritableFileIsNamed();
    void whatCannotBeReplacedIsNamed();
};

namespace {

void write(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArrayList linesOf(const Dataset &dataset, const QString &resource)
{
    const int position = dataset.package->indexOf(resource);
    QByteArrayList lines = tableToCsv(dataset.tables.at(position), dataset.package->resources.at(position)).split('\n');
    lines.removeLast();
    return lines;
}

const QByteArray plain = R"({"resources": [{"name": "a", "path": "a.csv", "schema": {
    "fields": [{"name": "id", "type": "integer"}, {"name": "n"}], "primaryKey": "id"}}]})";

const QByteArray three = R"({"resources": [
    {"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "id"}, {"name": "n"}], "primaryKey": "id"}},
    {"name": "b", "path": "b.csv", "schema": {"fields": [{"name": "id"}, {"name": "n"}], "primaryKey": "id"}},
    {"name": "c", "path": "c.csv", "schema": {"fields": [{"name": "id"}, {"name": "n"}], "primaryKey": "id"}}]})";

QByteArray rowsOf(int count)
{
    QByteArray text = "id,n\n";
    for (int i = 0; i < count; ++i)
        text += QByteArray::number(i) + ",name of " + QByteArray::number(i) + '\n';
    return text;
}

/// Whether \a part has the first rows of \a whole, under the same ids.
void compareStart(const Table &part, const Table &whole)
{
    QVERIFY(part.rowCount() <= whole.rowCount());
    for (qsizetype chunk = 0; chunk < part.chunkCount(); ++chunk) {
        QVERIFY(part.sharesChunk(chunk, whole));
        QCOMPARE(part.rowIds(chunk).first(), whole.rowIds(chunk).first());
    }
}

const QByteArray inlined = R"({"name": "p", "odd": 0.1234567890123456789, "resources": [{"name": "a",
    "data": [{"id": 1, "n": "x"}, {"id": 2.50}],
    "schema": {"fields": [{"name": "id", "type": "number"}, {"name": "n"}], "primaryKey": "id"}}]})";

} // namespace

void TestDataset::sampleHasExactlyItsRows()
{
    const Dataset sample = sampleDataset();
    QVERIFY(sample.package->isBuiltIn());
    QCOMPARE(sample.package->name, QStringLiteral("shop"));
    QCOMPARE(sample.tables.size(), 3);
    QCOMPARE(linesOf(sample, QStringLiteral("users")),
             (QByteArrayList { "id,name,email", "1,Alice,alice@example.com", "2,Bob,bob@example.com",
                               "3,Charlie,charlie@example.com", "4,David,david@example.com", "5,Eve,eve@example.com",
                               "6,Frank,frank@example.com", "7,Grace,grace@example.com", "8,Alice,alice@example.com",
                               "9,Henry,henry@example.com", "10,,jane@example.com" }));
    QCOMPARE(linesOf(sample, QStringLiteral("products")),
             (QByteArrayList { "id,name,price", "1,Laptop,1000.00", "2,Smartphone,700.00", "3,Headphones,150.00",
                               "4,Monitor,300.00", "5,Keyboard,50.00", "6,Mouse,30.00", "7,Laptop,1000.00",
                               "8,Smartwatch,250.00", "9,Gaming Chair,500.00", "10,Earbuds,-50.00" }));
    QCOMPARE(linesOf(sample, QStringLiteral("orders")),
             (QByteArrayList { "id,user_id,product_id,quantity", "1,1,1,2", "2,2,2,1", "3,3,3,5", "4,4,4,1", "5,5,5,3",
                               "6,6,6,4", "7,7,7,2", "8,8,8,0", "9,9,1,-1", "10,10,11,2" }));
}

void TestDataset::sampleIsWithoutWarnings()
{
    QCOMPARE(sampleDataset().warnings, QStringList());
}

void TestDataset::sampleCannotBeSaved()
{
    const auto saved = saveDataset(sampleDataset());
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, Error::Kind::Unwritable);
}

void TestDataset::sampleSavedAs()
{
    const QTemporaryDir folder;
    Dataset sample = sampleDataset();
    sample.tables[0].setCell(0, 1, "Alicia");
    const auto saved = saveDatasetAs(sample, folder.filePath(QStringLiteral("new/shop")));
    QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
    QCOMPARE(saved->package->folder(), folder.filePath(QStringLiteral("new/shop")));
    QVERIFY(!saved->package->isBuiltIn());
    QCOMPARE(saved->package->descriptor, sample.package->descriptor);
    QCOMPARE(saved->tables.at(0).rowId(3), sample.tables.at(0).rowId(3));
    const auto again = readDataset(folder.filePath(QStringLiteral("new/shop")));
    QVERIFY(again);
    for (const Resource &resource : sample.package->resources)
        QCOMPARE(linesOf(*again, resource.name), linesOf(sample, resource.name));
    QVERIFY(saveDataset(*saved));
}

void TestDataset::missingFileIsNamed()
{
    const QTemporaryDir folder;
    const auto nothing = readDataset(folder.path());
    QVERIFY(!nothing);
    QVERIFY(nothing.error().message.contains(folder.filePath(QStringLiteral("datapackage.json"))));
    write(folder.filePath(QStringLiteral("datapackage.json")), plain);
    const auto noRows = readDataset(folder.path());
    QVERIFY(!noRows);
    QVERIFY(noRows.error().message.contains(folder.filePath(QStringLiteral("a.csv"))));
    write(folder.filePath(QStringLiteral("a.csv")), "id,n\n1,\"x\n");
    const auto broken = readDataset(folder.path());
    QVERIFY(!broken);
    QVERIFY2(broken.error().message.startsWith(u"a.csv line 2: "), qPrintable(broken.error().message));
}

void TestDataset::raggedRowsAreWarnedOf()
{
    const QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("datapackage.json")), plain);
    write(folder.filePath(QStringLiteral("a.csv")), "id,n\n1,x,y\n2,x\n3\n");
    const auto dataset = readDataset(folder.filePath(QStringLiteral("datapackage.json")));
    QVERIFY(dataset);
    QCOMPARE(dataset->warnings.size(), 2);
    QVERIFY(dataset->warnings.at(0).startsWith(u"a.csv line 2 has more cells"));
    QVERIFY(dataset->warnings.at(1).startsWith(u"a.csv line 4 has fewer cells"));
}

void TestDataset::warningsAreBounded_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("warnings");
    QTest::newRow("19") << 19 << 19;
    QTest::newRow("20") << 20 << 20;
    QTest::newRow("21") << 21 << 21;
    QTest::newRow("5000") << 5000 << 21;
}

void TestDataset::warningsAreBounded()
{
    QFETCH(int, rows);
    QFETCH(int, warnings);
    const QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("datapackage.json")), plain);
    write(folder.filePath(QStringLiteral("a.csv")), "id,n\n" + QByteArray("1\n").repeated(rows));
    const QStringList said = readDataset(folder.path()).value().warnings;
    QCOMPARE(said.size(), warnings);
    for (int i = 0; i < std::min(rows, 20); ++i)
        QVERIFY(said.at(i).startsWith(QStringLiteral("a.csv line %1 has fewer").arg(i + 2)));
    if (rows > 20)
        QVERIFY(said.constLast().startsWith(QStringLiteral("a.csv has %1 rows in all with more or").arg(rows)));
}

void TestDataset::progressLeadsToTheDataset()
{
    const QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("datapackage.json")), three);
    write(folder.filePath(QStringLiteral("a.csv")), rowsOf(300'000));
    write(folder.filePath(QStringLiteral("b.csv")), rowsOf(7));
    write(folder.filePath(QStringLiteral("c.csv")), rowsOf(20'000));
    ReadProgress progress;
    QVERIFY(!progress.snapshot().package);
    Result<Dataset> dataset;
    std::atomic<bool> isDone = false;
    std::thread reader([&] {
        dataset = readDataset(folder.path(), &progress);
        isDone = true;
    });
    QList<ReadProgress::Snapshot> seen;
    while (!isDone) {
        const ReadProgress::Snapshot now = progress.snapshot();
        if (seen.isEmpty() || now.bytesRead() > seen.constLast().bytesRead())
            seen.append(now);
        std::this_thread::yield();
    }
    reader.join();
    seen.append(progress.snapshot());
    QVERIFY(dataset);
    qint64 bytes = 0;
    for (const ReadProgress::Snapshot &snapshot : std::as_const(seen)) {
        QVERIFY(snapshot.bytesRead() >= bytes && snapshot.bytesRead() <= snapshot.bytesInAll());
        bytes = snapshot.bytesRead();
        for (int i = 0; i < snapshot.tables.size(); ++i) {
            compareStart(snapshot.tables.at(i), dataset->tables.at(i));
            QVERIFY(snapshot.states.at(i).rowCount >= snapshot.tables.at(i).rowCount());
        }
    }
    const ReadProgress::Snapshot &last = seen.constLast();
    QCOMPARE(last.package, dataset->package);
    QCOMPARE(last.bytesRead(), last.bytesInAll());
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(last.states.at(i).state, ReadProgress::State::Finished);
        QCOMPARE(last.tables.at(i).rowCount(), dataset->tables.at(i).rowCount());
    }
    QCOMPARE(last.states.at(0).rowCount, 300'000);
}

void TestDataset::progressOfInlineRows()
{
    const QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("datapackage.json")), inlined);
    ReadProgress progress;
    QVERIFY(readDataset(folder.path(), &progress));
    QCOMPARE(progress.snapshot().states.at(0).state, ReadProgress::State::Finished);
    QCOMPARE(progress.snapshot().tables.at(0).rowCount(), 2);
    QCOMPARE(progress.snapshot().bytesInAll(), 0);
}

void TestDataset::theFirstTableInTroubleIsNamed()
{
    const QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("datapackage.json")), three);
    write(folder.filePath(QStringLiteral("a.csv")), rowsOf(10));
    write(folder.filePath(QStringLiteral("b.csv")), rowsOf(100'000) + "1,\"x\n");
    write(folder.filePath(QStringLiteral("c.csv")), "what\n");
    ReadProgress progress;
    const auto dataset = readDataset(folder.path(), &progress);
    QVERIFY(!dataset);
    QVERIFY2(dataset.error().message.startsWith(u"b.csv line 100002: the quote"), qPrintable(dataset.error().message));
    QCOMPARE(progress.snapshot().states.at(0).state, ReadProgress::State::Finished);
    QCOMPARE(progress.snapshot().states.at(1).state, ReadProgress::State::Failed);
    QCOMPARE(progress.snapshot().states.at(2).state, ReadProgress::State::Failed);
}

void TestDataset::stopsWhenAsked()
{
    const QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("datapackage.json")), three);
    for (const QString &name : { QStringLiteral("a.csv"), QStringLiteral("b.csv"), QStringLiteral("c.csv") })
        write(folder.filePath(name), rowsOf(1000));
    std::stop_source stop;
    stop.request_stop();
    const auto dataset = readDataset(folder.path(), nullptr, stop.get_token());
    QVERIFY(!dataset);
    QCOMPARE(dataset.error().kind, Error::Kind::Stopped);
    QCOMPARE(dataset.error().message, QStringLiteral("the reading of a.csv was stopped"));
}

void TestDataset::savesWhatChangedOnly()
{
    const QTemporaryDir folder;
    const QString csv = folder.filePath(QStringLiteral("a.csv"));
    const QByteArray asWritten = "\xEF\xBB\xBFn,id\r\n\"x\",1\r\n";
    write(folder.filePath(QStringLiteral("datapackage.json")), plain);
    write(csv, asWritten);
    Dataset dataset = readDataset(folder.path()).value();
    QVERIFY(saveDataset(dataset));
    QCOMPARE(contentOf(csv), asWritten); // another program's quotes and line ends stay
    dataset.tables[0].setCell(0, 1, "y,z");
    QVERIFY(saveDataset(dataset));
    QCOMPARE(contentOf(csv), QByteArray("id,n\n1,\"y,z\"\n"));
    QCOMPARE(contentOf(folder.filePath(QStringLiteral("datapackage.json"))), plain);
    dataset.tables[0].setCell(0, 1, "x");
    QVERIFY(saveDataset(dataset));
    QCOMPARE(contentOf(csv), QByteArray("id,n\n1,x\n"));
}

void TestDataset::savesWhatRaggedRowsHold_data()
{
    QTest::addColumn<QByteArray>("there");
    QTest::addColumn<bool>("stays");
    QTest::newRow("the same, quoted") << QByteArray("id,n\n1,\"x\",y\n2\n") << true;
    QTest::newRow("another surplus cell") << QByteArray("id,n\n1,x,z\n2\n") << false;
    QTest::newRow("no surplus cell") << QByteArray("id,n\n1,x\n2\n") << false;
    QTest::newRow("all cells of a short row") << QByteArray("id,n\n1,x,y\n2,\n") << false;
    QTest::newRow("a row less") << QByteArray("id,n\n1,x,y\n") << false;
    QTest::newRow("no CSV") << QByteArray("id,n\n1,\"x\n") << false;
}

// The file was changed after it was read.
void TestDataset::savesWhatRaggedRowsHold()
{
    QFETCH(QByteArray, there);
    QFETCH(bool, stays);
    const QTemporaryDir folder;
    const QString csv = folder.filePath(QStringLiteral("a.csv"));
    const QByteArray read = "id,n\n1,x,y\n2\n";
    write(folder.filePath(QStringLiteral("datapackage.json")), plain);
    write(csv, read);
    const Dataset dataset = readDataset(folder.path()).value();
    write(csv, there);
    QVERIFY(saveDataset(dataset));
    QCOMPARE(contentOf(csv), stays ? there : read);
}

void TestDataset::savesInlineRows()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("datapackage.json"));
    write(path, inlined);
    Dataset dataset = readDataset(path).value();
    QCOMPARE(linesOf(dataset, QStringLiteral("a")), (QByteArrayList { "id,n", "1,x", "2.50," }));
    QVERIFY(saveDataset(dataset));
    QCOMPARE(contentOf(path), inlined);
    dataset.tables[0].setCell(0, 0, "+7");
    dataset.tables[0].append(QList<QByteArray> { "3.10", "5" });
    QVERIFY(saveDataset(dataset));
    QVERIFY(contentOf(path).contains(R"([{"id": "+7", "n": "x"}, {"id": 2.50}, {"id": 3.10, "n": "5"}])"));
    QVERIFY(contentOf(path).contains("0.1234567890123456789"));
    const Dataset again = readDataset(path).value();
    QCOMPARE(linesOf(again, QStringLiteral("a")), linesOf(dataset, QStringLiteral("a")));
    // back to what it was: the file follows, though the package is still the one that was read
    dataset.tables[0].setCell(0, 0, "1");
    dataset.tables[0].remove(2, 1);
    QVERIFY(saveDataset(dataset));
    QCOMPARE(contentOf(path), inlined);
}

void TestDataset::inlineRowsKeepTheirForm()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("datapackage.json"));
    write(path, R"({"resources": [{"name": "a", "data": [["ok", "id"], [true, 1], [null, 2]], "schema": {
        "fields": [{"name": "id", "type": "integer"}, {"name": "ok", "type": "boolean"}], "primaryKey": "id"}}]})");
    Dataset dataset = readDataset(path).value();
    QCOMPARE(linesOf(dataset, QStringLiteral("a")), (QByteArrayList { "id,ok", "1,true", "2," }));
    dataset.tables[0].setCell(1, 0, "3");
    QVERIFY(saveDataset(dataset));
    QVERIFY(contentOf(path).contains(R"([["id", "ok"], [1, true], [3, null]])"));
    QCOMPARE(linesOf(readDataset(path).value(), QStringLiteral("a")), (QByteArrayList { "id,ok", "1,true", "3," }));
}

void TestDataset::absentInlineValuesAreMissing()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("datapackage.json"));
    write(path,
          R"({"resources": [{"name": "a", "data": [{"id": 1, "n": null}, {"id": 2, "n": ""}], "schema": {
        "missingValues": ["-"], "fields": [{"name": "id"}, {"name": "n"}], "primaryKey": "id"}}]})");
    const Dataset dataset = readDataset(path).value();
    QCOMPARE(linesOf(dataset, QStringLiteral("a")), (QByteArrayList { "id,n", "1,-", "2," }));
}

void TestDataset::savingAsCopiesAllParts()
{
    const QTemporaryDir folder;
    const QDir from(folder.filePath(QStringLiteral("from")));
    const QDir to(folder.filePath(QStringLiteral("to")));
    const QByteArray descriptor = R"({"resources": [{"name": "a", "path": "data/a.csv", "schema": "parts/a.json",
        "dialect": "parts/dialect.json"}]})";
    write(from.filePath(QStringLiteral("datapackage.json")), descriptor);
    write(from.filePath(QStringLiteral("parts/a.json")), R"({"fields": [{"name": "id"}], "primaryKey": "id"})");
    write(from.filePath(QStringLiteral("parts/dialect.json")), R"({"header": false})");
    write(from.filePath(QStringLiteral("data/a.csv")), "1\n2\n");
    const Dataset dataset = readDataset(from.path()).value();
    const auto saved = saveDatasetAs(dataset, to.path());
    QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
    for (const QString &file : { QStringLiteral("datapackage.json"), QStringLiteral("parts/a.json"),
                                 QStringLiteral("parts/dialect.json"), QStringLiteral("data/a.csv") })
        QCOMPARE(contentOf(to.filePath(file)), contentOf(from.filePath(file)));
    QCOMPARE(saved->package->descriptorPath, to.filePath(QStringLiteral("datapackage.json")));
}

void TestDataset::aMissingPartIsNamed()
{
    const QTemporaryDir folder;
    const QString part = folder.filePath(QStringLiteral("a.json"));
    write(folder.filePath(QStringLiteral("datapackage.json")),
          R"({"resources": [{"name": "a", "path": "a.csv", "schema": "a.json"}]})");
    write(part, R"({"fields": [{"name": "id"}], "primaryKey": "id"})");
    write(folder.filePath(QStringLiteral("a.csv")), "id\n1\n");
    const Dataset dataset = readDataset(folder.path()).value();
    QVERIFY(QFile::remove(part));
    const auto saved = saveDatasetAs(dataset, folder.filePath(QStringLiteral("to")));
    QVERIFY(!saved);
    QVERIFY2(saved.error().message.startsWith(part + QStringLiteral(" cannot be copied")),
             qPrintable(saved.error().message));
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("to/datapackage.json"))));
}

void TestDataset::unwritableFileIsNamed()
{
    const QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("file")), "x");
    const auto saved = saveDatasetAs(sampleDataset(), folder.filePath(QStringLiteral("file/inside")));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, Error::Kind::Unwritable);
    QVERIFY(saved.error().message.contains(u"users.csv"));
    // a folder in the place of a file
    QDir().mkpath(folder.filePath(QStringLiteral("p/orders.csv")));
    const auto second = saveDatasetAs(sampleDataset(), folder.filePath(QStringLiteral("p")));
    QVERIFY(!second);
    QVERIFY(second.error().message.contains(u"orders.csv"));
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("p/datapackage.json"))));
}

void TestDataset::whatCannotBeReplacedIsNamed()
{
    const QTemporaryDir folder;
    const auto isRefused = [](const auto &result, const QString &path) {
        return !result && result.error().kind == Error::Kind::Unwritable
            && result.error().message.startsWith(path + QStringLiteral(" cannot be written"));
    };
    const QString copy = folder.filePath(QStringLiteral("p/datapackage.json"));
    QVERIFY(QDir().mkpath(copy));
    QVERIFY(isRefused(saveDatasetAs(sampleDataset(), folder.filePath(QStringLiteral("p"))), copy));

    const QString csv = folder.filePath(QStringLiteral("a.csv"));
    write(folder.filePath(QStringLiteral("datapackage.json")), plain);
    write(csv, "id,n\n1,x\n");
    const Dataset dataset = readDataset(folder.path()).value();
    QVERIFY(QFile::remove(csv) && QDir().mkpath(csv));
    QVERIFY(isRefused(saveDataset(dataset), csv));
}

SEEDBED_TEST(TestDataset, QCoreApplication)
#include "tst_dataset.moc"
