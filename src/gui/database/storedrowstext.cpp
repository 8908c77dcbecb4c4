// SPDX-License-Identifier: MIT
#include "gui/database/storedrowstext.h"

#include "gui/grid/rowtext.h"

#include <algorithm>
#include <numeric>

namespace seedbed {

namespace {

constexpr qint64 RowsAtOnce = 4096;

// The cells of the block alone, NULL and a BLOB as empty ones. Returns how many BLOBs there are.
qsizetype append(const QList<StoredTexts> &rows, const QList<int> &columns, Table &table)
{
    qsizetype blobs = 0;
    for (const StoredTexts &row : rows) {
        QList<QByteArray> cells;
        for (const int column : columns) {
            const StoredText cell = row.value(column);
            const bool isBlob = cell.kind == StoredText::Kind::Blob;
            blobs += isBlob ? 1 : 0;
            cells.append(isBlob ? QByteArray() : cell.text.toUtf8());
        }
        table.append(cells);
    }
    return blobs;
}

} // namespace

Result<CopiedText> textOfStoredRows(const Resource &resource, const QString &into, const StoredTable &stored,
                                    const StoredBlock &block, const std::stop_token &stop)
{
    Table table(static_cast<int>(block.columns.size()));
    qsizetype blobs = 0;
    for (const auto &[begin, end] : block.rows) {
        for (qint64 first = begin; first < end && !stop.stop_requested(); first += RowsAtOnce) {
            const auto rows =
                readRows(resource, into, stored, first, std::min(RowsAtOnce, end - first), LongTexts::Whole);
            if (!rows)
                return tl::unexpected(rows.error());
            blobs += append(*rows, block.columns, table);
        }
    }
    RowPositions all(static_cast<size_t>(table.rowCount()));
    std::iota(all.begin(), all.end(), 0);
    QList<int> columns(block.columns.size());
    std::iota(columns.begin(), columns.end(), 0);
    const QString header = block.names.isEmpty() ? QString() : block.names.join(u'\t') + u'\n';
    return CopiedText { header + QString::fromUtf8(textOfRows(table, all, columns, stop)), blobs };
}

} // namespace seedbed
