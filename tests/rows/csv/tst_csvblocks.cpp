// SPDX-License-Identifier: MIT
#include "rows/csv/tablereader.h"

#include "quiettest.h"
#include "rows/csv/csv.h"
#include "rows/rowidlist.h"

#include <QBuffer>
#include <QRandomGenerator>
#include <QTest>

using namespace seedbed;

/// A file that is read in blocks of any size gives the same as one that is read whole.
class TestCsvBlocks final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void randomFiles_data();
    void randomFiles();
    void limits_data();
    void limits();
    void errorsInEncodingComeFirst();
    void aLongRecordGrowsTheBlock();
    void rowsSoFarAreThoseOfTheEnd();
    void manyRowsInChunks();
    void longTextsCloseAChunk();
    void aDeviceThatFails();
    void endsThatAreCut_data();
    void endsThatAreCut();
};

namespace {

Resource users(const Dialect &dialect = {})
{
    Resource resource;
    resource.name = QStringLiteral("users");
    resource.dialect = dialect;
    for (const QString &name : { QStringLiteral("id"), QStringLiteral("name") }) {
        Field field;
        field.name = name;
        resource.schema.fields.append(field);
    }
    return resource;
}

Result<Table> readAll(QIODevice &device, const Resource &resource, qsizetype blockBytes, const ReadLimits &limits = {})
{
    TableReader reader(device, resource, QStringLiteral("users.csv"), limits, blockBytes);
    Result<bool> block = true;
    while (block && *block)
        block = reader.readBlock();
    if (!block)
        return tl::unexpected<Error>(block.error());
    return reader.take();
}

Result<Table> readAll(QByteArray text, const Resource &resource, qsizetype blockBytes, const ReadLimits &limits = {})
{
    QBuffer device(&text);
    device.open(QIODevice::ReadOnly);
    return readAll(device, resource, blockBytes, limits);
}

/// All there is to say of what was read.
QByteArray outcome(const Result<Table> &table)
{
    if (!table)
        return table.error().message.toUtf8();
    QByteArray text;
    for (qsizetype i = 0; i < table->rowCount(); ++i) {
        const TableRow row = table->row(i);
        text += QByteArray::number(static_cast<quint64>(row.id)) + '<' + row.cells.join("><") + '>';
        if (row.ragged) {
            text += " line " + QByteArray::number(row.ragged->line) + " has "
                + QByteArray::number(row.ragged->cellCount) + " +" + row.ragged->extra.join('+');
        }
        text += '\n';
    }
    return text;
}

QByteArray randomText(QRandomGenerator &random, const QByteArrayList &pieces)
{
    QByteArray text;
    for (int i = random.bounded(2) == 0 ? random.bounded(15) : random.bounded(200); i > 0; --i)
        text += pieces.at(random.bounded(static_cast<int>(pieces.size())));
    return text;
}

QByteArray toUtf16(const QByteArray &utf8)
{
    QByteArray text("\xFF\xFE");
    for (const QChar c : QString::fromUtf8(utf8)) {
        text += static_cast<char>(c.unicode() & 0xFF);
        text += static_cast<char>(c.unicode() >> 8);
    }
    return text;
}

/// Fails after some bytes, as a disk that is pulled out does.
class FailingDevice final : public QIODevice
{
public:
    explicit FailingDevice(const QByteArray &text)
        : m_text(text)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        if (m_text.isEmpty()) {
            setErrorString(QStringLiteral("it is gone"));
            return -1;
        }
        const qsizetype count = std::min<qsizetype>(size, m_text.size());
        std::copy_n(m_text.cbegin(), count, data);
        m_text.remove(0, count);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_text;
};

const QList<qsizetype> blockSizes { 1, 2, 3, 7, 64, 4096 };

} // namespace

