// SPDX-License-Identifier: MIT
#pragma once

// The rows of one table as the user typed them: text cells, kept as UTF-8 by column in implicitly shared chunks.
// What a cell means is the schema's business, in validation/.

#include "base/readlimits.h"
#include "rows/columnview.h"
#include "rows/rowid.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QList>
#include <QSharedDataPointer>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace seedbed {

class RowIdList;
struct TableChunk;
struct TableColumn;

/// How a row of a CSV file differs from its header in the number of cells.
/// Thread: any (a value).
struct RaggedRow {
    qsizetype line = 0;      ///< of the file, from 1, where the row begins
    qsizetype cellCount = 0; ///< that the row has in the file
    QList<QByteArray> extra; ///< the cells beyond the last column

    friend bool operator==(const RaggedRow &, const RaggedRow &) = default;
};

/// The cells of one row, with its id.
/// Thread: any (a value).
struct TableRow {
    RowId id = RowId::None;
    QList<QByteArray> cells;
    std::optional<RaggedRow> ragged;

    friend bool operator==(const TableRow &, const TableRow &) = default;
};

/// Another text for a cell.
/// Thread: any (a value); the text is as long there as what it is a view of.
struct CellText {
    qsizetype row = 0;
    int column = 0;
    QByteArrayView text;
};

/// Rows × fields of cells. Copying a Table copies a few pointers: that copy is the snapshot that a worker gets. An
/// edit detaches the chunk it falls in.
/// Thread: any (a value; a single Table is not for two threads, copies of it are).
class Table final
{
public:
    static constexpr qsizetype DefaultChunkRows = 4096;
    static constexpr qsizetype MaxCellBytes = ReadLimits::MostBytes; ///< what is beyond is cut off a cell
    static constexpr qsizetype MaxChunkBytes = qsizetype(16) << 20;  ///< of text; only a chunk's last row goes beyond

    /// A table without rows. \a chunkRows is how many rows a chunk holds at most; it changes the cost of
    /// things, never a result.
    explicit Table(int columnCount = 0, qsizetype chunkRows = DefaultChunkRows);
    Table(const Table &other);
    Table(Table &&other) noexcept; ///< leaves \a other without rows
    Table &operator=(const Table &other);
    Table &operator=(Table &&other) noexcept;
    ~Table();

    [[nodiscard]] int columnCount() const { return m_columnCount; }
    [[nodiscard]] qsizetype rowCount() const { return m_starts.back(); }
    [[nodiscard]] bool isEmpty() const { return rowCount() == 0; }

    /// The cell's UTF-8 text; valid until the table changes. Cost: the logarithm of the number of chunks; where
    /// many cells are read, column() costs less.
    [[nodiscard]] QByteArrayView cell(qsizetype row, int column) const;
    [[nodiscard]] RowId rowId(qsizetype row) const;
    [[nodiscard]] TableRow row(qsizetype row) const;

    /// The position of the row, or -1. Cost: the logarithm of the number of chunks while ids are ascending, as they
    /// are where no row was put between others; else linear in it.
    [[nodiscard]] qsizetype indexOf(RowId id) const;

    /// How the row was ragged in its file, if it was and has not been edited since. Cost: as indexOf.
    [[nodiscard]] std::optional<RaggedRow> ragged(RowId id) const;
    /// The same by position. Cost: none while no row is ragged, else as cell().
    [[nodiscard]] bool isRagged(qsizetype row) const;
    [[nodiscard]] qsizetype raggedCount() const { return m_raggedCount; }
    /// All marks. Cost: linear in their number.
    [[nodiscard]] QHash<RowId, RaggedRow> raggedRows() const;
    /// Marks a row of this table, or takes its mark away; other ids are ignored.
    void setRagged(RowId id, const std::optional<RaggedRow> &ragged);

    /// Replaces the text of a cell, and nothing else. Cost: linear in a chunk.
    void setCell(qsizetype row, int column, QByteArrayView text);

    /// The same for many cells, ordered by row; none twice. Cost: linear in the chunks that they are in.
    void setCells(const std::vector<CellText> &cells);

    /// Adds a row with a new id at the end. \a cells: as many as columns.
    RowId append(const QList<QByteArray> &cells);
    RowId append(const std::vector<QByteArrayView> &cells);
    /// Adds rows with new ids as a chunk of their own. \a columns: all of the same length, not 0; shared, not copied.
    void append(const QList<TableColumn> &columns);

    /// Puts \a rows before position \a before; a row without an id gets a new one, which is written back to it.
    void insert(qsizetype before, QList<TableRow> &rows);

    /// Puts the rows of another table before position \a before, under the ids they have, none of which may be in
    /// this table: what undoing a removal needs. Cost: linear in the number of chunks, which are shared, plus two
    /// chunks.
    void insert(qsizetype before, const Table &rows);
    /// The same under new ids that follow each other, which are returned; None where there are no rows.
    RowIdRange insertAsNew(qsizetype before, const Table &rows);

    /// Rows [first, first + count) with their ids and marks as a table. Cost: as inserting one.
    [[nodiscard]] Table sliced(qsizetype first, qsizetype count) const;
    /// Cost: as inserting a table.
    void remove(qsizetype first, qsizetype count);

    /// New ids are above all that were given in \a other too: for one that takes the place of the other.
    void skipIdsOf(const Table &other) { m_nextId = std::max(m_nextId, other.m_nextId); }

    /// The chunks, for work in parallel: [chunkStart(i), chunkStart(i + 1)) are the rows of chunk i.
    [[nodiscard]] qsizetype chunkCount() const { return m_chunks.size(); }
    [[nodiscard]] qsizetype chunkStart(qsizetype chunk) const { return m_starts.at(chunk); }
    /// The chunk that a row is in. Cost: the logarithm of the number of chunks.
    [[nodiscard]] qsizetype chunkOf(qsizetype row) const;

    /// All cells of a column in a chunk; valid until the table changes.
    [[nodiscard]] ColumnView column(qsizetype chunk, int column) const;
    /// The ids of a chunk's rows; valid until the table changes.
    [[nodiscard]] const RowIdList &rowIds(qsizetype chunk) const;

    /// Whether a chunk is the same memory in both tables, and so has the same rows for certain.
    [[nodiscard]] bool sharesChunk(qsizetype chunk, const Table &other) const;

private:
    using Chunks = QList<QSharedDataPointer<TableChunk>>;

    [[nodiscard]] TableChunk &chunkForAppending();
    template <typename Cells>
    void appendRow(RowId id, const Cells &cells);
    [[nodiscard]] bool insertIntoChunk(qsizetype before, const Table &rows);
    RowId takeIds(qsizetype count);
    qsizetype cutBefore(qsizetype row);
    void joinBefore(qsizetype chunk);
    void updateFrom(qsizetype chunk);
    void swap(Table &other) noexcept;

    int m_columnCount = 0;
    qsizetype m_chunkRows = DefaultChunkRows;
    quint64 m_nextId = 1;            // above all that there are
    Chunks m_chunks;                 // none is empty
    QList<qsizetype> m_starts { 0 }; // one more than chunks; the last is the row count
    qsizetype m_raggedCount = 0;
    bool m_isAscending = true; // all ids, from row to row
};

} // namespace seedbed
