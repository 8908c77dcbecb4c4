// SPDX-License-Identifier: MIT
#pragma once

// A run from preflight to report: what insertion/inserter.h promises is kept here.

#include "base/result.h"
#include "insertion/audit.h"
#include "insertion/folderlock.h"
#include "insertion/runlimits.h"
#include "insertion/runoptions.h"
#include "insertion/runplan.h"
#include "insertion/runprogress.h"
#include "insertion/tablerun.h"
#include "insertion/targets.h"
#include "report/runreport.h"
#include "rows/dataset.h"
#include "validation/validator.h"

#include <QList>

#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

namespace seedbed {

/// One run, from preflight to report; each step a function.
/// Thread: that of the run; several threads help.
class Execution final
{
public:
    /// All but \a options and \a room is referred to until the end of run().
    Execution(const Dataset &snapshot, const RunOptions &options, const RunRoom &room, RunProgress &progress,
              const std::stop_token &stop)
        : m_snapshot(snapshot)
        , m_options(options)
        , m_progress(progress)
        , m_forward(stop, Halt { m_halt })
        , m_stop(m_halt.get_token())
        , m_targets(snapshot.package,
                    { options.into, options.lockTimeout, &progress, m_stop, options.onConflict, options.allowTriggers,
                      options.isDryRun },
                    room.looks)
    {
    }

    /// To be called once. Errors: as run() in insertion/inserter.h.
    [[nodiscard]] Result<RunReport> run();

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] int tableCount() const { return static_cast<int>(m_snapshot.tables.size()); }
    [[nodiscard]] const Resource &resource(int table) const { return m_snapshot.package->resources.at(table); }
    void beginReport();
    [[nodiscard]] Result<void> takeFolder();
    void validateSnapshot();
    void countDecided();
    void cancelRest();
    void show(const RunPlan &plan);
    void countRefused();
    void count(int table, const BatchOutcome &outcome);
    void previewChanges();
    [[nodiscard]] Result<void> execute(const RunPlan &plan);
    [[nodiscard]] Result<void> startThreads(const std::vector<std::unique_ptr<TableRun>> &runs);
    void begin(const std::vector<std::unique_ptr<TableRun>> &runs);
    void collect(const TableRun &run, int table);
    [[nodiscard]] std::unique_ptr<TableAudit> closeTable(TableRun &run, int table);
    [[nodiscard]] std::unique_ptr<TableAudit> readAgain(int table, const RowIdSet &in, bool areRowsConcerned);
    [[nodiscard]] bool isReferredTo(int table, const std::vector<std::unique_ptr<TableRun>> &runs) const;
    void finishAudit(const std::vector<std::unique_ptr<TableAudit>> &audits);
    void finishReport();

    // Passes a stop on to all of the run.
    struct Halt {
        std::stop_source source;
        void operator()() const { source.request_stop(); }
    };

    const Dataset &m_snapshot;
    const RunOptions &m_options;
    RunProgress &m_progress;
    const std::stop_source m_halt;
    const std::stop_callback<Halt> m_forward; // what the user asks for
    const std::stop_token m_stop;
    Targets m_targets;
    std::unique_ptr<FileLock> m_lock;
    Validation m_validation;
    RunReport m_report;
    QList<qsizetype> m_sent; // per table: how many rows were to be sent; 0 where the target could not take them
    std::mutex m_mutex;      // guards what the closing of tables adds to the report
    QList<RowIdSet> m_in;    // per table: reported to be in the database
    const Clock::time_point m_begin = Clock::now();
};

} // namespace seedbed
