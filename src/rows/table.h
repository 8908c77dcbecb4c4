// SPDX-License-Identifier: MIT
#pragma once

// The rows of one table as the user typed them: text cells, kept as UTF-8 by column in implicitly shared chunks.
// What a cell means is the schema's business, in validation/.

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QList>
#include <QSharedDataPointer>

#include <optional>
#include <vector>

namespace seedbed {

/// The name of a row for its whole life. Positions change, ids do not; an id is never given twice by one table.
enum class RowId : quint64 { None = 0 };

inline size_t qHash(RowId id, size_t seed = 0) { return ::qHash(static_cast<quint64>(id), seed); }

/// How a row of a CSV file differs from its header in the number of cells.
/// Thread: any (a value).
struct RaggedRow {
    qsizetype line = 0;      ///< of the file, from 1, where the row begins
    qsizetype cellCount = 0; ///< that the row has in the file
    QList<QByteArray> extra; ///< the cells beyond the last column

    friend bool operator==(const RaggedRow &, const RaggedRow &) = default;
};

/// The cells of one row, with its id: what undoing a removal needs.
/// Thread: any (a value).
struct TableRow {
    RowId id = RowId::None;
    QList<QByteArray> cells;
    std::optional<RaggedRow> ragged;

    friend bool operator==(const TableRow &, const TableRow &) = default;
};

/// Rows × fields of cells. Copying a Table copies a few pointers: that copy is the snapshot that a worker gets. An
/// edit detaches the chunk it falls in.
/// Thread: any (a value; a single Table is not for two threads, copies of it are).
class Table final
{
public:
    static constexpr qsizetype DefaultChunkRows = 4096;

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

    /// The cell's UTF-8 text; valid until the table changes. Cost: the logarithm of the number of chunks.
    [[nodiscard]] QByteArrayView cell(qsizetype row, int column) const;
    [[nodiscard]] RowId rowId(qsizetype row) const;
    [[nodiscard]] TableRow row(qsizetype row) const;

    /// The position of the row, or -1. Cost: linear in the number of chunks, plus one chunk.
    [[nodiscard]] qsizetype indexOf(RowId id) const;

    /// How the row was ragged in its file, if it was and has not been edited since.
    [[nodiscard]] std::optional<RaggedRow> ragged(RowId id) const;
    [[nodiscard]] const QHash<RowId, RaggedRow> &raggedRows() const { return m_ragged; }
    void setRagged(RowId id, const std::optional<RaggedRow> &ragged);

    /// Replaces the text of a cell, and nothing else. Cost: linear in a chunk.
    void setCell(qsizetype row, int column, QByteArrayView text);

    /// Adds a row with a new id at the end. \a cells: as many as columns.
    RowId append(const QList<QByteArray> &cells);
    RowId append(const std::vector<QByteArrayView> &cells);

    /// Puts \a rows before position \a before; a row without an id gets a new one, which is written back to it.
    void insert(qsizetype before, QList<TableRow> &rows);
    void remove(qsizetype first, qsizetype count);

    /// The chunks, for work in parallel: [chunkStart(i), chunkStart(i + 1)) are the rows of chunk i.
    [[nodiscard]] qsizetype chunkCount() const { return m_chunks.size(); }
    [[nodiscard]] qsizetype chunkStart(qsizetype chunk) const { return m_starts.at(chunk); }

    /// Whether a chunk is the same memory in both tables, and so has the same rows for certain.
    [[nodiscard]] bool sharesChunk(qsizetype chunk, const Table &other) const;

private:
    struct Column;
    struct Chunk;

    [[nodiscard]] qsizetype chunkOf(qsizetype row) const;
    [[nodiscard]] Chunk &chunkForAppending();
    RowId takeId();
    void splitChunk(qsizetype chunk);
    void updateStarts(qsizetype fromChunk);
    void dropRagged(const Chunk &chunk, qsizetype first, qsizetype last);
    void swap(Table &other) noexcept;

    int m_columnCount = 0;
    qsizetype m_chunkRows = DefaultChunkRows;
    quint64 m_nextId = 1;
    QList<QSharedDataPointer<Chunk>> m_chunks; // none is empty
    QList<qsizetype> m_starts { 0 };           // one more than chunks; the last is the row count
    QHash<RowId, RaggedRow> m_ragged;
};

} // namespace seedbed
