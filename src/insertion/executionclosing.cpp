// SPDX-License-Identifier: MIT
// The end of an Execution: closing the databases, reading them again, and the report.

#include "insertion/execution.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

} // namespace

// Whether rows that this run wrote may refer to rows of the table.
bool Execution::isReferredTo(int table, const std::vector<std::unique_ptr<TableRun>> &runs) const
{
    if (m_targets.inspection(table).isLocked)
        return false; // no row goes in whose parents are not known
    for (int child = 0; child < tableCount(); ++child) {
        const OutcomeCounts &counts = runs[static_cast<size_t>(child)]->outcome().counts;
        const QList<ForeignKey> &keys = resource(child).schema.foreignKeys;
        if (counts.inserted + counts.updated > 0
            && std::any_of(keys.cbegin(), keys.cend(),
                           [table](const ForeignKey &key) { return key.resource == table; }))
            return true;
    }
    return false;
}

void Execution::collect(const TableRun &run, int table)
{
    TableReport &report = m_report.tables[table];
    report.add(run.outcome());
    std::sort(report.rejected.begin(), report.rejected.end(),
              [](const RejectedRow &a, const RejectedRow &b) { return a.row < b.row; });
    const TableProgress progress = m_progress.progress(table);
    report.seconds = std::chrono::duration<double>(progress.seconds);
    report.peakInFlight = run.peakInFlight();
    report.lockRetries = progress.lockRetries;
    report.lockWait = std::chrono::duration<double>(progress.lockWaitSeconds);
    if (!run.hasRows())
        return;
    m_progress.log(LogEntry::Level::Info,
                   Text::tr("%1: %2 inserted, %3 updated, %4 connections, %5 in flight at once")
                       .arg(report.database)
                       .arg(run.outcome().counts.inserted)
                       .arg(run.outcome().counts.updated)
                       .arg(run.openedWorkers())
                       .arg(run.peakInFlight()));
}

// Leaves a file as other programs expect it, then looks at what it holds. What this run did not write to was looked at
// before, and is read again only where written rows refer to it. Thread: one for each table.
std::unique_ptr<TableAudit> Execution::closeTable(TableRun &run, int table)
{
    if (m_sent.at(table) == 0)
        return nullptr;
    if (!m_targets.error(table))
        m_targets.at(table).finish();
    run.decideUnknown();
    if (m_targets.at(table).isReplaced())
        run.takeBack(Text::tr("%1 was deleted or replaced by another program, and the row with it")
                         .arg(resource(table).database));
    RowIdSet in = m_in.at(table);
    in.add(run.outcome().in);
    if (in.isEmpty())
        return nullptr;
    return readAgain(table, in, run.outcome().counts.inserted + run.outcome().counts.updated > 0);
}

// Null where that was not possible, which the report says; a stop counts only where \a areRowsConcerned.
std::unique_ptr<TableAudit> Execution::readAgain(int table, const RowIdSet &in, bool areRowsConcerned)
{
    auto audit = std::make_unique<TableAudit>(m_validation, table, in, m_stop);
    Result<void> scanned = failure(Error::Kind::Stopped, Text::tr("stopped"));
    if (!m_stop.stop_requested())
        scanned = m_targets.at(table).scan({ audit->visitor(0, 2), audit->visitor(1, 2) });
    audit->close();
    if (m_stop.stop_requested())
        scanned = failure(Error::Kind::Stopped, Text::tr("stopped"));
    if (scanned) {
        m_progress.log(LogEntry::Level::Debug, Text::tr("%1: read again").arg(resource(table).database));
        return audit;
    }
    const std::scoped_lock lock(m_mutex);
    const Error &error = scanned.error();
    if (error.kind != Error::Kind::Stopped && error.kind != Error::Kind::Locked)
        m_report.auditFindings += error.message;
    else if (areRowsConcerned)
        m_report.isAudited = false;
    return nullptr;
}

void Execution::finishAudit(const std::vector<std::unique_ptr<TableAudit>> &audits)
{
    m_progress.setPhase(RunUpdate::Phase::Closing);
    for (int table = 0; table < tableCount(); ++table) {
        if (m_targets.at(table).stayedLocked())
            m_report.stayedLocked = true;
    }
    if (const auto findings = auditFindings(m_validation, audits, m_stop))
        m_report.auditFindings += *findings;
    else
        m_report.isAudited = false;
    if (!m_report.isAudited)
        m_progress.log(LogEntry::Level::Warning, Text::tr("Not every database could be read again"));
}

void Execution::finishReport()
{
    m_report.seconds = Clock::now() - m_begin;
    Q_ASSERT_X(m_report.isBalanced(), "Execution::finishReport", "a row has no outcome, or two");
    if (!m_report.isBalanced())
        m_report.auditFindings += Text::tr("the sums of this report do not match the rows that were read");
    const OutcomeCounts totals = m_report.totals();
    if (!m_report.auditFindings.isEmpty() || m_report.isRefused)
        m_report.outcome = RunReport::Outcome::Failed;
    else if (totals.cancelled > 0 || (m_stop.stop_requested() && !m_validation.isComplete))
        m_report.outcome = RunReport::Outcome::Cancelled;
    else if (totals.failed > 0)
        m_report.outcome = RunReport::Outcome::Failed;
    for (const QString &finding : std::as_const(m_report.auditFindings))
        m_progress.log(LogEntry::Level::Error, Text::tr("Audit: %1").arg(finding));
    m_progress.setPhase(RunUpdate::Phase::Done);
}

} // namespace seedbed
