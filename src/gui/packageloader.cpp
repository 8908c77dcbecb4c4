// SPDX-License-Identifier: MIT
#include "gui/packageloader.h"

#include "validation/background.h"

#include <QtConcurrent>

#include <chrono>

namespace seedbed {

namespace {

constexpr std::chrono::milliseconds LookInterval { 80 };

} // namespace

PackageLoader::PackageLoader(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(2); // one that was cancelled may still be about to notice it
    m_timer.setInterval(LookInterval);
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
    const std::stop_token stop = m_stop.get_token();
    const auto work = [path, progress = m_progress, stop] {
        enterBackground();
        return readDataset(path, progress.get(), stop);
    };
    QtConcurrent::run(&m_pool, work).then(this, [this, stop](const Result<Dataset> &dataset) {
        if (stop.stop_requested())
            return;
        cancel();
        if (dataset)
            Q_EMIT loaded(*dataset);
        else
            Q_EMIT failed(dataset.error());
    });
    m_timer.start();
    Q_EMIT started();
}

void PackageLoader::cancel()
{
    m_stop.request_stop();
    m_timer.stop();
    m_progress.reset();
}

void PackageLoader::look()
{
    const ReadProgress::Snapshot snapshot = m_progress->snapshot();
    if (snapshot.package)
        Q_EMIT grown(snapshot);
}

} // namespace seedbed
