// SPDX-License-Identifier: MIT

// CSV in any dialect: what can be read is the same in blocks of any size, and is still the same when it was written
// and read again; and what is guessed of a file shows what is read of it. An input is four bytes of choices (what is
// promised, fields and header; size of a block; delimiter; quote) and a text.

#include "fuzzinput.h"
#include "require.h"
#include "rows/csv/csv.h"
#include "rows/csv/csvreader.h"
#include "rows/csv/csvsniffer.h"
#include "rows/csv/decodingdevice.h"
#include "rows/csv/tablereader.h"

#include <QBuffer>

using namespace seedbed;

namespace {

/// Of the first choice.
enum Choice : unsigned {
    FieldCount = 3,
    WithoutHeader = 4,
    HeaderInOrder = 8, ///< it is put before the text
    KeptBlankLines = 16,
    Promised = 32 + 64,
};

/// What is looked at: one at a time, as each takes its time.
enum class Promise : unsigned { SameInBlocks = 0, RowsRoundTrip = 32, RecordsRoundTrip = 64, Guess = 96 };

using Records = QList<QList<QByteArray>>;

struct Input {
    unsigned choices = 0;
    Resource resource;
    qsizetype blockBytes = 1;
    QByteArray text;

    [[nodiscard]] bool has(Choice choice) const { return (choices & choice) != 0; }
    [[nodiscard]] Promise promise() const { return static_cast<Promise>(choices & Promised); }
    [[nodiscard]] bool isInOrder() const { return has(HeaderInOrder) || has(WithoutHeader); }
};

/// Of a block that takes all of \a text.
qsizetype wholeBytes(const QByteArray &text)
{
    return 2 * text.size() + 64;
}

/// A character as a descriptor may name it, or \a other.
char dialectChar(unsigned byte, char other)
{
    const bool isAllowed = byte > 0 && byte < 0x80 && byte != '\r' && byte != '\n';
    return isAllowed ? static_cast<char>(byte) : other;
}

Resource resourceWith(qsizetype fieldCount)
{
    static const Resource four = [] {
        Resource resource;
        resource.name = QStringLiteral("users");
        for (const QString &name :
             { QStringLiteral("id"), QStringLiteral("name"), QStringLiteral(" \"a\",\n'b'"), QStringLiteral("ü") }) {
            Field field;
            field.name = name;
            resource.schema.fields.append(field);
        }
        return resource;
    }();
    Resource resource = four;
    resource.schema.fields.resize(fieldCount);
    return resource;
}

Input inputOf(const uint8_t *data, size_t size)
{
    FuzzInput raw(data, size);
    Input input;
    input.choices = raw.choice();
    input.blockBytes = 1 + static_cast<qsizetype>(raw.choice() % 64);
    input.resource = resourceWith(1 + static_cast<qsizetype>(input.choices & FieldCount));
    Dialect &dialect = input.resource.dialect;
    dialect.delimiter = dialectChar(raw.choice(), ',');
    dialect.quoteChar = dialectChar(raw.choice(), '"');
    if (dialect.delimiter == dialect.quoteChar)
        dialect.quoteChar = dialect.delimiter == '"' ? '\'' : '"';
    dialect.header = !input.has(WithoutHeader);
    if (dialect.header && input.has(HeaderInOrder))
        input.text = tableToCsv(Table(static_cast<int>(input.resource.schema.fields.size())), input.resource);
    input.text += raw.rest();
    return input;
}

Result<Table> tableOf(const QByteArray &text, const Resource &resource, qsizetype blockBytes)
{
    QBuffer device;
    device.setData(text);
    device.open(QIODevice::ReadOnly);
    TableReader reader(device, resource, QStringLiteral("users.csv"), ReadLimits(), blockBytes);
    for (;;) {
        const Result<bool> block = reader.readBlock();
        if (!block)
            return tl::unexpected<Error>(block.error());
        if (!*block)
            return reader.take();
    }
}

QList<TableRow> rowsOf(const Table &table)
{
    QList<TableRow> rows;
    for (qsizetype i = 0; i < table.rowCount(); ++i)
        rows.append(table.row(i));
    return rows;
}

Result<Records> recordsOf(QIODevice &device, const Dialect &dialect, qsizetype blockBytes,
                          BlankLines blankLines = BlankLines::Skipped)
{
    CsvReader reader(device, dialect, QStringLiteral("users.csv"), ReadLimits(), blockBytes, blankLines);
    Records records;
    Result<bool> block = true;
    while ((block = reader.readBlock()) && *block) {
        while (reader.next()) {
            records.emplace_back();
            for (const QByteArrayView cell : reader.cells())
                records.last().append(cell.toByteArray());
        }
    }
    if (!block)
        return tl::unexpected<Error>(block.error());
    return records;
}

Result<Records> recordsOf(const QByteArray &text, const Input &input)
{
    QBuffer device;
    device.setData(text);
    device.open(QIODevice::ReadOnly);
    return recordsOf(device, input.resource.dialect, wholeBytes(text),
                     input.has(KeptBlankLines) ? BlankLines::Kept : BlankLines::Skipped);
}

void requireSameInBlocks(const Input &input)
{
    const Result<Table> whole = tableOf(input.text, input.resource, wholeBytes(input.text));
    const Result<Table> inBlocks = tableOf(input.text, input.resource, input.blockBytes);
    require(whole.has_value() == inBlocks.has_value(), "blocks of any size can be read, or none");
    if (whole)
        require(rowsOf(*whole) == rowsOf(*inBlocks), "blocks of any size give the same rows");
    else
        require(whole.error().message == inBlocks.error().message, "blocks of any size give the same error");
}

/// \a isInOrder: the columns of its file were the fields.
void requireRoundTrip(const Table &table, const Resource &resource, bool isInOrder)
{
    const QByteArray written = tableToCsv(table, resource);
    const Result<Table> again = tableOf(written, resource, wholeBytes(written));
    require(again.has_value(), "what was written can be read");
    require(again->rowCount() == table.rowCount(), "as many rows are read as were written");
    for (qsizetype i = 0; i < table.rowCount(); ++i) {
        const RaggedRow before = table.row(i).ragged.value_or(RaggedRow());
        const RaggedRow after = again->row(i).ragged.value_or(RaggedRow());
        require(again->row(i).cells == table.row(i).cells, "the cells are those that were written");
        require(after.extra == before.extra, "so are the cells beyond the last column");
        if (isInOrder)
            require(after.cellCount == before.cellCount, "a row is ragged as it was");
    }
    require(tableToCsv(*again, resource) == written, "what is written again is the same text");
}

void requireRecordsRoundTrip(const Input &input)
{
    const Result<Records> records = recordsOf(input.text, input);
    if (!records)
        return;
    QByteArray written;
    for (const QList<QByteArray> &cells : *records)
        written += csvRecord(cells, input.resource.dialect);
    const Result<Records> again = recordsOf(written, input);
    require(again.has_value() && *again == *records, "records are those that were written");
}

QList<QStringList> textsOf(const Records &records)
{
    QList<QStringList> texts;
    for (const QList<QByteArray> &cells : records) {
        texts.emplace_back();
        for (const QByteArray &cell : cells)
            texts.last().append(QString::fromUtf8(cell));
    }
    return texts;
}

/// As a file that nobody described.
void requireGuess(const Input &input)
{
    QBuffer device;
    device.setData(input.text);
    device.open(QIODevice::ReadOnly);
    const CsvHead head = CsvHead::of(device);
    const CsvForm form = guessForm(head, { QStringLiteral("id"), QStringLiteral("name") });
    DecodingDevice decoded(device, form.encoding);
    const Result<Records> records = recordsOf(decoded, form.dialect, input.blockBytes);
    if (!records)
        return;
    const bool hasHeader = form.dialect.header && !records->isEmpty();
    const CsvPreview preview = previewOf(head, form, records->size() - (hasHeader ? 1 : 0));
    QList<QStringList> texts = preview.rows;
    if (hasHeader)
        texts.prepend(preview.columns);
    require(texts == textsOf(*records), "a preview shows what is read");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    requireNoWarnings();
    const Input input = inputOf(data, size);
    switch (input.promise()) {
    case Promise::SameInBlocks:
        requireSameInBlocks(input);
        break;
    case Promise::RowsRoundTrip:
        if (const auto table = tableOf(input.text, input.resource, wholeBytes(input.text)))
            requireRoundTrip(*table, input.resource, input.isInOrder());
        break;
    case Promise::RecordsRoundTrip:
        requireRecordsRoundTrip(input);
        break;
    case Promise::Guess:
        requireGuess(input);
        break;
    }
    return 0;
}
