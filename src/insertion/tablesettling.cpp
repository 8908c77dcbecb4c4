// SPDX-License-Identifier: MIT
// What becomes of the rows of a TableRun, from the answers of its target.

#include "insertion/rowsthere.h"
#include "insertion/tablerun.h"
#include "report/reasons.h"
#include "rows/rowreader.h"

#include <QCoreApplication>

#include <algorithm>
#include <exception>
#include <optional>
#include <unordered_set>
#include <utility>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::TableRun)
};

} // namespace

void TableRun::settle(RowPositions positions, const BatchAnswer &answer, BatchOutcome &outcome)
{
    if (answer.isToAll(RowAnswer::Kind::Stopped))
        return cancel(positions, outcome);
    if (!answer.isToAll(RowAnswer::Kind::Inserted)) {
        for (size_t i = 0; i < positions.size(); ++i)
            settle(positions[i], answer.at(static_cast<qsizetype>(i)), outcome);
        return;
    }
    outcome.counts.add(RowOutcome::Inserted, static_cast<qsizetype>(positions.size()));
    m_shared.board.settle(m_table, positions, CommitBoard::State::Committed);
    RowReader reader(rows());
    RowIdSet::Range ids { reader.rowId(positions.front()), reader.rowId(positions.front()) };
    for (const qint32 position : positions.subspan(1)) {
        const RowId id = reader.rowId(position);
        if (static_cast<quint64>(id) != static_cast<quint64>(ids.last) + 1) {
            outcome.in.add(ids);
            ids.first = id;
        }
        ids.last = id;
    }
    outcome.in.add(ids);
}

void TableRun::cancel(RowPositions positions, BatchOutcome &outcome)
{
    m_shared.board.settle(m_table, positions, CommitBoard::State::Cancelled);
    outcome.counts.add(RowOutcome::Cancelled, static_cast<qsizetype>(positions.size()));
    for (const qint32 position : positions)
        outcome.cancelled.add(RowNumber { static_cast<quint64>(position) + 1 });
}

void TableRun::settle(qint32 position, const RowAnswer &answer, BatchOutcome &outcome)
{
    const RowPlace place { m_table, position };
    const auto wentIn = [&](RowOutcome rowOutcome) {
        outcome.counts.add(rowOutcome);
        outcome.in.add(rows().rowId(position));
        m_shared.board.settle(place, CommitBoard::State::Committed);
    };
    switch (answer.kind) {
    case RowAnswer::Kind::Inserted:
        wentIn(RowOutcome::Inserted);
        return;
    case RowAnswer::Kind::Unchanged:
        wentIn(RowOutcome::Unchanged);
        return;
    case RowAnswer::Kind::Updated:
        wentIn(RowOutcome::Updated);
        return;
    case RowAnswer::Kind::Conflict: {
        const Problem problem { .row = rows().rowId(position),
                                .field = resource().schema.identity().first(),
                                .rule = Rule::PrimaryKey,
                                .against = Problem::Against::Target };
        const Reason reason = reasonFor(problem, m_shared.validation, m_table);
        const bool isFailed = m_shared.options.onConflict == ConflictPolicy::Fail;
        const RowOutcome rowOutcome = isFailed ? RowOutcome::Failed : RowOutcome::Skipped;
        reject(position, rowOutcome, reason, outcome);
        outcome.counts.add(rowOutcome);
        m_shared.board.settle(place, CommitBoard::State::Failed, reason.message);
        return;
    }
    case RowAnswer::Kind::Failed:
        reject(position, RowOutcome::Failed, Reason::saying(answer.message), outcome);
        outcome.counts.add(RowOutcome::Failed);
        m_shared.board.settle(place, CommitBoard::State::Failed, answer.message);
        return;
    case RowAnswer::Kind::Unknown:
        keepUnknown(position, answer);
        return;
    case RowAnswer::Kind::Stopped:
        outcome.cancelled.add(RowNumber { static_cast<quint64>(position) + 1 });
        outcome.counts.add(RowOutcome::Cancelled);
        m_shared.board.settle(place, CommitBoard::State::Cancelled);
        return;
    }
}

// It counts later. Until then nothing is built on it.
void TableRun::keepUnknown(qint32 position, const RowAnswer &answer)
{
    m_shared.board.settle({ m_table, position }, CommitBoard::State::Failed,
                          Text::tr("whether it is in %1 was not known (%2)").arg(resource().database, answer.message));
    const std::scoped_lock lock(m_mutex);
    m_unknown.emplace_back(position, answer);
}

// Of those whose worker gave them up a part may be among the unknown already.
void TableRun::keepLost()
{
    std::unordered_set<qint32> unknown;
    for (const auto &[position, answer] : m_unknown)
        unknown.insert(position);
    for (Worker &worker : m_workers) {
        const std::optional<Batch> lost = std::exchange(worker.lost, std::nullopt);
        for (const qint32 position : lost ? lost->rows : RowPositions()) {
            if (!unknown.contains(position))
                m_unknown.emplace_back(position, RowAnswer { RowAnswer::Kind::Unknown, m_noMemory });
        }
    }
}