void TestCsvBlocks::randomFiles_data()
{
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::addColumn<QByteArray>("mark");
    QTest::addColumn<bool>("isUtf16");
    const QByteArrayList sound { "1",
                                 "22",
                                 ",",
                                 ",",
                                 ",",
                                 "\n",
                                 "\r\n",
                                 "\r",
                                 "\"a,b\"",
                                 "\"x\"\"y\"",
                                 "\"l\r\n\nm\r\"",
                                 "\xC3\xA9",
                                 "\xF0\x9F\x98\x80",
                                 " ",
                                 QByteArray(70, 'x') };
    const QByteArrayList unsound = sound + QByteArrayList { "\"", "\"\"" };
    const QByteArrayList broken = sound + QByteArrayList { "\xFF", "\xE2\x82", QByteArray(1, '\0'), "\"" };
    QTest::newRow("sound") << sound << QByteArray() << false;
    QTest::newRow("sound, with a mark") << sound << QByteArray("\xEF\xBB\xBF") << false;
    QTest::newRow("quotes anywhere") << unsound << QByteArray() << false;
    QTest::newRow("broken") << broken << QByteArray() << false;
    QTest::newRow("broken, with a mark") << broken << QByteArray("\xEF\xBB\xBF") << false;
    QTest::newRow("UTF-16") << unsound << QByteArray() << true;
}

void TestCsvBlocks::randomFiles()
{
    QFETCH(QByteArrayList, pieces);
    QFETCH(QByteArray, mark);
    QFETCH(bool, isUtf16);
    QRandomGenerator random(2026);
    int tables = 0;
    for (int round = 0; round < 1500; ++round) {
        const bool hasHeader = random.bounded(2) == 0;
        const Resource resource = users({ ',', '"', hasHeader });
        QByteArray text = (hasHeader && random.bounded(8) > 0 ? "id,name\r\n" : "") + randomText(random, pieces);
        text = isUtf16 ? toUtf16(text) : mark + text;
        if (isUtf16 && random.bounded(4) == 0)
            text.insert(random.bounded(static_cast<int>(text.size())) & ~1, QByteArray("\0\xDC\x31\xD8", 4));
        const Result<Table> whole = readAll(text, resource, text.size() + 1);
        tables += whole.has_value() ? 1 : 0;
        for (const qsizetype blockBytes : blockSizes)
            QCOMPARE(outcome(readAll(text, resource, blockBytes)), outcome(whole));
        const ReadLimits tight { 1 + random.bounded(8), 1 + random.bounded(20), 1 + random.bounded(3) };
        const Result<Table> bounded = readAll(text, resource, text.size() + 1, tight);
        for (const qsizetype blockBytes : blockSizes)
            QCOMPARE(outcome(readAll(text, resource, blockBytes, tight)), outcome(bounded));
    }
    QVERIFY(tables > 50); // not errors alone
}

void TestCsvBlocks::limits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message"); // empty: it is read
    const auto cell = [](int line, int column) {
        return QStringLiteral("users.csv line %1: the cell in column %2 is longer than 8 bytes; ")
            .arg(line)
            .arg(column);
    };
    const QString line = QStringLiteral("users.csv line 2: the line is longer than 30 bytes; ");
    QTest::newRow("cell, as much as may be") << QByteArray("id,name\n12345678,x\n") << QString();
    QTest::newRow("cell") << QByteArray("id,name\n1,x\n123456789,x\n") << cell(3, 1);
    QTest::newRow("last cell") << QByteArray("id,name\n1,123456789\n") << cell(2, 2);
    QTest::newRow("cell without an end") << QByteArray("id,name\n1,123456789") << cell(2, 2);
    QTest::newRow("header") << QByteArray("id,name of it\n1,x") << cell(1, 2);
    QTest::newRow("quotes do not count") << QByteArray("id,name\n1,\"\"\"345678\"\n") << QString();
    QTest::newRow("quoted cell") << QByteArray("id,name\n1,\"\"\"3456789a\",\n") << cell(2, 2);
    QTest::newRow("quote that is missing") << QByteArray("id,name\n1,\"a\n2,b\n3,c\n4,d\n") << cell(2, 2);
    QTest::newRow("quote that is not closed")
        << QByteArray("id,name\n1,\"a\n2,b\n") << QStringLiteral("users.csv line 2: the quote that opens here");
    QTest::newRow("text after a long cell") << QByteArray("id,name\n1,\"123456789\"x\n") << cell(2, 2);
    QTest::newRow("line, as much as may be") << QByteArray("id,name\n12345678,12345678,12345678,12\n") << QString();
    QTest::newRow("line") << QByteArray("id,name\n12345678,12345678,12345678,123\n") << line;
    QTest::newRow("line without an end") << QByteArray("id,name\n12345678,12345678,12345678,1234") << line;
    QTest::newRow("line, then a cell") << QByteArray("id,name\n12345678,12345678,12345678,123456789\n") << line;
    QTest::newRow("cell, then a line") << QByteArray("id,name\n12345678,123456789,12345678,12345678\n") << cell(2, 2);
    QTest::newRow("line, then columns") << QByteArray("id,name\n12345678,12345678,1234567,12345,,\n") << line;
    QTest::newRow("columns, as many as may be") << QByteArray("id,name\n1,,,,\n") << QString();
    QTest::newRow("columns") << QByteArray("id,name\n1,,,,,\n")
                             << QStringLiteral("users.csv line 2: there are more than 5 cells; ");
    QTest::newRow("many blank lines") << "id,name\n" + QByteArray(1000, '\n') + "1,x\n" << QString();
}

