// SPDX-License-Identifier: MIT
#include "phasewatch.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QFuture>
#include <QTimer>
#include <QtConcurrentRun>

#include <algorithm>
#include <chrono>
#include <optional>

namespace seedbed {

namespace {

using Clock = std::chrono::steady_clock;

double secondsBetween(std::optional<Clock::time_point> from, Clock::time_point to)
{
    return from ? std::chrono::duration<double>(to - *from).count() : 0;
}

class Watch final : public QObject
{
public:
    Watch(const Dataset &dataset, const RunOptions &options)
        : m_dataset(dataset)
        , m_options(options)
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &Watch::look);
    }

    PhaseTimes run()
    {
        m_timer.start(std::chrono::milliseconds(1));
        QtConcurrent::run([this] {
            return seedbed::run(m_dataset, m_options, m_progress, {});
        }).then(this, [this](const Result<RunReport> &report) { finish(report); });
        QCoreApplication::exec();
        return m_times;
    }

private:
    void look()
    {
        const RunUpdate::Phase phase = m_progress.take().phase;
        const Clock::time_point now = Clock::now();
        if (phase >= RunUpdate::Phase::Inserting && !m_inserting)
            m_inserting = now;
        if (phase >= RunUpdate::Phase::Closing && !m_closing)
            m_closing = now;
        if (m_closing && !m_closed && !hasWal())
            m_closed = now;
    }

    /// Closing a file puts its journal back, which takes the write-ahead log away.
    [[nodiscard]] bool hasWal() const
    {
        const QDir into(m_options.into);
        return std::any_of(m_dataset.package->resources.begin(), m_dataset.package->resources.end(),
                           [&into](const Resource &resource) {
                               return QFileInfo::exists(into.filePath(resource.database + QStringLiteral("-wal")));
                           });
    }

    void finish(const Result<RunReport> &report)
    {
        m_timer.stop();
        look();
        const Clock::time_point end = Clock::now();
        const Clock::time_point closed = m_closed.value_or(end);
        m_times.inserting = secondsBetween(m_inserting, m_closing.value_or(end));
        m_times.closing = secondsBetween(m_closing, closed);
        m_times.auditing = secondsBetween(closed, end);
        if (report && report->outcome == RunReport::Outcome::Completed && m_inserting)
            m_times.insertedRows = report->totals().inserted;
        else
            m_times.trouble = report ? QStringLiteral("the run did not insert") : report.error().message;
        QCoreApplication::exit();
    }

    const Dataset &m_dataset;
    const RunOptions &m_options;
    RunProgress m_progress;
    QTimer m_timer;
    std::optional<Clock::time_point> m_inserting;
    std::optional<Clock::time_point> m_closing;
    std::optional<Clock::time_point> m_closed;
    PhaseTimes m_times;
};

} // namespace

PhaseTimes watchRun(const Dataset &dataset, const RunOptions &options)
{
    return Watch(dataset, options).run();
}

} // namespace seedbed
