// SPDX-License-Identifier: MIT
#pragma once

// Runs off the GUI thread: starts one, says how far it is, stops it, and hands over its report.

#include "insertion/inserter.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <stop_token>

namespace seedbed {

/// One run at a time. Its destruction stops a run and waits for it.
/// Thread: GUI thread.
class RunController final : public QObject
{
    Q_OBJECT

public:
    explicit RunController(QObject *parent = nullptr);
    ~RunController() override;

    /// Nothing happens while a run is under way.
    void start(const Dataset &snapshot, const RunOptions &options);
    /// Asks the run to stop; it ends with a report all the same.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_progress != nullptr; }
    /// How far the run under way is; its lists are empty.
    [[nodiscard]] const RunUpdate &latest() const { return m_latest; }
    /// What the workers of the run under way, or of the latest, did per table; empty before the first.
    [[nodiscard]] const QList<TableTimeline> &timelines();
    [[nodiscard]] bool isDryRun() const { return m_isDryRun; }

Q_SIGNALS:
    void started(bool isDryRun);
    void updated(const seedbed::RunUpdate &update);
    /// The run is over; one of the two comes.
    void finished(const seedbed::RunReport &report);
    void refused(const seedbed::Error &error);

private:
    void drain();
    void tell(const RunUpdate &update);
    void end(const Result<RunReport> &report);

    QTimer m_timer;
    std::unique_ptr<RunProgress> m_progress; // of the run under way
    RunUpdate m_latest;
    QList<TableTimeline> m_timelines;
    std::stop_source m_stop;
    bool m_isDryRun = false;
    QThreadPool m_pool; // the last member: it waits for its thread before the rest goes
};

} // namespace seedbed
