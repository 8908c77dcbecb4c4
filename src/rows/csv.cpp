// SPDX-License-Identifier: MIT
#include "rows/csv.h"

#include "rows/csvparser.h"
#include "rows/encoding.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

tl::unexpected<Error> refuseLine(const QString &file, qsizetype line, const QString &what)
{
    return failure(Error::Kind::Unreadable, Text::tr("%1 line %2: %3").arg(file).arg(line).arg(what));
}

QString fieldNames(const TableSchema &schema, char delimiter)
{
    QList<QByteArray> names;
    for (const Field &field : schema.fields)
        names.append(field.name.toUtf8());
    Dialect dialect;
    dialect.delimiter = delimiter;
    return QString::fromUtf8(csvRecord(names, dialect)).chopped(1);
}

/// Puts records into a table, column by column of the file to its field.
class TableReader final
{
public:
    TableReader(const Resource &resource, const QString &file)
        : m_resource(resource)
        , m_file(file)
        , m_table(static_cast<int>(resource.schema.fields.size()))
        , m_row(static_cast<std::size_t>(resource.schema.fields.size()))
    {
        if (resource.dialect.header)
            return;
        for (int i = 0; i < resource.schema.fields.size(); ++i)
            m_columns.append(i);
        m_hasColumns = true;
    }

    Result<void> read(const CsvRecord &record)
    {
        if (m_hasColumns) {
            addRow(record);
            return {};
        }
        m_hasColumns = true;
        return readHeader(record);
    }

    Result<Table> take()
    {
        if (m_hasColumns)
            return std::move(m_table);
        return failure(Error::Kind::Unreadable,
                       Text::tr("%1 is empty; its first line must name the columns: %2")
                           .arg(m_file, fieldNames(m_resource.schema, m_resource.dialect.delimiter)));
    }

private:
    Result<void> readHeader(const CsvRecord &record);
    void addRow(const CsvRecord &record);

    const Resource &m_resource;
    QString m_file;
    Table m_table;
    QList<int> m_columns; // the field of each column of the file; -1 for those that are left out
    bool m_hasColumns = false;
    std::vector<QByteArrayView> m_row;
};

Result<void> TableReader::readHeader(const CsvRecord &record)
{
    const TableSchema &schema = m_resource.schema;
    for (const QByteArrayView cell : record.cells) {
        const QString name = QString::fromUtf8(cell);
        const int field = schema.indexOf(name);
        const bool isOfRejects = name == u"_row" || name == u"_reasons";
        if (field < 0 && !isOfRejects) {
            return refuseLine(
                m_file, record.line,
                Text::tr("the column \"%1\" is no field of %2; the columns must be: %3")
                    .arg(name, m_resource.name, fieldNames(schema, m_resource.dialect.delimiter)));
        }
        if (field >= 0 && m_columns.contains(field)) {
            return refuseLine(
                m_file, record.line,
                Text::tr("the column \"%1\" comes twice; rename or remove one of the two").arg(name));
        }
        m_columns.append(field);
    }
    for (int i = 0; i < schema.fields.size(); ++i) {
        if (!m_columns.contains(i)) {
            return refuseLine(
                m_file, record.line,
                Text::tr("there is no column for the field \"%1\"; the columns must be: %2")
                    .arg(schema.fields.at(i).name, fieldNames(schema, m_resource.dialect.delimiter)));
        }
    }
    return {};
}

void TableReader::addRow(const CsvRecord &record)
{
    const qsizetype count = static_cast<qsizetype>(record.cells.size());
    std::fill(m_row.begin(), m_row.end(), QByteArrayView(""));
    for (qsizetype i = 0; i < std::min(count, m_columns.size()); ++i) {
        if (const int field = m_columns.at(i); field >= 0)
            m_row[static_cast<std::size_t>(field)] = record.cells[static_cast<std::size_t>(i)];
    }
    const RowId id = m_table.append(m_row);
    if (count == m_columns.size())
        return;
    RaggedRow ragged{ record.line, count, {} };
    for (qsizetype i = m_columns.size(); i < count; ++i)
        ragged.extra.append(record.cells[static_cast<std::size_t>(i)].toByteArray());
    m_table.setRagged(id, ragged);
}

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
                     const std::function<Result<void>(const CsvRecord &)> &record)
{
    QByteArray storage;
    const Result<QByteArrayView> utf8 = toUtf8(text, file, storage);
    if (!utf8)
        return tl::unexpected<Error>(utf8.error());
    CsvParser parser(*utf8, dialect, file);
    for (;;) {
        const Result<bool> hasRecord = parser.next();
        if (!hasRecord)
            return tl::unexpected<Error>(hasRecord.error());
        if (!*hasRecord)
            return {};
        if (const Result<void> taken = record({ parser.cells(), parser.line() }); !taken)
            return taken;
    }
}

Result<Table> tableFromCsv(QByteArrayView text, const Resource &resource, const QString &file)
{
    TableReader reader(resource, file);
    const Result<void> read = readCsv(text, resource.dialect, file,
                                      [&reader](const CsvRecord &record) { return reader.read(record); });
    if (!read)
        return tl::unexpected<Error>(read.error());
    return reader.take();
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
    writeRecord(out, cells.size(), dialect,
                [&cells](qsizetype i) -> const QByteArray & { return cells.at(i); });
    return out;
}

} // namespace seedbed
