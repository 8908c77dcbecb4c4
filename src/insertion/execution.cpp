// SPDX-License-Identifier: MIT
#include "insertion/execution.h"

#include "base/memorylimit.h"
#include "insertion/decidedrows.h"
#include "insertion/haltonexception.h"
#include "insertion/targetfolder.h"
#include "insertion/updatepreview.h"
#include "report/reasons.h"

#include <QCoreApplication>
#include <QDir>
#include <QThread>

#include <algorithm>
#include <new>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

} // namespace

Result<RunReport> Execution::run()
{
    beginReport();
    m_targets.checkNames();
    if (const auto error = m_targets.firstError())
        return tl::unexpected(*error);
    if (const auto taken = m_options.isDryRun ? checkFolderLock(m_options.into) : takeFolder(); !taken)
        return tl::unexpected(taken.error());
    m_progress.setPhase(RunUpdate::Phase::Checking);
    m_targets.inspect();
    if (const auto error = m_targets.firstError())
        return tl::unexpected(*error);
    if (m_options.isDryRun || m_options.onConflict == ConflictPolicy::Fail) {
        if (const auto error = m_targets.lockError(); error && !m_stop.stop_requested())
            return tl::unexpected(*error);
    }

    if (!hasMemoryFor(memoryInUse())) // what is known of the rows takes about as much as they do
        return tl::unexpected(notEnoughMemory());
    m_progress.setPhase(RunUpdate::Phase::Validating);
    validateSnapshot();
    if (!m_validation.isComplete) {
        cancelRest();
    } else {
        const RunPlan plan = planOf(m_validation, m_options);
        if (plan.isRefused)
            countRefused();
        else if (m_options.isDryRun)
            show(plan);
        else if (const auto executed = execute(plan); !executed)
            return tl::unexpected(executed.error());
    }
    finishReport();
    return m_report;
}

void Execution::beginReport()
{
    m_report.package = m_snapshot.package->name;
    m_report.into = QDir(m_options.into).absolutePath();
    m_report.started = QDateTime::currentDateTimeUtc();
    m_report.isDryRun = m_options.isDryRun;
    m_report.onConflict = m_options.onConflict;
    m_in.resize(tableCount());
    m_sent.fill(0, tableCount());
    for (int table = 0; table < tableCount(); ++table) {
        TableReport report;
        report.resource = resource(table).name;
        report.title = resource(table).title;
        report.database = resource(table).database;
        report.table = resource(table).table;
        report.read = m_snapshot.tables.at(table).rowCount();
        report.workers = m_options.workers;
        m_report.tables.append(report);
        m_progress.setRead(table, report.read);
    }
}

Result<void> Execution::takeFolder()
{
    if (auto made = makeFolder(m_options.into); !made)
        return made;
    auto lock = lockFolder(m_options.into, m_options.lockTimeout, m_progress, m_stop);
    if (!lock)
        return tl::unexpected(lock.error());
    m_lock = std::move(*lock);
    return {};
}

void Execution::validateSnapshot()
{
    if (!m_stop.stop_requested())
        m_validation = validate(m_snapshot, m_targets.rows(), QThread::idealThreadCount(), m_stop,
                                &m_progress.validation(), m_options.onConflict);
}

// Wrong rows are skipped, those that are in the target are left alone.
void Execution::countDecided()
{
    std::vector<BatchOutcome> outcomes(static_cast<size_t>(tableCount()));
    m_targets.forEach(
        [&](int table) { outcomes[static_cast<size_t>(table)] = decidedRows(m_validation, table, m_stop); });
    for (int table = 0; table < tableCount(); ++table) {
        const BatchOutcome &outcome = outcomes[static_cast<size_t>(table)];
        count(table, outcome);
        m_in[table].add(outcome.in);
        for (const QString &line : skippedLines(resource(table), outcome.rejected))
            m_progress.logRow(line);
    }
}

// A stop before validation was done: no row was decided.
void Execution::cancelRest()
{
    for (int table = 0; table < tableCount(); ++table)
        count(table, cancelledRows(m_snapshot.tables.at(table)));
}

// A dry run counts as inserted what a run would insert.
void Execution::show(const RunPlan &plan)
{
    countDecided();
    for (int table = 0; table < tableCount(); ++table) {
        BatchOutcome outcome;
        outcome.counts = plan.tables[static_cast<size_t>(table)].counts;
        count(table, outcome);
    }
    previewChanges();
}

