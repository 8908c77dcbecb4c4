// SPDX-License-Identifier: MIT
#include "gui/run/runcontroller.h"

#include "base/background.h"

#include <chrono>

namespace seedbed {

namespace {

constexpr std::chrono::milliseconds DrainInterval { 40 };

} // namespace

RunController::RunController(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    m_timer.setInterval(DrainInterval);
    connect(&m_timer, &QTimer::timeout, this, &RunController::drain);
}

RunController::~RunController()
{
    stop();
}

void RunController::start(const Dataset &snapshot, const RunOptions &options)
{
    if (isRunning())
        return;
    m_progress = std::make_unique<RunProgress>();
    m_latest = {};
    m_timelines.clear();
    m_stop = std::stop_source();
    m_isDryRun = options.isDryRun;
    Q_EMIT started(m_isDryRun);
    const auto job = [snapshot, options, &progress = *m_progress, stop = m_stop.get_token()] {
        return run(snapshot, options, progress, stop);
    };
    doInBackground(m_pool, *this, job, [this](const Result<RunReport> &report) { end(report); });
    m_timer.start();
}

void RunController::stop()
{
    m_stop.request_stop();
}

const QList<TableTimeline> &RunController::timelines()
{
    if (m_progress)
        m_progress->timeline().read(m_timelines);
    return m_timelines;
}

void RunController::drain()
{
    if (const auto update = m_progress->tryTake())
        tell(*update);
}

void RunController::tell(const RunUpdate &update)
{
    m_latest = update;
    Q_EMIT updated(m_latest);
    m_latest.rejected.clear();
    m_latest.in.clear();
    m_latest.log.clear();
}

void RunController::end(const Result<RunReport> &report)
{
    m_timer.stop();
    tell(m_progress->take());
    (void)timelines(); // the last look at it
    m_progress.reset();
    if (report)
        Q_EMIT finished(*report);
    else
        Q_EMIT refused(report.error());
}

} // namespace seedbed
