// SPDX-License-Identifier: MIT
// Tables as files for others, and back.

#include "export/rejects.h"
#include "export/spreadsheet.h"
#include "export/tableexport.h"
#include "fixtures.h"
#include "package/json.h"
#include "quiettest.h"
#include "report/reasons.h"
#include "rows/csv/csvimport.h"
#include "rows/csv/tablematch.h"
#include "validation/validator.h"

#include <QBuffer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace seedbed;

namespace {

const QByteArray Things = R"({"name": "things", "schema": {"missingValues": ["", "-"], "fields": [
    {"name": "id", "type": "integer"}, {"name": "=name"}, {"name": "price", "type": "number"},
    {"name": "euro", "type": "number", "decimalChar": ",", "groupChar": "."}, {"name": "paid", "type": "boolean"},
    {"name": "day", "type": "date"}]}})";

QByteArray written(const seedbed::Table &rows, const Resource &resource, ExportFormat format)
{
    QBuffer file;
    file.open(QIODevice::WriteOnly);
    const Result<ExportOutcome> outcome = writeTable(file, rows, resource, format);
    return outcome ? file.data() : outcome.error().message.toUtf8();
}

Dataset things(const QByteArray &rows, qsizetype chunkRows = seedbed::Table::DefaultChunkRows)
{
    return datasetOf({ Things }, { "id,=name,price,euro,paid,day\n" + rows }, chunkRows);
}

QByteArray exported(const QByteArray &rows, ExportFormat format)
{
    const Dataset dataset = things(rows);
    return written(dataset.tables.constFirst(), dataset.package->resources.constFirst(), format);
}

/// As a window imports a file of which nothing is known.
Result<seedbed::Table> imported(QByteArray text, const TableSchema &schema)
{
    QBuffer file(&text);
    file.open(QIODevice::ReadOnly);
    const CsvHead head = CsvHead::of(file);
    QStringList names;
    for (const Field &field : schema.fields)
        names.append(field.name);
    ImportRecipe recipe { guessForm(head, names), {}, false };
    recipe.fields = mapByName(previewOf(head, recipe.form, 1).columns, schema);
    return importCsv(file, schema, recipe, QStringLiteral("import"));
}

QList<QByteArrayList> cellsOf(const seedbed::Table &rows)
{
    QList<QByteArrayList> cells;
    for (qsizetype row = 0; row < rows.rowCount(); ++row)
        cells.append(rows.row(row).cells);
    return cells;
}

/// Takes so many bytes and no more.
class FullDevice final : public QIODevice
{
public:
    explicit FullDevice(qint64 room)
        : m_room(room)
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
        setErrorString(QStringLiteral("no room"));
    }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        if (size > m_room)
            return -1;
        m_room -= size;
        return size;
    }

private:
    qint64 m_room;
};

} // namespace

