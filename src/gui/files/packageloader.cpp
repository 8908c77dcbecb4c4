// SPDX-License-Identifier: MIT
#include "gui/files/packageloader.h"

#include "base/background.h"

#include <algorithm>
#include <chrono>

namespace seedbed {

namespace {

constexpr std::chrono::milliseconds LookInterval { 80 };
constexpr qsizetype FirstRows = 10'000; // of each table
constexpr qsizetype MoreRows = 200'000; // of one table; a header keeps some bytes for each

QList<qsizetype> rowCounts(const QList<Table> &tables)
{
    QList<qsizetype> counts;
    for (const Table &table : tables)
        counts.append(table.rowCount());
    return counts;
}

// How many rows of each table the next part has; no others than \a handedOut where there are no more.
QList<qsizetype> nextCounts(const QList<Table> &tables, const QList<qsizetype> &handedOut)
{
    QList<qsizetype> counts = handedOut;
    counts.resize(tables.size());
    for (qsizetype table = 0; table < tables.size(); ++table) {
        if (counts.at(table) == 0)
            counts[table] = std::min(tables.at(table).rowCount(), FirstRows);
    }
    if (counts != handedOut || tables.isEmpty())
        return counts;
    const auto waiting = [&](qsizetype table) { return tables.at(table).rowCount() - handedOut.at(table); };
    qsizetype longest = 0;
    for (qsizetype table = 1; table < tables.size(); ++table)
        longest = waiting(table) > waiting(longest) ? table : longest;
    counts[longest] += std::min(waiting(longest), MoreRows);
    return counts;
}

Dataset partOf(const Dataset &dataset, const QList<qsizetype> &counts)
{
    Dataset part { dataset.package, {}, {} };
    for (qsizetype table = 0; table < counts.size(); ++table)
        part.tables.append(dataset.tables.at(table).sliced(0, counts.at(table)));
    return part;
}

} // namespace

PackageLoader::PackageLoader(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(2); // one that was cancelled may still be about to notice it
    connect(&m_timer, &QTimer::timeout, this, &PackageLoader::look);
}

PackageLoader::~PackageLoader()
{
    m_stop.request_stop();
}

void PackageLoader::load(const QString &path, const ReadLimits &limits)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_progress = std::make_shared<ReadProgress>();
    m_snapshot = {};
    m_whole.reset();
    m_handedOut.clear();
    const std::stop_token stop = m_stop.get_token();
    const auto work = [path, limits, progress = m_progress, stop] {
        return readDataset(path, progress.get(), stop, limits);
    };
    doInBackground(m_pool, *this, work, [this, stop](const Result<Dataset> &dataset) {
        if (!stop.stop_requested())
            take(dataset);
    });
    m_timer.start(LookInterval);
    Q_EMIT started();
}

void PackageLoader::cancel()
{
    m_stop.request_stop();
    m_timer.stop();
    m_progress.reset();
    m_snapshot = {};
    m_whole.reset();
}

void PackageLoader::take(const Result<Dataset> &dataset)
{
    if (!dataset) {
        cancel();
        return Q_EMIT failed(dataset.error());
    }
    m_whole = *dataset;
    look();
}

void PackageLoader::look()
{
    if (const auto snapshot = m_progress->trySnapshot())
        m_snapshot = *snapshot;
    const Dataset there = m_whole.value_or(Dataset { m_snapshot.package, m_snapshot.tables, {} });
    if (!there.package)
        return;
    const QList<qsizetype> counts = nextCounts(there.tables, m_handedOut);
    const bool isMore = counts != m_handedOut;
    const bool isShort = m_handedOut.isEmpty() && counts == rowCounts(there.tables);
    if (m_whole && (isShort || !isMore)) {
        cancel();
        return Q_EMIT loaded(there);
    }
    m_handedOut = counts;
    m_timer.start(isMore ? std::chrono::milliseconds(0) : LookInterval); // first: who is handed a part may cancel
    if (isMore)
        Q_EMIT grown(partOf(there, counts));
}

} // namespace seedbed
