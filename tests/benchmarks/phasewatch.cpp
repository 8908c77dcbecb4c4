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
        const RunUpdate update = m_progress.take();
        const Clock::time_point now = Clock::now();
        if (update.phase >= RunUpdate::Phase::Inserting && !m_inserting)
            m_inserting = now;
        if (m_inserting && !m_closed && isDecided(update.tables) && !hasWal())
            m_closed = now;
    }

    [[nodiscard]] static bool isDecided(const QList<TableProgress> &tables)
    {
        return std::all_of(tables.begin(), tables.end(), [](const TableProgress &table) {
            return !table.isRunning && table.counts.sum() == table.read;
        });
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
        m_times.inserting = secondsBetween(m_inserting, closed);
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
    std::optional<Clock::time_point> m_closed;
    PhaseTimes m_times;
};

} // namespace

PhaseTimes watchRun(const Dataset &dataset, const RunOptions &options)
{
    return Watch(dataset, options).run();
}

} // namespace seedbed
