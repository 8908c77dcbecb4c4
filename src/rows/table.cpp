// SPDX-License-Identifier: MIT
#include "rows/table.h"

#include "rows/tablechunk.h"

#include <algorithm>

namespace seedbed {

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
    std::swap(m_raggedCount, other.m_raggedCount);
    std::swap(m_isAscending, other.m_isAscending);
}

QByteArrayView Table::cell(qsizetype row, int column) const
{
    Q_ASSERT_X(row >= 0 && row < rowCount() && column >= 0 && column < m_columnCount, "Table::cell", "no such cell");
    const qsizetype chunk = chunkOf(row);
    return m_chunks.at(chunk)->columns.at(column).view().cell(row - m_starts.at(chunk));
}

RowId Table::rowId(qsizetype row) const
{
    const qsizetype chunk = chunkOf(row);
    return m_chunks.at(chunk)->ids.at(row - m_starts.at(chunk));
}

TableRow Table::row(qsizetype row) const
{
    const qsizetype chunk = chunkOf(row);
    const qsizetype position = row - m_starts.at(chunk);
    const TableChunk &rows = *m_chunks.at(chunk);
    TableRow result;
    result.id = rows.ids.at(position);
    result.cells.reserve(m_columnCount);
    for (const TableColumn &column : rows.columns)
        result.cells.append(column.view().cell(position).toByteArray());
    if (const auto mark = rows.ragged.constFind(result.id); mark != rows.ragged.cend())
        result.ragged = *mark;
    return result;
}

qsizetype Table::indexOf(RowId id) const
{
    const auto positionIn = [this, id](qsizetype chunk) {
        const qsizetype position = m_chunks.at(chunk)->ids.indexOf(id);
        return position < 0 ? -1 : m_starts.at(chunk) + position;
    };
    if (m_isAscending) {
        const auto after = std::upper_bound(m_chunks.cbegin(), m_chunks.cend(), id,
                                            [](RowId value, const auto &chunk) { return value < chunk->ids.first(); });
        return after == m_chunks.cbegin() ? -1 : positionIn(after - m_chunks.cbegin() - 1);
    }
    for (qsizetype i = 0; i < m_chunks.size(); ++i) {
        if (const qsizetype position = positionIn(i); position >= 0)
            return position;
    }
    return -1;
}

std::optional<RaggedRow> Table::ragged(RowId id) const
{
    const qsizetype row = m_raggedCount == 0 ? -1 : indexOf(id);
    if (row < 0)
        return std::nullopt;
    const QHash<RowId, RaggedRow> &marks = m_chunks.at(chunkOf(row))->ragged;
    const auto found = marks.constFind(id);
    return found == marks.cend() ? std::nullopt : std::optional(*found);
}

bool Table::isRagged(qsizetype row) const
{
    if (m_raggedCount == 0)
        return false;
    const qsizetype chunk = chunkOf(row);
    const TableChunk &rows = *m_chunks.at(chunk);
    return !rows.ragged.isEmpty() && rows.ragged.contains(rows.ids.at(row - m_starts.at(chunk)));
}

QHash<RowId, RaggedRow> Table::raggedRows() const
{
    QHash<RowId, RaggedRow> marks;
    for (const auto &chunk : m_chunks)
        marks.insert(chunk->ragged);
    return marks;
}

void Table::setRagged(RowId id, const std::optional<RaggedRow> &ragged)
{
    const qsizetype row = indexOf(id);
    if (row < 0 || (!ragged && !isRagged(row)))
        return;
    QHash<RowId, RaggedRow> &marks = m_chunks[chunkOf(row)]->ragged;
    m_raggedCount -= marks.size();
    if (ragged)
        marks.insert(id, *ragged);
    else
        marks.remove(id);
    m_raggedCount += marks.size();
}

void Table::setCell(qsizetype row, int column, QByteArrayView text)
{
    Q_ASSERT_X(row >= 0 && row < rowCount() && column >= 0 && column < m_columnCount, "Table::setCell", "no such cell");
    // text may be a view into this very column
    const QByteArray own = text.first(std::min(text.size(), MaxCellBytes)).toByteArray();
    qsizetype chunk = chunkOf(row);
    const TableChunk &rows = *std::as_const(m_chunks).at(chunk);
    if (rows.size() > 1 && rows.bytes() + own.size() > MaxChunkBytes) {
        chunk = cutBefore(row);
        cutBefore(row + 1);
    }
    m_chunks[chunk]->columns[column].replace(row - m_starts.at(chunk), own);
}

