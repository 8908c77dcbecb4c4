// SPDX-License-Identifier: MIT
#include "rows/csv/csv.h"

#include "rows/csv/csvreader.h"
#include "rows/csv/tablereader.h"

#include <QBuffer>

#include <algorithm>

namespace seedbed {

namespace {

bool needsQuotes(QByteArrayView cell, const Dialect &dialect)
{
    if (cell.isEmpty())
        return false;
    const auto isSpecial = [&dialect](char c) {
        return c == dialect.delimiter || c == dialect.quoteChar || c == '\r' || c == '\n';
    };
    // A cell that begins with a byte order mark would lose it at the start of a file.
    return cell.front() == ' ' || cell.back() == ' ' || cell.startsWith("\xEF\xBB\xBF")
        || std::any_of(cell.begin(), cell.end(), isSpecial);
}

void writeCell(QByteArray &out, QByteArrayView cell, const Dialect &dialect)
{
    if (!needsQuotes(cell, dialect)) {
        out += cell;
        return;
    }
    out += dialect.quoteChar;
    for (const char c : cell) {
        if (c == dialect.quoteChar)
            out += c;
        out += c;
    }
    out += dialect.quoteChar;
}

/// A record of \a count cells; one that would be an empty line, which readers skip, gets quotes.
template <typename CellAt>
void writeRecord(QByteArray &out, qsizetype count, const Dialect &dialect, CellAt cellAt)
{
    const qsizetype start = out.size();
    for (qsizetype i = 0; i < count; ++i) {
        if (i > 0)
            out += dialect.delimiter;
        writeCell(out, cellAt(i), dialect);
    }
    if (out.size() == start)
        out += QByteArray(2, dialect.quoteChar);
    out += '\n';
}

/// The cells that a ragged row has in its file, as far as nothing is lost by leaving out the others.
QList<QByteArray> raggedCells(TableRow row)
{
    QList<QByteArray> cells = std::move(row.cells);
    while (cells.size() > std::max<qsizetype>(row.ragged->cellCount, 1) && cells.constLast().isEmpty())
        cells.removeLast();
    return cells + row.ragged->extra;
}

} // namespace

Result<void> readCsv(QByteArrayView text, const Dialect &dialect, const QString &file,
                     const std::function<Result<void>(const CsvRecord &)> &record, BlankLines blankLines)
{
    QBuffer device;
    device.setData(QByteArray::fromRawData(text.data(), text.size()));
    device.open(QIODevice::ReadOnly);
    CsvReader reader(device, dialect, file, ReadLimits::none(), CsvReader::DefaultBlockBytes, blankLines);
    for (;;) {
        const Result<bool> block = reader.readBlock();
        if (!block)
            return tl::unexpected<Error>(block.error());
        if (!*block)
            return {};
        while (reader.next()) {
            if (const Result<void> taken = record({ reader.cells(), reader.line() }); !taken)
                reader.refuse(taken.error());
        }
    }
}

Result<Table> tableFromCsv(QIODevice &device, const Resource &resource, const QString &file)
{
    TableReader reader(device, resource, file, ReadLimits::none());
    for (;;) {
        const Result<bool> block = reader.readBlock();
        if (!block)
            return tl::unexpected<Error>(block.error());
        if (!*block)
            return reader.take();
    }
}

Result<Table> tableFromCsv(QByteArrayView text, const Resource &resource, const QString &file)
{
    QBuffer device;
    device.setData(QByteArray::fromRawData(text.data(), text.size()));
    device.open(QIODevice::ReadOnly);
    return tableFromCsv(device, resource, file);
}

QByteArray tableToCsv(const Table &table, const Resource &resource)
{
    QByteArray out;
    const Dialect &dialect = resource.dialect;
    if (dialect.header) {
        writeRecord(out, resource.schema.fields.size(), dialect,
                    [&](qsizetype i) { return resource.schema.fields.at(i).name.toUtf8(); });
    }
    for (qsizetype row = 0; row < table.rowCount(); ++row) {
        if (table.isRagged(row)) {
            out += csvRecord(raggedCells(table.row(row)), dialect);
            continue;
        }
        writeRecord(out, table.columnCount(), dialect,
                    [&](qsizetype i) { return table.cell(row, static_cast<int>(i)); });
    }
    return out;
}

QByteArray csvRecord(const QList<QByteArray> &cells, const Dialect &dialect)
{
    QByteArray out;
    writeRecord(out, cells.size(), dialect, [&cells](qsizetype i) -> const QByteArray & { return cells.at(i); });
    return out;
}

} // namespace seedbed
