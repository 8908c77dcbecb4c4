// SPDX-License-Identifier: MIT
#include "gui/storedrowscopy.h"

#include "gui/rowtext.h"
#include "validation/background.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QtConcurrent>

#include <algorithm>
#include <numeric>

namespace seedbed {

namespace {

constexpr qint64 RowsAtOnce = 4096;

// The cells of the block alone, NULL as an empty one.
void append(const QList<StoredTexts> &rows, const QList<int> &columns, Table &table)
{
    for (const StoredTexts &row : rows) {
        QList<QByteArray> cells;
        for (const int column : columns)
            cells.append(row.value(column).text.toUtf8());
        table.append(cells);
    }
}

Result<QString> textOf(const Resource &resource, const QString &into, const StoredTable &stored,
                       const StoredBlock &block, const std::stop_token &stop)
{
    Table table(static_cast<int>(block.columns.size()));
    for (const auto &[begin, end] : block.rows) {
        for (qint64 first = begin; first < end && !stop.stop_requested(); first += RowsAtOnce) {
            const auto rows = readRows(resource, into, stored, first, std::min(RowsAtOnce, end - first));
            if (!rows)
                return tl::unexpected(rows.error());
            append(*rows, block.columns, table);
        }
    }
    RowPositions all(static_cast<size_t>(table.rowCount()));
    std::iota(all.begin(), all.end(), 0);
    QList<int> columns(block.columns.size());
    std::iota(columns.begin(), columns.end(), 0);
    const QString header = block.names.isEmpty() ? QString() : block.names.join(u'\t') + u'\n';
    return header + QString::fromUtf8(textOfRows(table, all, columns, stop));
}

} // namespace

StoredRowsCopy::StoredRowsCopy(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

StoredRowsCopy::~StoredRowsCopy()
{
    m_stop.request_stop();
}

void StoredRowsCopy::copy(const Resource &resource, const QString &into, const StoredTable &table,
                          const StoredBlock &block)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    const std::stop_token stop = m_stop.get_token();
    const auto work = [resource, into, table, block, stop] {
        enterBackground();
        return textOf(resource, into, table, block, stop);
    };
    QtConcurrent::run(&m_pool, work).then(this, [this, stop](const Result<QString> &text) {
        if (stop.stop_requested())
            return;
        if (text)
            QGuiApplication::clipboard()->setText(*text);
        else
            Q_EMIT refused(text.error());
    });
}

} // namespace seedbed