class TestTableExport final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void importingGivesTheSameRows_data()
    {
        QTest::addColumn<ExportFormat>("format");
        QTest::addColumn<qsizetype>("chunkRows");
        QTest::newRow("CSV") << ExportFormat::Csv << qsizetype(4096);
        QTest::newRow("CSV, many chunks") << ExportFormat::Csv << qsizetype(2);
        QTest::newRow("TSV") << ExportFormat::Tsv << qsizetype(4096);
        QTest::newRow("TSV, many chunks") << ExportFormat::Tsv << qsizetype(1);
    }

    void importingGivesTheSameRows()
    {
        QFETCH(ExportFormat, format);
        QFETCH(qsizetype, chunkRows);
        const Dataset dataset = things("1,\"a, b; c\td\",-50.00,\"1.234,50\",true,2026-01-01\n"
                                       "2,\"two\nlines \"\"quoted\"\"\",,,,\n"
                                       "x,=1+1,'y,'z',,J\u00FCrgen\n"
                                       "\"\",,,,,\n"
                                       "5,\" spaces \",@,\"\r\n\",,\n",
                                       chunkRows);
        const Resource &resource = dataset.package->resources.constFirst();
        const QByteArray text = written(dataset.tables.constFirst(), resource, format);
        const Result<seedbed::Table> rows = imported(text, resource.schema);
        QVERIFY2(rows, text);
        QCOMPARE(cellsOf(*rows), cellsOf(dataset.tables.constFirst()));
    }

    void anEmptyTableHasAHeader()
    {
        QCOMPARE(exported("", ExportFormat::Csv), QByteArray("id,=name,price,euro,paid,day\n"));
        QCOMPARE(exported("", ExportFormat::Json), QByteArray("[]\n"));
    }

    void defusesFormulasOnly_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<FieldType>("type");
        QTest::addColumn<bool>("isFormula");
        const auto add = [](const char *text, FieldType type, bool isFormula) {
            QTest::addRow("%s %d", text, static_cast<int>(type)) << QByteArray(text) << type << isFormula;
        };
        add("=1+1", FieldType::String, true);
        add("=1+1", FieldType::Number, true);
        add("+49 30 123", FieldType::String, true);
        add("-50.00", FieldType::Number, false);
        add("-50.00", FieldType::String, false);
        add("+5", FieldType::Integer, false);
        add("-5x", FieldType::Integer, true);
        add("-1.5e3", FieldType::Number, false);
        add("-1+cmd|' /C calc'!A0", FieldType::Number, true);
        add("@SUM(A1)", FieldType::String, true);
        add("-", FieldType::String, true);
        add("\t=1", FieldType::String, true);
        add("\r=1", FieldType::String, true);
        add("\uFF1D1+1", FieldType::String, true);
        add("a=b", FieldType::String, false);
        add("'=1", FieldType::String, false);
        add("", FieldType::String, false);
    }

    void defusesFormulasOnly()
    {
        QFETCH(QByteArray, text);
        QFETCH(FieldType, type);
        Field field;
        field.type = type;
        QTEST(looksLikeFormula(text, field), "isFormula");
    }

    void defusesForSpreadsheetsAlone()
    {
        const QByteArray row = "1,=1+1,-50.00,\"-1.234,50\",@x,2026-01-01\n";
        QCOMPARE(exported(row, ExportFormat::Csv), "id,=name,price,euro,paid,day\n" + row);
        QCOMPARE(exported(row, ExportFormat::Spreadsheet),
                 QByteArray("\xEF\xBB\xBFid,'=name,price,euro,paid,day\n"
                            "1,'=1+1,-50.00,\"-1.234,50\",'@x,2026-01-01\n"));
        const Dataset dataset = things(row);
        QBuffer file;
        file.open(QIODevice::WriteOnly);
        const auto outcome = writeTable(file, dataset.tables.constFirst(), dataset.package->resources.constFirst(),
                                        ExportFormat::Spreadsheet);
        QCOMPARE(outcome->rows, 1);
        QCOMPARE(outcome->defused, 2);
    }

    void defusesCellsBeyondTheLastColumn()
    {
        Dataset dataset = things("1,a,,,,,=1\n");
        QCOMPARE(dataset.tables.constFirst().raggedCount(), 1);
        const Resource &resource = dataset.package->resources.constFirst();
        QCOMPARE(written(dataset.tables.constFirst(), resource, ExportFormat::Spreadsheet),
                 QByteArray("\xEF\xBB\xBFid,'=name,price,euro,paid,day\n1,a,,,,,'=1\n"));
    }

    void jsonHasTheTypesOfTheSchema()
    {
        const QByteArray text = exported("1,\"say \"\"hi\"\"\",19.90,\"1.234,50\",true,2026-01-01\n"
                                         "one,-,NaN,x,maybe,then\n",
                                         ExportFormat::Json);
        QJsonParseError error;
        QCOMPARE(QJsonDocument::fromJson(text, &error).array().size(), 2);
        QCOMPARE(error.error, QJsonParseError::NoError);
        const JsonValue json = *parseJson(text);
        const JsonValue &first = json.items.at(0);
        QCOMPARE(first.find("id")->kind, JsonValue::Kind::Number);
        QCOMPARE(first.find("=name")->text, QByteArray("say \"hi\""));
        QCOMPARE(first.find("price")->kind, JsonValue::Kind::Number);
        QCOMPARE(first.find("price")->text, QByteArray("19.9"));
        QCOMPARE(first.find("euro")->text, QByteArray("1234.5"));
        QCOMPARE(first.find("paid")->kind, JsonValue::Kind::Boolean);
        QVERIFY(first.find("paid")->boolean);
        QCOMPARE(first.find("day")->kind, JsonValue::Kind::String);
        const JsonValue &second = json.items.at(1);
        QCOMPARE(second.find("id")->kind, JsonValue::Kind::String);
        QCOMPARE(second.find("id")->text, QByteArray("one"));
        QCOMPARE(second.find("=name")->kind, JsonValue::Kind::Null);
        QCOMPARE(second.find("price")->text, QByteArray("NaN"));
        QCOMPARE(second.find("price")->kind, JsonValue::Kind::String);
        QCOMPARE(second.find("paid")->text, QByteArray("maybe"));
    }

    void jsonOfManyChunksIsOneArray()
    {
        const Dataset dataset = things("1,,,,,\n2,,,,,\n3,,,,,\n", 1);
        const QByteArray text =
            written(dataset.tables.constFirst(), dataset.package->resources.constFirst(), ExportFormat::Json);
        QCOMPARE(QJsonDocument::fromJson(text).array().size(), 3);
    }

    void writesWholeFilesOrNone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("users.csv"));
        const Dataset dataset = sampleDataset();
        const Resource &users = dataset.package->resources.at(0);
        const auto outcome = exportTable(path, dataset.tables.at(0), users, ExportFormat::Csv);
        QVERIFY(outcome);
        QCOMPARE(outcome->path, path);
        QCOMPARE(outcome->rows, 10);
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = exportTable(path, dataset.tables.at(1), users, ExportFormat::Csv, stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, Error::Kind::Stopped);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("id,name,email\n"));
        const QString nowhere = folder.filePath(QStringLiteral("absent/users.csv"));
        const auto failed = exportTable(nowhere, dataset.tables.at(0), users, ExportFormat::Csv);
        QVERIFY(!failed);
        QCOMPARE(failed.error().kind, Error::Kind::Unwritable);
        QVERIFY(failed.error().message.contains(nowhere));
    }

    void tellsOfAFullDiskWhereverItIs_data()
    {
        QTest::addColumn<ExportFormat>("format");
        QTest::newRow("CSV") << ExportFormat::Csv;
        QTest::newRow("JSON") << ExportFormat::Json;
    }

    void tellsOfAFullDiskWhereverItIs()
    {
        QFETCH(ExportFormat, format);
        const Dataset dataset = things("1,a,,,,\n2,b,,,,\n3,c,,,,\n", 1);
        const Resource &resource = dataset.package->resources.constFirst();
        const seedbed::Table &rows = dataset.tables.constFirst();
        const qint64 size = written(rows, resource, format).size();
        for (qint64 room = 0; room <= size; ++room) {
            FullDevice file(room);
            const auto outcome = writeTable(file, rows, resource, format);
            QCOMPARE(outcome.has_value(), room == size);
            if (!outcome)
                QCOMPARE(outcome.error().message, QStringLiteral("no room"));
        }
    }

    void namesFilesByTheFormat_data()
    {
        QTest::addColumn<ExportFormat>("format");
        QTest::addColumn<QString>("suffix");
        QTest::newRow("CSV") << ExportFormat::Csv << QStringLiteral("csv");
        QTest::newRow("TSV") << ExportFormat::Tsv << QStringLiteral("tsv");
        QTest::newRow("JSON") << ExportFormat::Json << QStringLiteral("json");
        QTest::newRow("for spreadsheets") << ExportFormat::Spreadsheet << QStringLiteral("csv");
    }

    void namesFilesByTheFormat()
    {
        QFETCH(ExportFormat, format);
        QFETCH(QString, suffix);
        const QTemporaryDir folder;
        Dataset dataset = sampleDataset();
        Package package = *dataset.package;
        package.resources[0].name = QStringLiteral("people/users"); // as the standard allows
        dataset.package = std::make_shared<const Package>(package);
        const auto outcomes = exportTables(folder.path(), dataset, format);
        QVERIFY(!outcomes.error);
        QCOMPARE(outcomes.written.at(0).path, folder.filePath(QStringLiteral("users.db.") + suffix));
        QCOMPARE(outcomes.written.at(1).path, folder.filePath(QStringLiteral("products.") + suffix));
        const auto again = exportTables(outcomes.written.at(0).path, dataset, format);
        QVERIFY(again.error);
        QVERIFY(again.error->message.contains(QStringLiteral("the folder cannot be made")));
    }

    void writesAllTablesButOverNone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("new"));
        const Dataset dataset = sampleDataset();
        const auto outcomes = exportTables(path, dataset, ExportFormat::Json);
        QVERIFY(!outcomes.error);
        QCOMPARE(outcomes.written.size(), 3);
        QCOMPARE(outcomes.written.at(2).path, path + QStringLiteral("/orders.json"));
        QVERIFY(QFile::exists(outcomes.written.at(2).path));
        QVERIFY(QFile::remove(outcomes.written.at(0).path));
        const auto again = exportTables(path, dataset, ExportFormat::Json);
        QVERIFY(again.error);
        QVERIFY(again.error->message.contains(QStringLiteral("products.json is there already")));
        QVERIFY(again.written.isEmpty());
        QVERIFY(!QFile::exists(outcomes.written.at(0).path));
    }

    void tellsOfTheFilesBeforeTheOneThatFailed()
    {
        const QTemporaryDir folder;
        Dataset dataset = sampleDataset();
        Package package = *dataset.package;
        package.resources[2].name = QString(300, u'o'); // more than a file's name can be
        dataset.package = std::make_shared<const Package>(package);
        const auto outcomes = exportTables(folder.path(), dataset, ExportFormat::Csv);
        QVERIFY(outcomes.error);
        QCOMPARE(outcomes.error->kind, Error::Kind::Unwritable);
        QCOMPARE(outcomes.written.size(), 2);
        QCOMPARE(outcomes.written.at(1).path, folder.filePath(QStringLiteral("products.csv")));
        QVERIFY(QFile::exists(outcomes.written.at(1).path));
    }

    void rejectsCanBeImported()
    {
        const QTemporaryDir folder;
        const Dataset dataset = sampleDataset();
        const Validation validation = validate(dataset, nothingExists(dataset), 1);
        RunReport report;
        for (int table = 0; table < validation.tables.size(); ++table) {
            report.tables.append(TableReport());
            report.tables[table].rejected = skippedRows(validation, table);
        }
        const RejectFiles files = writeRejects(report, dataset, folder.path());
        QVERIFY(!files.error);
        for (const QString &path : files.written) {
            const int table = tableForFile(*dataset.package, path, {});
            QVERIFY(table >= 0);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const Result<seedbed::Table> rows = imported(file.readAll(), dataset.package->resources.at(table).schema);
            QVERIFY(rows);
            QCOMPARE(rows->raggedCount(), 0);
            QCOMPARE(rows->rowCount(), report.tables.at(table).rejected.size());
            for (qsizetype row = 0; row < rows->rowCount(); ++row) {
                const qsizetype original = report.tables.at(table).rejected.at(row).row - 1;
                QCOMPARE(rows->row(row).cells, dataset.tables.at(table).row(original).cells);
            }
        }
    }
};

SEEDBED_TEST(TestTableExport, NoApplication)
#include "tst_tableexport.moc"
