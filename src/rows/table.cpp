// SPDX-License-Identifier: MIT
#include "rows/table.h"

#include <QSharedData>

#include <algorithm>

namespace seedbed {

/// The cells of one column in a chunk: their texts one after the other.
struct Table::Column : QSharedData {
    QByteArray text;
    QList<qsizetype> ends; // of the cells, in text

    [[nodiscard]] qsizetype start(qsizetype row) const { return row == 0 ? 0 : ends.at(row - 1); }
    [[nodiscard]] QByteArrayView cell(qsizetype row) const
    {
        return QByteArrayView(text).sliced(start(row), ends.at(row) - start(row));
    }

    void append(QByteArrayView cell)
    {
        text.append(cell);
        ends.append(text.size());
    }

    void replace(qsizetype row, QByteArrayView cell)
    {
        const qsizetype from = start(row);
        const qsizetype length = ends.at(row) - from;
        text.replace(from, length, cell);
        for (auto end = ends.begin() + row; end != ends.end(); ++end)
            *end += cell.size() - length;
    }

    void remove(qsizetype first, qsizetype count)
    {
        const qsizetype from = start(first);
        const qsizetype length = start(first + count) - from;
        text.remove(from, length);
        ends.remove(first, count);
        for (auto end = ends.begin() + first; end != ends.end(); ++end)
            *end -= length;
    }

    void insert(qsizetype before, const QList<TableRow> &rows, int column)
    {
        const qsizetype from = start(before);
        QByteArray added;
        QList<qsizetype> addedEnds;
        addedEnds.reserve(rows.size());
        for (const TableRow &row : rows) {
            added += row.cells.value(column);
            addedEnds.append(from + added.size());
        }
        for (auto end = ends.begin() + before; end != ends.end(); ++end)
            *end += added.size();
        text.insert(from, added);
        ends = ends.first(before) + addedEnds + ends.sliced(before);
    }

    [[nodiscard]] Column slice(qsizetype first, qsizetype count) const
    {
        Column part;
        const qsizetype from = start(first);
        part.text = text.sliced(from, start(first + count) - from);
        part.ends = ends.sliced(first, count);
        for (qsizetype &end : part.ends)
            end -= from;
        return part;
    }
};

/// Some rows that follow each other. Its columns are shared one by one: an edit of a cell copies one column.
struct Table::Chunk : QSharedData {
    QList<RowId> ids;
    RowId lowest = RowId::None;
    RowId highest = RowId::None; // with lowest, what indexOf() looks at first
    QList<QSharedDataPointer<Column>> columns;

    explicit Chunk(int columnCount = 0)
    {
        columns.reserve(columnCount);
        for (int i = 0; i < columnCount; ++i)
            columns.append(QSharedDataPointer<Column>(new Column));
    }

    [[nodiscard]] qsizetype size() const { return ids.size(); }

    void addId(RowId id)
    {
        ids.append(id);
        include(id);
    }

    void include(RowId id)
    {
        lowest = lowest == RowId::None ? id : std::min(lowest, id);
        highest = std::max(highest, id);
    }