void Table::setCells(const std::vector<CellText> &cells)
{
    for (size_t from = 0, to = 0; from < cells.size(); from = to) {
        const qsizetype chunk = chunkOf(cells[from].row);
        qsizetype bytes = std::as_const(m_chunks).at(chunk)->bytes();
        for (; to < cells.size() && cells[to].row < m_starts.at(chunk + 1); ++to)
            bytes += cells[to].text.size();
        const std::span<const CellText> here(cells.data() + from, to - from);
        if (bytes <= MaxChunkBytes) {
            m_chunks[chunk]->replace(m_starts.at(chunk), here);
            continue;
        }
        for (const CellText &cell : here) // which cuts the chunk where it must
            setCell(cell.row, cell.column, cell.text);
    }
}

RowId Table::append(const QList<QByteArray> &cells)
{
    const RowId id = takeIds(1);
    appendRow(id, cells);
    return id;
}

RowId Table::append(const std::vector<QByteArrayView> &cells)
{
    const RowId id = takeIds(1);
    appendRow(id, cells);
    return id;
}

void Table::append(const QList<TableColumn> &columns)
{
    Q_ASSERT_X(columns.size() == m_columnCount && !columns.isEmpty(), "Table::append", "as many columns as the table");
    const qsizetype count = columns.constFirst().size();
    auto *chunk = new TableChunk;
    chunk->ids = RowIdList(takeIds(count), count);
    chunk->columns = columns;
    m_chunks.append(QSharedDataPointer<TableChunk>(chunk));
    m_starts.append(rowCount() + count);
}

template <typename Cells>
void Table::appendRow(RowId id, const Cells &cells)
{
    Q_ASSERT_X(static_cast<qsizetype>(cells.size()) == m_columnCount, "Table::append", "as many cells as columns");
    TableChunk &chunk = chunkForAppending();
    chunk.ids.append(id);
    auto column = chunk.columns.begin();
    for (const QByteArrayView cell : cells)
        (column++)->append(cell.first(std::min(cell.size(), MaxCellBytes)));
    ++m_starts.back();
}

void Table::insert(qsizetype before, QList<TableRow> &rows)
{
    Table added(m_columnCount, m_chunkRows);
    for (TableRow &row : rows) {
        if (row.id == RowId::None)
            row.id = takeIds(1);
        added.m_nextId = std::max(added.m_nextId, static_cast<quint64>(row.id) + 1);
        added.appendRow(row.id, row.cells);
        if (row.ragged) {
            added.m_chunks.last()->ragged.insert(row.id, *row.ragged);
            ++added.m_raggedCount;
        }
    }
    insert(before, added);
}

void Table::insert(qsizetype before, const Table &rows)
{
    Q_ASSERT_X(before >= 0 && before <= rowCount() && rows.m_columnCount == m_columnCount, "Table::insert",
               "no such place");
    if (rows.isEmpty())
        return;
    const Table added = rows; // may be this very table's
    m_nextId = std::max(m_nextId, added.m_nextId);
    if (insertIntoChunk(before, added))
        return;
    const qsizetype at = cutBefore(before);
    m_chunks = m_chunks.first(at) + added.m_chunks + m_chunks.sliced(at);
    joinBefore(at + added.chunkCount());
    joinBefore(at);
    updateFrom(std::max<qsizetype>(at - 1, 0));
}

/// Does so where the rows have room in the chunk that they go into.
bool Table::insertIntoChunk(qsizetype before, const Table &rows)
{
    if (isEmpty() || rows.chunkCount() > 1)
        return false;
    const qsizetype at = before == rowCount() ? m_chunks.size() - 1 : chunkOf(before);
    const TableChunk &there = *std::as_const(m_chunks).at(at);
    const TableChunk &added = *rows.m_chunks.at(0);
    if (there.size() + added.size() > m_chunkRows || there.bytes() + added.bytes() > MaxChunkBytes)
        return false;
    m_chunks[at]->insert(before - m_starts.at(at), added);
    updateFrom(at);
    return true;
}

RowIdRange Table::insertAsNew(qsizetype before, const Table &rows)
{
    if (rows.isEmpty())
        return {};
    Table renumbered = rows;
    const RowId first = takeIds(rows.rowCount());
    for (qsizetype i = 0; i < rows.chunkCount(); ++i) {
        const auto start = static_cast<quint64>(rows.m_starts.at(i));
        renumbered.m_chunks[i] =
            new TableChunk(rows.m_chunks.at(i)->renumbered(static_cast<RowId>(static_cast<quint64>(first) + start)));
    }
    renumbered.m_nextId = m_nextId;
    insert(before, renumbered);
    return { first, static_cast<RowId>(m_nextId - 1) };
}