// The run was to fail at a conflict, and there is one: what would have gone in is left out.
void Execution::countRefused()
{
    m_report.isRefused = true;
    countDecided();
    for (int table = 0; table < tableCount(); ++table)
        count(table, refusedRows(m_validation, table));
    m_progress.log(LogEntry::Level::Error, refusedReason());
}

void Execution::count(int table, const BatchOutcome &outcome)
{
    m_report.tables[table].add(outcome);
    m_progress.add(table, outcome);
}

void Execution::previewChanges()
{
    for (int table = 0; table < tableCount(); ++table) {
        if (m_report.tables.at(table).counts.updated == 0)
            continue;
        if (const auto changes = changesIn(m_validation, table, m_targets.at(table), MostPreviewedRows, m_stop))
            m_report.tables[table].changes = changes->first;
        else
            m_progress.log(LogEntry::Level::Warning, changes.error().message);
    }
}

Result<void> Execution::execute(const RunPlan &plan)
{
    m_progress.setPhase(RunUpdate::Phase::Inserting);
    QList<qsizetype> rowCounts;
    for (const Table &table : m_snapshot.tables)
        rowCounts.append(table.rowCount());
    CommitBoard board(rowCounts);
    const TableRun::Shared shared { m_validation, m_options, board, m_progress, m_stop, m_halt };
    std::vector<std::unique_ptr<TableRun>> runs;
    for (int table = 0; table < tableCount(); ++table) {
        runs.push_back(
            std::make_unique<TableRun>(shared, table, plan.tables[static_cast<size_t>(table)], m_targets.at(table)));
        m_sent[table] = m_targets.inspection(table).isLocked ? 0 : runs.back()->rowCount();
    }
    if (auto started = startThreads(runs); !started)
        return started;
    const HaltOnException guard(m_halt); // its workers are waited for
    m_targets.prepare(m_sent);
    begin(runs);
    countDecided(); // while the others are written
    // A table that is done is closed and looked at while others are still written.
    std::vector<std::unique_ptr<TableAudit>> audits(static_cast<size_t>(tableCount()));
    m_targets.forEach([&](int table) {
        runs[static_cast<size_t>(table)]->wait();
        audits[static_cast<size_t>(table)] = closeTable(*runs[static_cast<size_t>(table)], table);
    });
    // Another program may have deleted a parent while its children were written.
    m_targets.forEach([&](int table) {
        std::unique_ptr<TableAudit> &audit = audits[static_cast<size_t>(table)];
        if (!isReferredTo(table, runs) || (audit && !m_targets.at(table).mayHaveChanged()))
            return;
        RowIdSet in = m_in.at(table);
        in.add(runs[static_cast<size_t>(table)]->outcome().in);
        audit = readAgain(table, in, true);
    });
    for (int table = 0; table < tableCount(); ++table)
        collect(*runs[static_cast<size_t>(table)], table);
    finishAudit(audits);
    if (std::any_of(runs.cbegin(), runs.cend(), [](const auto &run) { return run->isBroken(); }))
        throw std::bad_alloc();
    return {};
}

// Before anything is written: a table for which there is no thread would have to be left out.
Result<void> Execution::startThreads(const std::vector<std::unique_ptr<TableRun>> &runs)
{
    std::vector<TableRun *> sending;
    for (int table = 0; table < tableCount(); ++table) {
        if (m_sent.at(table) > 0)
            sending.push_back(runs[static_cast<size_t>(table)].get());
    }
    if (auto started = startWorkers(sending, m_progress); !started)
        return started;
    for (int table = 0; table < tableCount(); ++table) {
        if (m_sent.at(table) > 0)
            m_report.tables[table].workers = runs[static_cast<size_t>(table)]->workers();
    }
    return {};
}

void Execution::begin(const std::vector<std::unique_ptr<TableRun>> &runs)
{
    for (int table = 0; table < tableCount(); ++table) {
        TableRun &run = *runs[static_cast<size_t>(table)];
        const auto &error = m_targets.error(table);
        const bool isLocked = m_targets.inspection(table).isLocked || (error && error->kind == Error::Kind::Locked);
        if (isLocked)
            run.fail(Text::tr("database is locked"));
        else if (error)
            run.fail(error->message);
        else if (run.hasRows())
            run.start();
    }
}

} // namespace seedbed