    [[nodiscard]] Chunk *slice(qsizetype first, qsizetype count) const
    {
        auto *part = new Chunk;
        for (const RowId id : ids.sliced(first, count))
            part->addId(id);
        for (const QSharedDataPointer<Column> &column : columns)
            part->columns.append(QSharedDataPointer<Column>(new Column(column->slice(first, count))));
        return part;
    }
};

Table::Table(int columnCount, qsizetype chunkRows)
    : m_columnCount(columnCount)
    , m_chunkRows(chunkRows)
{
    Q_ASSERT_X(columnCount >= 0 && chunkRows > 0, "Table", "columns from 0 and chunks from 1 row");
}

Table::Table(const Table &other) = default;
Table &Table::operator=(const Table &other) = default;
Table::~Table() = default;

Table::Table(Table &&other) noexcept
    : Table(other.m_columnCount, other.m_chunkRows)
{
    swap(other);
    other.m_nextId = m_nextId;
}

Table &Table::operator=(Table &&other) noexcept
{
    Table taken(std::move(other));
    swap(taken);
    return *this;
}

void Table::swap(Table &other) noexcept
{
    std::swap(m_columnCount, other.m_columnCount);
    std::swap(m_chunkRows, other.m_chunkRows);
    std::swap(m_nextId, other.m_nextId);
    m_chunks.swap(other.m_chunks);
    m_starts.swap(other.m_starts);
    m_ragged.swap(other.m_ragged);
}

QByteArrayView Table::cell(qsizetype row, int column) const
{
    Q_ASSERT_X(row >= 0 && row < rowCount() && column >= 0 && column < m_columnCount, "Table::cell", "no such cell");
    const qsizetype chunk = chunkOf(row);
    return m_chunks.at(chunk)->columns.at(column)->cell(row - m_starts.at(chunk));
}

RowId Table::rowId(qsizetype row) const
{
    const qsizetype chunk = chunkOf(row);
    return m_chunks.at(chunk)->ids.at(row - m_starts.at(chunk));
}

TableRow Table::row(qsizetype row) const
{
    TableRow result;
    result.id = rowId(row);
    result.cells.reserve(m_columnCount);
    for (int column = 0; column < m_columnCount; ++column)
        result.cells.append(cell(row, column).toByteArray());
    result.ragged = ragged(result.id);
    return result;
}

qsizetype Table::indexOf(RowId id) const
{
    for (qsizetype i = 0; i < m_chunks.size(); ++i) {
        const Chunk &chunk = *m_chunks.at(i);
        if (id < chunk.lowest || id > chunk.highest)
            continue;
        if (const qsizetype position = chunk.ids.indexOf(id); position >= 0)
            return m_starts.at(i) + position;
    }
    return -1;
}

std::optional<RaggedRow> Table::ragged(RowId id) const
{
    const auto found = m_ragged.constFind(id);
    return found == m_ragged.cend() ? std::nullopt : std::optional(*found);
}

void Table::setRagged(RowId id, const std::optional<RaggedRow> &ragged)
{
    if (ragged)
        m_ragged.insert(id, *ragged);
    else
        m_ragged.remove(id);
}

void Table::setCell(qsizetype row, int column, QByteArrayView text)
{
    Q_ASSERT_X(row >= 0 && row < rowCount() && column >= 0 && column < m_columnCount, "Table::setCell",
               "no such cell");
    const qsizetype chunk = chunkOf(row);
    // text may be a view into this very column
    const QByteArray own = text.toByteArray();
    m_chunks[chunk]->columns[column]->replace(row - m_starts.at(chunk), own);
}

RowId Table::append(const QList<QByteArray> &cells)
{
    Q_ASSERT_X(cells.size() == m_columnCount, "Table::append", "as many cells as columns");
    const RowId id = takeId();
    Chunk &chunk = chunkForAppending();
    chunk.addId(id);
    for (int column = 0; column < m_columnCount; ++column)
        chunk.columns[column]->append(cells.at(column));
    ++m_starts.back();
    return id;
}

RowId Table::append(const std::vector<QByteArrayView> &cells)
{
    Q_ASSERT_X(static_cast<qsizetype>(cells.size()) == m_columnCount, "Table::append", "as many cells as columns");
    const RowId id = takeId();
    Chunk &chunk = chunkForAppending();
    chunk.addId(id);
    for (int column = 0; column < m_columnCount; ++column)
        chunk.columns[column]->append(cells[static_cast<std::size_t>(column)]);
    ++m_starts.back();
    return id;
}

void Table::insert(qsizetype before, QList<TableRow> &rows)
{
    Q_ASSERT_X(before >= 0 && before <= rowCount(), "Table::insert", "no such place");
    if (rows.isEmpty())
        return;
    for (TableRow &row : rows) {
        if (row.id == RowId::None)
            row.id = takeId();
        m_nextId = std::max(m_nextId, static_cast<quint64>(row.id) + 1);
        if (row.ragged)
            m_ragged.insert(row.id, *row.ragged);
    }
    if (m_chunks.isEmpty()) {
        m_chunks.append(QSharedDataPointer<Chunk>(new Chunk(m_columnCount)));
        m_starts.append(0);
    }
    const qsizetype at = before == rowCount() ? m_chunks.size() - 1 : chunkOf(before);
    const qsizetype position = before - m_starts.at(at);
    Chunk &chunk = *m_chunks[at];
    QList<RowId> ids;
    ids.reserve(rows.size());
    for (const TableRow &row : std::as_const(rows)) {
        ids.append(row.id);
        chunk.include(row.id);
    }
    chunk.ids = chunk.ids.first(position) + ids + chunk.ids.sliced(position);
    for (int column = 0; column < m_columnCount; ++column)
        chunk.columns[column]->insert(position, rows, column);
    splitChunk(at);
    updateStarts(at);
}

void Table::remove(qsizetype first, qsizetype count)
{
    Q_ASSERT_X(first >= 0 && count >= 0 && first + count <= rowCount(), "Table::remove", "no such rows");
    if (count == 0)
        return;
    const qsizetype firstChunk = chunkOf(first);
    qsizetype at = firstChunk;
    qsizetype position = first - m_starts.at(at);
    while (count > 0) {
        const qsizetype size = m_chunks.at(at)->size();
        const qsizetype here = std::min(count, size - position);
        dropRagged(*m_chunks.at(at), position, position + here);
        count -= here;
        if (here == size) {
            m_chunks.removeAt(at);
            continue;
        }
        Chunk &chunk = *m_chunks[at];
        chunk.ids.remove(position, here);
        for (QSharedDataPointer<Column> &column : chunk.columns)
            column->remove(position, here);
        position = 0;
        ++at;
    }
    updateStarts(firstChunk);
}

bool Table::sharesChunk(qsizetype chunk, const Table &other) const
{
    return chunk < m_chunks.size() && chunk < other.m_chunks.size()
        && m_chunks.at(chunk).constData() == other.m_chunks.at(chunk).constData();
}

qsizetype Table::chunkOf(qsizetype row) const
{
    Q_ASSERT_X(row >= 0 && row < rowCount(), "Table", "no such row");
    return std::upper_bound(m_starts.cbegin(), m_starts.cend(), row) - m_starts.cbegin() - 1;
}

Table::Chunk &Table::chunkForAppending()
{
    if (m_chunks.isEmpty() || m_chunks.constLast()->size() >= m_chunkRows) {
        m_chunks.append(QSharedDataPointer<Chunk>(new Chunk(m_columnCount)));
        m_starts.append(m_starts.back());
    }
    return *m_chunks.last();
}

RowId Table::takeId()
{
    return static_cast<RowId>(m_nextId++);
}

/// Cuts a chunk that has grown too large into the fewest pieces, of about the same size.
void Table::splitChunk(qsizetype chunk)
{
    const QSharedDataPointer<Chunk> whole = m_chunks.at(chunk);
    const qsizetype size = whole.constData()->size();
    if (size <= m_chunkRows)
        return;
    const qsizetype pieces = (size + m_chunkRows - 1) / m_chunkRows;
    QList<QSharedDataPointer<Chunk>> parts;
    for (qsizetype i = 0; i < pieces; ++i) {
        const qsizetype first = size * i / pieces;
        const qsizetype last = size * (i + 1) / pieces;
        parts.append(QSharedDataPointer<Chunk>(whole.constData()->slice(first, last - first)));
    }
    m_chunks = m_chunks.first(chunk) + parts + m_chunks.sliced(chunk + 1);
}

void Table::updateStarts(qsizetype fromChunk)
{
    m_starts.resize(m_chunks.size() + 1);
    for (qsizetype i = fromChunk; i < m_chunks.size(); ++i)
        m_starts[i + 1] = m_starts.at(i) + m_chunks.at(i)->size();
}

void Table::dropRagged(const Chunk &chunk, qsizetype first, qsizetype last)
{
    if (m_ragged.isEmpty())
        return;
    for (qsizetype i = first; i < last; ++i)
        m_ragged.remove(chunk.ids.at(i));
}

} // namespace seedbed