Table Table::sliced(qsizetype first, qsizetype count) const
{
    Q_ASSERT_X(first >= 0 && count >= 0 && first + count <= rowCount(), "Table::sliced", "no such rows");
    Table part(m_columnCount, m_chunkRows);
    part.m_nextId = m_nextId;
    const qsizetype last = first + count;
    for (qsizetype i = count == 0 ? m_chunks.size() : chunkOf(first); i < m_chunks.size(); ++i) {
        const qsizetype start = m_starts.at(i);
        if (start >= last)
            break;
        const qsizetype from = std::max(first - start, qsizetype(0));
        const qsizetype to = std::min(last, m_starts.at(i + 1)) - start;
        const bool isWhole = from == 0 && to == m_chunks.at(i)->size();
        part.m_chunks.append(isWhole ? m_chunks.at(i)
                                     : Chunks::value_type(new TableChunk(m_chunks.at(i)->sliced(from, to - from))));
    }
    part.updateFrom(0);
    return part;
}

void Table::remove(qsizetype first, qsizetype count)
{
    Q_ASSERT_X(first >= 0 && count >= 0 && first + count <= rowCount(), "Table::remove", "no such rows");
    if (count == 0)
        return;
    qsizetype at = chunkOf(first);
    const qsizetype position = first - m_starts.at(at);
    if (position + count <= m_chunks.at(at)->size() && count < m_chunks.at(at)->size()) {
        m_chunks[at]->remove(position, count);
        joinBefore(at + 1);
    } else {
        at = cutBefore(first);
        m_chunks.remove(at, cutBefore(first + count) - at);
    }
    joinBefore(at);
    updateFrom(std::max<qsizetype>(at - 1, 0));
}

ColumnView Table::column(qsizetype chunk, int column) const
{
    return m_chunks.at(chunk)->columns.at(column).view();
}

const RowIdList &Table::rowIds(qsizetype chunk) const
{
    return m_chunks.at(chunk)->ids;
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

TableChunk &Table::chunkForAppending()
{
    if (m_chunks.isEmpty() || m_chunks.constLast()->size() >= m_chunkRows
        || m_chunks.constLast()->bytes() >= MaxChunkBytes) {
        m_chunks.append(QSharedDataPointer<TableChunk>(new TableChunk(m_columnCount)));
        m_starts.append(m_starts.back());
    }
    return *m_chunks.last();
}

/// The first of \a count ids that were not given before.
RowId Table::takeIds(qsizetype count)
{
    return static_cast<RowId>(std::exchange(m_nextId, m_nextId + static_cast<quint64>(count)));
}

/// Lets a chunk begin at \a row, which may be the end, and returns it.
qsizetype Table::cutBefore(qsizetype row)
{
    if (row == rowCount())
        return m_chunks.size();
    const qsizetype chunk = chunkOf(row);
    const qsizetype position = row - m_starts.at(chunk);
    if (position == 0)
        return chunk;
    const TableChunk &whole = *std::as_const(m_chunks).at(chunk);
    const Chunks::value_type after(new TableChunk(whole.sliced(position, whole.size() - position)));
    m_chunks[chunk] = new TableChunk(whole.sliced(0, position));
    m_chunks.insert(chunk + 1, after);
    m_starts.insert(chunk + 1, row);
    return chunk + 1;
}

/// Makes one of a chunk and the one before it, where both are small.
void Table::joinBefore(qsizetype chunk)
{
    if (chunk <= 0 || chunk >= m_chunks.size())
        return;
    const TableChunk &first = *std::as_const(m_chunks).at(chunk - 1);
    const Chunks::value_type second = m_chunks.at(chunk);
    if (first.size() + second->size() > m_chunkRows || first.bytes() + second->bytes() > MaxChunkBytes)
        return;
    m_chunks[chunk - 1]->insert(first.size(), *second);
    m_chunks.removeAt(chunk);
}

/// Brings what is known of all chunks up to date; starts are right up to \a chunk.
void Table::updateFrom(qsizetype chunk)
{
    m_starts.resize(m_chunks.size() + 1);
    for (qsizetype i = chunk; i < m_chunks.size(); ++i)
        m_starts[i + 1] = m_starts.at(i) + m_chunks.at(i)->size();
    m_raggedCount = 0;
    m_isAscending = true;
    for (qsizetype i = 0; i < m_chunks.size(); ++i) {
        const TableChunk &rows = *m_chunks.at(i);
        m_raggedCount += rows.ragged.size();
        m_isAscending =
            m_isAscending && rows.ids.isAscending() && (i == 0 || m_chunks.at(i - 1)->ids.last() < rows.ids.first());
    }
}

} // namespace seedbed
