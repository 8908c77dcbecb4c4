// SPDX-License-Identifier: MIT
#include "gui/packageloader.h"

#include "validation/background.h"

#include <QtConcurrent>

#include <algorithm>
#include <chrono>

namespace seedbed {

namespace {

constexpr std::chrono::milliseconds LookInterval { 80 };
constexpr qsizetype FirstRows = 10'000; // of each table
constexpr qsizetype MoreRows = 200'000; // of one table; a header keeps some bytes for each

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

void PackageLoader::load(const QString &path)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_progress = std::make_shared<ReadProgress>();
    m_snapshot = {};
    m_whole.reset();
    m_handedOut.clear();
    const std::stop_token stop = m_stop.get_token();
    const auto work = [path, progress = m_progress, stop] {
        enterBackground();
        return readDataset(path, progress.get(), stop);
    };
    QtConcurrent::run(&m_pool, work).then(this, [this, stop](const Result<Dataset> &dataset) {
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
    if (!m_snapshot.package && !m_whole)
        return;
    const Dataset there = m_whole.value_or(Dataset { m_snapshot.package, m_snapshot.tables, {} });
    const bool isDone = m_whole && (isShort(there) || !handOut(there));
    if (isDone) {
        cancel();
        return Q_EMIT loaded(there);
    }
    const bool isMore = m_whole || handOut(there);
    m_timer.start(isMore ? std::chrono::milliseconds(0) : LookInterval);
}

// What can be shown as a whole at once.
bool PackageLoader::isShort(const Dataset &dataset) const
{
    return m_handedOut.isEmpty() && std::ranges::all_of(dataset.tables, [](const Table &table) {
        return table.rowCount() <= FirstRows;
    });
}

// Whether there are rows beyond those that were handed out before.
bool PackageLoader::handOut(const Dataset &dataset)
{
    if (m_handedOut.isEmpty()) {
        for (const Table &table : dataset.tables)
            m_handedOut.append(std::min(table.rowCount(), FirstRows));
    } else {
        const auto waiting = [&](qsizetype table) { return dataset.tables.at(table).rowCount() - m_handedOut.at(table); };
        qsizetype longest = 0;
        for (qsizetype table = 1; table < m_handedOut.size(); ++table)
            longest = waiting(table) > waiting(longest) ? table : longest;
        if (m_handedOut.isEmpty() || waiting(longest) == 0)
            return false;
        m_handedOut[longest] += std::min(waiting(longest), MoreRows);
    }
    Dataset part { dataset.package, {}, {} };
    for (qsizetype table = 0; table < m_handedOut.size(); ++table)
        part.tables.append(dataset.tables.at(table).sliced(0, m_handedOut.at(table)));
    Q_EMIT grown(part);
    return true;
}

} // namespace seedbed
