// SPDX-License-Identifier: MIT
#include "insertion/tablerun.h"

#include "base/threadcrew.h"
#include "insertion/parentreasons.h"

#include <QCoreApplication>

#include <algorithm>
#include <exception>
#include <unordered_set>
#include <utility>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::TableRun)
};

} // namespace

TableRun::TableRun(const Shared &shared, int table, const TablePlan &plan, Target &target)
    : m_shared(shared)
    , m_table(table)
    , m_plan(plan)
    , m_target(target)
    , m_noMemory(Text::tr("not enough memory"))
    , m_workers(static_cast<size_t>(shared.options.workers))
{
    m_threads.reserve(m_workers.size());
    for (size_t i = 0; i < m_workers.size(); ++i)
        m_workers[i].number = static_cast<int>(i) + 1;
}

const Resource &TableRun::resource() const
{
    return m_shared.validation.dataset.package->resources.at(m_table);
}

const Table &TableRun::rows() const
{
    return m_shared.validation.dataset.tables.at(m_table);
}

TableRun::~TableRun()
{
    if (m_orders == Orders::Wait)
        giveOrders(Orders::Leave);
}

bool TableRun::addWorker()
{
    if (!lacksWorkers())
        return false;
    auto thread = startThread([this, &worker = m_workers[m_threads.size()]] { work(worker); });
    if (!thread)
        return false;
    m_threads.push_back(std::move(*thread));
    return true;
}

void TableRun::giveOrders(Orders orders)
{
    m_orders = orders;
    m_orders.notify_all();
}

void TableRun::start()
{
    if (m_threads.empty()) {
        while (addWorker()) { }
    }
    if (m_threads.empty())
        return fail(Text::tr("no thread can be started"));
    std::deque<WorkerLane> &lanes = m_shared.progress.timeline().addLanes(m_table, workers());
    for (size_t i = 0; i < m_threads.size(); ++i)
        m_workers[i].lane = &lanes[i];
    m_shared.progress.setRunning(m_table, true);
    m_active = workers();
    m_startLine.expect(workers());
    giveOrders(Orders::Work);
}