void TestCsvBlocks::limits()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    constexpr ReadLimits limits { 8, 30, 5 };
    for (const qsizetype blockBytes : { 1, 2, 3, 5, 7, 16, 31, 32, 1000 }) {
        const Result<Table> table = readAll(text, users(), blockBytes, limits);
        const QString said = table ? QString() : table.error().message;
        QVERIFY2(message.isEmpty() ? said.isEmpty() : said.startsWith(message), qPrintable(said));
        if (!message.isEmpty() && !said.contains(u"the quote"))
            QVERIFY2(said.contains(u"allow more (--max-"), qPrintable(said));
    }
}

void TestCsvBlocks::errorsInEncodingComeFirst()
{
    const QByteArray text = "id,what\n1,2\n" + QByteArray("3\r\n").repeated(100) + "4,\xFF\n";
    for (const qsizetype blockBytes : blockSizes) {
        const Result<Table> table = readAll(text, users(), blockBytes);
        QVERIFY(!table);
        QVERIFY2(table.error().message.startsWith(u"users.csv line 103, byte 3: not valid UTF-8"),
                 qPrintable(table.error().message));
    }
}

void TestCsvBlocks::aLongRecordGrowsTheBlock()
{
    const QByteArray cell = QByteArray("line \"\"of many\r\n").repeated(20'000);
    const QByteArray text = "id,name\n1,\"" + cell + "\"\n2\n";
    const Table table = readAll(text, users(), 16).value();
    QCOMPARE(table.rowCount(), 2);
    QCOMPARE(table.cell(0, 1).toByteArray(), QByteArray(cell).replace("\"\"", "\""));
    QCOMPARE(table.ragged(table.rowId(1)).value().line, 20'003);
    const Result<Table> open = readAll(text.chopped(4), users(), 16);
    QVERIFY(!open);
    QVERIFY(open.error().message.startsWith(u"users.csv line 2: the quote that opens here"));
}

void TestCsvBlocks::rowsSoFarAreThoseOfTheEnd()
{
    QByteArray text = "id,name\n";
    for (int i = 0; i < 10'000; ++i)
        text += QByteArray::number(i) + (i % 1000 == 0 ? "\n" : ",n\n");
    QBuffer device(&text);
    device.open(QIODevice::ReadOnly);
    const Resource resource = users(); // outlives the reader
    TableReader reader(device, resource, QStringLiteral("users.csv"), ReadLimits(), 4096);
    QList<Table> seen;
    while (reader.readBlock().value()) {
        if (seen.isEmpty() || seen.constLast().rowCount() < reader.tableSoFar().rowCount())
            seen.append(reader.tableSoFar());
        QVERIFY(reader.rowCount() >= reader.tableSoFar().rowCount());
    }
    QCOMPARE(reader.bytesRead(), text.size());
    const Table table = reader.take();
    QCOMPARE(table.rowCount(), 10'000);
    QCOMPARE(seen.size(), 3); // none, and two chunks
    for (const Table &part : std::as_const(seen)) {
        for (qsizetype chunk = 0; chunk < part.chunkCount(); ++chunk)
            QVERIFY(part.sharesChunk(chunk, table));
        QCOMPARE(part.raggedCount(), table.sliced(0, part.rowCount()).raggedCount());
    }
    QCOMPARE(table.raggedCount(), 10);
}

void TestCsvBlocks::manyRowsInChunks()
{
    for (const qsizetype chunkRows : { 1, 2, 3, 100 }) {
        TableBuilder builder(2, chunkRows);
        for (int i = 0; i < 7; ++i) {
            builder.addCell(1, QByteArray(i, 'x'));
            builder.addCell(0, QByteArray::number(i));
            if (i % 3 == 1)
                builder.endRow(RaggedRow { i, 1, {} });
            else
                builder.endRow();
            QCOMPARE(builder.rowCount(), i + 1);
        }
        const Table table = builder.take();
        QCOMPARE(table.chunkCount(), (7 + chunkRows - 1) / chunkRows);
        for (int i = 0; i < 7; ++i) {
            QCOMPARE(table.row(i).cells, (QList<QByteArray> { QByteArray::number(i), QByteArray(i, 'x') }));
            QCOMPARE(table.rowId(i), RowId { static_cast<quint64>(i) + 1 });
            QCOMPARE(table.isRagged(i), i % 3 == 1);
        }
        QCOMPARE(builder.rowCount(), 0);
        QVERIFY(builder.take().isEmpty());
    }
}

void TestCsvBlocks::longTextsCloseAChunk()
{
    const QByteArray third(Table::MaxChunkBytes / 3, 'x');
    TableBuilder builder(1);
    for (int i = 0; i < 9; ++i) {
        builder.addCell(0, third + QByteArray::number(i));
        builder.endRow();
    }
    const Table table = builder.take();
    QCOMPARE(table.chunkCount(), 3);
    for (int i = 0; i < 9; ++i)
        QVERIFY(table.cell(i, 0) == third + QByteArray::number(i));
}

void TestCsvBlocks::aDeviceThatFails()
{
    FailingDevice device("id,name\n1,a\n2,");
    const Result<Table> table = readAll(device, users(), 4);
    QVERIFY(!table);
    QCOMPARE(table.error().kind, Error::Kind::Unreadable);
    QVERIFY2(table.error().message.startsWith(u"users.csv cannot be read to its end: it is gone"),
             qPrintable(table.error().message));
}

void TestCsvBlocks::endsThatAreCut_data()
{
    QTest::addColumn<QByteArray>("end");
    for (const char *end : { "", "\r", "\n", ",", "\"", "\"\"", "\"\"\r", "\xE2\x82", "a\xF0\x9F\x98\x80", "\r\n\r" })
        QTest::addRow("%s", QByteArray(end).toPercentEncoding().constData()) << QByteArray(end);
}

/// Every length of a file's beginning, with such an end, in every block size.
void TestCsvBlocks::endsThatAreCut()
{
    QFETCH(QByteArray, end);
    const QByteArray text = "id,name\r\n1,\"a\"\"b\"\r\r\n\"2\",\xE2\x82\xAC\n3\n";
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const QByteArray cut = text.first(length) + end;
        const QByteArray whole = outcome(tableFromCsv(cut, users(), QStringLiteral("users.csv")));
        for (qsizetype blockBytes = 1; blockBytes <= cut.size(); ++blockBytes)
            QCOMPARE(outcome(readAll(cut, users(), blockBytes)), whole);
    }
}

SEEDBED_TEST(TestCsvBlocks, NoApplication)
#include "tst_csvblocks.moc"
