// SPDX-License-Identifier: MIT
#include "gui/grid/rowtext.h"

#include "rows/csv/csv.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(RowText)
};

/// Puts the records of a text into a table.
class Records final
{
public:
    explicit Records(const TableSchema &schema)
        : m_schema(schema)
        , m_table(static_cast<int>(schema.fields.size()))
        , m_row(static_cast<size_t>(schema.fields.size()))
    {
    }

    void read(const std::vector<QByteArrayView> &cells, qsizetype line)
    {
        const bool isBlank = cells.size() == 1 && cells.front().isEmpty();
        if (isBlank && m_fields.size() != 1)
            return;
        if (m_fields.isEmpty()) {
            m_fields = fieldsNamedBy(cells);
            if (!m_fields.isEmpty())
                return;
            for (int field = 0; field < m_schema.fields.size(); ++field)
                m_fields.append(field);
        }
        add(cells, line);
    }

    [[nodiscard]] Table take() { return std::move(m_table); }

private:
    /// The field of each cell, or nothing if the cells are no header.
    [[nodiscard]] QList<int> fieldsNamedBy(const std::vector<QByteArrayView> &cells) const
    {
        QList<int> fields;
        for (const QByteArrayView cell : cells) {
            const QString name = QString::fromUtf8(cell).trimmed();
            const auto field = std::ranges::find_if(m_schema.fields, [&](const Field &candidate) {
                return candidate.name.compare(name, Qt::CaseInsensitive) == 0;
            });
            const int position = static_cast<int>(field - m_schema.fields.cbegin());
            if (field == m_schema.fields.cend() || fields.contains(position))
                return {};
            fields.append(position);
        }
        return fields;
    }

    void add(const std::vector<QByteArrayView> &cells, qsizetype line)
    {
        std::ranges::fill(m_row, QByteArrayView(""));
        const auto columns = static_cast<size_t>(m_fields.size());
        for (size_t i = 0; i < std::min(cells.size(), columns); ++i)
            m_row[static_cast<size_t>(m_fields.at(static_cast<qsizetype>(i)))] = cells[i];
        const RowId id = m_table.append(m_row);
        if (cells.size() == columns)
            return;
        RaggedRow ragged { line, static_cast<qsizetype>(cells.size()), {} };
        for (size_t i = columns; i < cells.size(); ++i)
            ragged.extra.append(cells[i].toByteArray());
        m_table.setRagged(id, ragged);
    }

    const TableSchema &m_schema;
    QList<int> m_fields; // empty: no line was read yet
    Table m_table;
    std::vector<QByteArrayView> m_row;
};

using RecordReader = std::function<void(const std::vector<QByteArrayView> &cells, qsizetype line)>;

/// Lines and tabs and nothing else: texts in which a quote is a quote.
void readPlainText(QByteArrayView text, const RecordReader &read)
{
    std::vector<QByteArrayView> cells;
    qsizetype line = 0;
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = text.indexOf('\n', begin);
        end = end < 0 ? text.size() : end;
        QByteArrayView rest = text.sliced(begin, end - begin);
        rest.chop(rest.endsWith('\r') ? 1 : 0);
        begin = end + 1;
        ++line;
        cells.clear();
        for (qsizetype tab = rest.indexOf('\t'); tab >= 0; tab = rest.indexOf('\t')) {
            cells.push_back(rest.first(tab));
            rest = rest.sliced(tab + 1);
        }
        cells.push_back(rest);
        read(cells, line);
    }
}

bool needsQuotes(QByteArrayView cell)
{
    // A byte order mark would be lost at the start of a text.
    return cell.startsWith('"') || cell.startsWith("\xEF\xBB\xBF")
        || std::ranges::any_of(cell, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
}

} // namespace

Result<Table> rowsFromText(QByteArrayView text, const Resource &resource)
{
    const bool hasTabs = text.contains('\t');
    Dialect dialect;
    dialect.delimiter = hasTabs ? '\t' : ',';
    Records records(resource.schema);
    const auto readRecord = [&records](const CsvRecord &record) {
        records.read(record.cells, record.line);
        return Result<void>();
    };
    const Result<void> read = readCsv(text, dialect, Text::tr("Clipboard"), readRecord, BlankLines::Kept);
    if (read)
        return records.take();
    if (!hasTabs || text.contains('\0'))
        return tl::unexpected<Error>(read.error());
    Records plain(resource.schema);
    readPlainText(text,
                  [&plain](const std::vector<QByteArrayView> &cells, qsizetype line) { plain.read(cells, line); });
    return plain.take();
}

Table cellsFromText(QByteArrayView text)
{
    Dialect dialect;
    dialect.delimiter = '\t';
    QList<QList<QByteArray>> lines;
    const auto add = [&lines](const std::vector<QByteArrayView> &cells, qsizetype) {
        QList<QByteArray> line;
        for (const QByteArrayView cell : cells)
            line.append(cell.toByteArray());
        lines.append(line);
    };
    const auto addRecord = [&add](const CsvRecord &record) {
        add(record.cells, record.line);
        return Result<void>();
    };
    const Result<void> read = readCsv(text, dialect, Text::tr("Clipboard"), addRecord, BlankLines::Kept);
    if (!read) {
        lines.clear();
        readPlainText(text, add);
    }
    qsizetype columns = 0;
    for (const QList<QByteArray> &line : std::as_const(lines))
        columns = std::max(columns, line.size());
    Table cells(static_cast<int>(columns));
    for (QList<QByteArray> &line : lines) {
        line.resize(columns);
        cells.append(line);
    }
    return cells;
}

QByteArray textOfRows(const Table &table, const RowPositions &rows, const QList<int> &columns,
                      const std::stop_token &stop)
{
    constexpr qsizetype RowsBetweenStops = 8192;
    QByteArray text;
    qsizetype done = 0;
    for (const qint32 row : rows) {
        if (++done % RowsBetweenStops == 0 && stop.stop_requested())
            return {};
        for (const int column : columns) {
            const QByteArrayView cell = table.cell(row, column);
            if (needsQuotes(cell))
                text += '"' + cell.toByteArray().replace('"', "\"\"") + '"';
            else
                text += cell;
            text += column == columns.constLast() ? '\n' : '\t';
        }
    }
    return text;
}

} // namespace seedbed
