// SPDX-License-Identifier: MIT
#pragma once

// The insertion of one table: its batches, its workers, and what became of each row.

#include "insertion/commitboard.h"
#include "insertion/inflightgauge.h"
#include "insertion/runoptions.h"
#include "insertion/runplan.h"
#include "insertion/runprogress.h"
#include "insertion/startline.h"
#include "insertion/target.h"
#include "validation/validator.h"

#include <QList>

#include <atomic>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace seedbed {

/// Executes the plan of one table: sends its batches to the target, N at once, each by a worker with a connection of
/// its own. A batch waits until the rows it refers to are committed.
/// Thread: made and asked in the thread of the run; work() runs in those of the workers.
class TableRun final
{
public:
    /// What all tables of a run share. Everything outlives the TableRun.
    struct Shared {
        const Validation &validation;
        const RunOptions &options;
        CommitBoard &board;
        RunProgress &progress;
        std::stop_token stop;
        std::stop_source halt { std::nostopstate }; ///< asks the whole run to stop
    };

    /// \a plan and \a target outlive the TableRun.
    TableRun(const Shared &shared, int table, const TablePlan &plan, Target &target);
    ~TableRun();
    Q_DISABLE_COPY_MOVE(TableRun)

    /// Whether there are rows to send.
    [[nodiscard]] bool hasRows() const { return !m_plan.positions.empty(); }
    /// How many.
    [[nodiscard]] qsizetype rowCount() const { return static_cast<qsizetype>(m_plan.positions.size()); }
    /// Whether another worker is wanted.
    [[nodiscard]] bool lacksWorkers() const { return m_threads.size() < m_workers.size(); }
    /// Starts the thread of one more worker, which does nothing before start(). False where the system refuses it.
    [[nodiscard]] bool addWorker();
    /// How many were added.
    [[nodiscard]] int workers() const { return static_cast<int>(m_threads.size()); }
    /// Begins, with the workers that were added, or else with as many as can be; returns at once.
    void start();
    /// Blocks until all workers are done.
    void wait();
    /// Whether a worker found no memory to say what became of its rows: then outcome() is not whole.
    [[nodiscard]] bool isBroken() const { return m_isBroken.load(); }
    /// Looks in the target for the rows of which it did not answer whether they are in. To be called once all workers
    /// are done and the target is finished.
    void decideUnknown();
    /// Fails the rows that went in: their database is gone. To be called once all workers are done.
    void takeBack(const QString &message);
    /// Fails all rows with \a message instead of starting.
    void fail(const QString &message);

    /// What became of the rows that were to be sent; to be read after wait() or fail().
    [[nodiscard]] const BatchOutcome &outcome() const { return m_outcome; }
    [[nodiscard]] int peakInFlight() const { return m_gauge.peak(); }
    /// How many workers opened a connection.
    [[nodiscard]] int openedWorkers() const { return m_opened.load(); }

private:
    struct Worker {
        int number = 0;
        WorkerLane *lane = nullptr; // lives as long as the RunProgress
        bool isAtStart = false;
        std::optional<Batch> lost; // the one that it could not finish
    };
    enum class Orders : quint8 { Wait, Work, Leave };

    void giveOrders(Orders orders);
    void work(Worker &worker) noexcept;
    void insertBatches(Worker &worker);
    void end(Worker &worker) noexcept;
    void giveUp(Worker &worker, Writer &writer, const Batch &batch) noexcept;
    void keepLost();
    [[nodiscard]] std::unique_ptr<Writer> openWriter(const Worker &worker);
    [[nodiscard]] std::optional<Batch> takeBatch();
    void insert(Worker &worker, Writer &writer, const Batch &batch);
    void settleLeftOvers();
    [[nodiscard]] std::vector<qint32> awaitParents(const Batch &batch, WorkerLane &lane, BatchOutcome &outcome);
    [[nodiscard]] bool isSendable(qint32 position, WorkerLane &lane, BatchOutcome &outcome);
    [[nodiscard]] CommitBoard::State await(RowPlace parent, WorkerLane &lane);
    void cancel(RowPositions positions, BatchOutcome &outcome);
    void failTogether(RowPositions positions, BatchOutcome &outcome);
    void settle(RowPositions rows, const BatchAnswer &answer, BatchOutcome &outcome);
    void settle(qint32 position, const RowAnswer &answer, BatchOutcome &outcome);
    void keepUnknown(qint32 position, const RowAnswer &answer);
    void reject(qint32 position, RowOutcome rowOutcome, const Reason &reason, BatchOutcome &outcome);
    void keep(const BatchOutcome &outcome);
    void deliver(const BatchOutcome &outcome, RowPositions of);
    void show(const BatchOutcome &outcome, RowPositions of) noexcept;

    [[nodiscard]] const Resource &resource() const;
    [[nodiscard]] const Table &rows() const;

    const Shared m_shared;
    const int m_table;
    const TablePlan &m_plan;
    Target &m_target;
    std::atomic<size_t> m_nextBatch = 0;
    std::atomic<int> m_opened = 0;
    std::atomic<int> m_active = 0; // workers that have not returned
    std::atomic<bool> m_isBroken = false;
    const QString m_noMemory; // made while there is some
    StartLine m_startLine;    // all workers begin their first insertion together
    InFlightGauge m_gauge;
    std::vector<Worker> m_workers; // as many as are wanted
    std::atomic<Orders> m_orders = Orders::Wait;
    std::mutex m_mutex; // guards what follows while workers run
    BatchOutcome m_outcome;
    std::vector<std::pair<qint32, RowAnswer>> m_unknown; // by position
    QString m_openError;
    std::vector<std::jthread> m_threads; // of the first workers; the last member: they use the others
};

} // namespace seedbed