void TableRun::decideUnknown()
{
    keepLost();
    if (m_unknown.empty())
        return;
    std::vector<qint32> positions;
    for (const auto &[position, answer] : m_unknown)
        positions.push_back(position);
    const auto there = rowsThere(m_target, resource().schema, rows(), positions);
    const auto &states = m_shared.validation.tables.at(m_table).states;
    BatchOutcome outcome;
    for (auto &[position, answer] : m_unknown) {
        if (!there) {
            answer = { RowAnswer::Kind::Failed,
                       Text::tr("%1; whether it is in all the same cannot be told: %2")
                           .arg(answer.message, there.error().message) };
        } else if (!there->contains(position)) {
            answer.kind = RowAnswer::Kind::Failed;
        } else {
            const bool isUpdate = states[static_cast<size_t>(position)] == RowState::Changed;
            answer.kind = isUpdate ? RowAnswer::Kind::Updated : RowAnswer::Kind::Inserted;
        }
        settle(position, answer, outcome);
    }
    m_unknown.clear();
    deliver(outcome, positions);
}

void TableRun::takeBack(const QString &message)
{
    BatchOutcome lost;
    for (const qint32 position : m_plan.positions) {
        if (m_outcome.in.contains(rows().rowId(position)))
            reject(position, RowOutcome::Failed, Reason::saying(message), lost);
    }
    OutcomeCounts &counts = m_outcome.counts;
    lost.counts.failed = lost.rejected.size();
    lost.counts.inserted = -std::exchange(counts.inserted, 0);
    lost.counts.updated = -std::exchange(counts.updated, 0);
    lost.counts.unchanged = -std::exchange(counts.unchanged, 0);
    counts.failed += lost.counts.failed;
    m_outcome.rejected += lost.rejected;
    m_outcome.in = {};
    m_shared.progress.add(m_table, lost);
}

void TableRun::reject(qint32 position, RowOutcome rowOutcome, const Reason &reason, BatchOutcome &outcome)
{
    const RowId id = rows().rowId(position);
    if (outcome.rejected.isEmpty() || outcome.rejected.last().id != id) {
        outcome.rejected.append({ .id = id,
                                  .row = position + 1,
                                  .key = keyText(resource().schema, rows(), position),
                                  .outcome = rowOutcome,
                                  .reasons = {} });
    }
    outcome.rejected.last().reasons.append(reason);
}

// The rows of batches that no worker took: a stop was asked, or no connection could be opened.
void TableRun::settleLeftOvers()
{
    const bool isStopped = m_shared.stop.stop_requested();
    const RowAnswer answer { isStopped ? RowAnswer::Kind::Stopped : RowAnswer::Kind::Failed,
                             isStopped ? QString() : m_openError };
    BatchOutcome outcome;
    for (size_t next = m_nextBatch++; next < m_plan.batches.size(); next = m_nextBatch++) {
        for (const qint32 position : m_plan.batches[next].rows)
            settle(position, answer, outcome);
    }
    deliver(outcome, m_plan.positions);
}

// The outcome first: once it is kept, nothing may throw that would have it looked for again.
void TableRun::deliver(const BatchOutcome &outcome, RowPositions of)
{
    if (outcome.counts.sum() == 0)
        return;
    m_shared.board.announce();
    keep(outcome);
    show(outcome, of);
}

void TableRun::keep(const BatchOutcome &outcome)
{
    const std::scoped_lock lock(m_mutex);
    try {
        m_outcome.rejected += outcome.rejected;
        m_outcome.cancelled.add(outcome.cancelled);
        m_outcome.in.add(outcome.in);
        m_outcome.counts += outcome.counts;
    } catch (const std::exception &) {
        m_isBroken = true; // a part of it may have been taken
        throw;
    }
}

void TableRun::show(const BatchOutcome &outcome, RowPositions of) noexcept
{
    try {
        m_shared.progress.add(m_table, outcome);
        m_shared.progress.setInFlight(m_table, m_gauge.now(), m_gauge.peak());
        const qsizetype committed = outcome.counts.inserted + outcome.counts.updated;
        if (committed == 0)
            return;
        const auto [first, last] = std::minmax_element(of.begin(), of.end());
        m_shared.progress.log(LogEntry::Level::Debug,
                              Text::tr("%1: %2 committed of rows %3 to %4")
                                  .arg(resource().database)
                                  .arg(committed)
                                  .arg(*first + 1)
                                  .arg(*last + 1));
    } catch (const std::exception &) { // no memory: the report says it all the same
    }
}

} // namespace seedbed