void TableRun::wait()
{
    for (std::jthread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
}

void TableRun::fail(const QString &message)
{
    giveOrders(Orders::Leave);
    wait();
    m_openError = message;
    settleLeftOvers();
}

void TableRun::work(Worker &worker) noexcept
{
    m_orders.wait(Orders::Wait);
    if (m_orders == Orders::Leave)
        return;
    try {
        insertBatches(worker);
    } catch (const std::exception &) { // no memory for a connection
        const std::scoped_lock lock(m_mutex);
        m_openError = m_noMemory;
    }
    end(worker);
}

void TableRun::insertBatches(Worker &worker)
{
    const std::unique_ptr<Writer> writer = openWriter(worker);
    while (const std::optional<Batch> batch = writer ? takeBatch() : std::nullopt) {
        try {
            insert(worker, *writer, *batch);
        } catch (const std::exception &) {
            giveUp(worker, *writer, *batch);
            return; // another one may have more luck
        }
    }
}

void TableRun::end(Worker &worker) noexcept
{
    if (!worker.isAtStart)
        m_startLine.arrive();
    if (--m_active > 0)
        return;
    try {
        settleLeftOvers();
        m_shared.progress.setRunning(m_table, false);
    } catch (const std::exception &) {
        m_isBroken = true;
        m_shared.halt.request_stop(); // others may wait for rows of which nothing will be said
    }
}

// Asks for no memory. What became of the rows is looked for in the target when all is done; until then nothing is built
// on those of which nothing was said.
void TableRun::giveUp(Worker &worker, Writer &writer, const Batch &batch) noexcept
{
    worker.lost = batch;
    for (const qint32 position : batch.rows) {
        if (const RowPlace place { m_table, position }; m_shared.board.state(place) == CommitBoard::State::Pending)
            m_shared.board.settle(place, CommitBoard::State::Failed);
    }
    m_shared.board.announce();
    try {
        writer.skip(batch.number);
        const std::scoped_lock lock(m_mutex);
        m_openError = m_noMemory;
    } catch (const std::exception &) {
        m_shared.halt.request_stop(); // the later ones wait for its turn
    }
}

// None where it cannot be opened: its worker takes no batches then.
std::unique_ptr<Writer> TableRun::openWriter(const Worker &worker)
{
    const WorkerLane::Stay opening(*worker.lane, WorkerState::Opening);
    auto writer = m_target.openWriter(rows(), *worker.lane);
    if (writer) {
        ++m_opened;
        return std::move(*writer);
    }
    const Error &error = writer.error();
    m_shared.progress.log(
        LogEntry::Level::Error,
        Text::tr("%1, connection %2: %3").arg(resource().database).arg(worker.number).arg(error.message));
    const std::scoped_lock lock(m_mutex);
    m_openError = error.kind == Error::Kind::Locked ? Text::tr("database is locked") : error.message;
    return nullptr;
}

std::optional<Batch> TableRun::takeBatch()
{
    if (m_shared.stop.stop_requested())
        return std::nullopt;
    const size_t next = m_nextBatch++;
    if (next >= m_plan.batches.size())
        return std::nullopt;
    return m_plan.batches[next];
}

void TableRun::insert(Worker &worker, Writer &writer, const Batch &batch)
{
    BatchOutcome outcome;
    {
        const InFlightGauge::Stay inFlight(m_gauge);
        m_shared.progress.setInFlight(m_table, m_gauge.now(), m_gauge.peak());
        if (!std::exchange(worker.isAtStart, true)) {
            const WorkerLane::Stay opening(*worker.lane, WorkerState::Opening); // the others are
            m_startLine.arriveAndWait(m_shared.stop);
        }
        const std::vector<qint32> sendable = awaitParents(batch, *worker.lane, outcome);
        if (sendable.empty())
            writer.skip(batch.number);
        else
            settle(sendable, writer.write({ sendable, batch.number, batch.isWhole, batch.isThere }), outcome);
    }
    worker.lane->addRows(outcome.counts.inserted + outcome.counts.updated);
    deliver(outcome, batch.rows);
}

std::vector<qint32> TableRun::awaitParents(const Batch &batch, WorkerLane &lane, BatchOutcome &outcome)
{
    const RowPositions rows = batch.rows;
    if (resource().schema.foreignKeys.isEmpty())
        return { rows.begin(), rows.end() };
    std::vector<qint32> sendable;
    sendable.reserve(rows.size());
    size_t seen = 0;
    while (seen < rows.size() && !m_shared.stop.stop_requested()) {
        if (isSendable(rows[seen], lane, outcome))
            sendable.push_back(rows[seen]);
        ++seen;
    }
    if (m_shared.stop.stop_requested()) {
        cancel(sendable, outcome);
        cancel(rows.subspan(seen), outcome);
        return {};
    }
    if (!batch.isWhole || sendable.size() == rows.size())
        return sendable;
    failTogether(sendable, outcome);
    return {};
}

// Of rows that go in all together or not at all, another one cannot.
void TableRun::failTogether(RowPositions positions, BatchOutcome &outcome)
{
    const RowAnswer answer { RowAnswer::Kind::Failed, Text::tr("a row with which it exchanges values did not go in") };
    for (const qint32 position : positions)
        settle(position, answer, outcome);
}

bool TableRun::isSendable(qint32 position, WorkerLane &lane, BatchOutcome &outcome)
{
    const auto &parents = m_shared.validation.tables.at(m_table).parents;
    QList<Reason> reasons;
    for (int key = 0; key < resource().schema.foreignKeys.size(); ++key) {
        const qint32 parentPosition = parents[static_cast<size_t>(key)][static_cast<size_t>(position)];
        if (parentPosition == NoParent)
            continue;
        if (parentPosition == UnknownParent) {
            reasons.append(unknownParentReason(*m_shared.validation.dataset.package, m_table, key));
            continue;
        }
        const RowPlace parent { resource().schema.foreignKeys.at(key).resource, parentPosition };
        const CommitBoard::State state = await(parent, lane);
        if (state == CommitBoard::State::Cancelled) {
            settle(position, { RowAnswer::Kind::Stopped, {} }, outcome);
            return false;
        }
        if (state == CommitBoard::State::Failed)
            reasons.append(
                lostParentReason(m_shared.validation, m_table, position, key, parent, m_shared.board.message(parent)));
    }
    if (reasons.isEmpty())
        return true;
    for (const Reason &reason : std::as_const(reasons))
        reject(position, RowOutcome::Failed, reason, outcome);
    outcome.counts.add(RowOutcome::Failed);
    m_shared.board.settle({ m_table, position }, CommitBoard::State::Failed, reasons.first().message);
    return false;
}

CommitBoard::State TableRun::await(RowPlace parent, WorkerLane &lane)
{
    if (const CommitBoard::State now = m_shared.board.state(parent); now != CommitBoard::State::Pending)
        return now;
    const WorkerLane::Stay waiting(lane, WorkerState::WaitingForParents);
    return m_shared.board.await(parent, m_shared.stop);
}

} // namespace seedbed
