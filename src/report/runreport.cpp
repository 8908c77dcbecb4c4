// SPDX-License-Identifier: MIT
#include "report/runreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

} // namespace

Reason Reason::saying(const QString &message)
{
    Reason reason;
    reason.message = message;
    return reason;
}

QString Reason::text() const
{
    if (causeResource.isEmpty())
        return message;
    const QString cause = Text::tr("%1 row %2").arg(causeResource).arg(causeRow);
    if (causeMessage.isEmpty())
        return Text::tr("%1 (%2)", "a reason and the row that is its cause").arg(message, cause);
    return Text::tr("%1 (%2: %3)", "a reason, the row that is its cause, and what is wrong with that")
        .arg(message, cause, causeMessage);
}

void OutcomeCounts::add(RowOutcome outcome, qsizetype rows)
{
    switch (outcome) {
    case RowOutcome::Inserted:
        inserted += rows;
        return;
    case RowOutcome::Unchanged:
        unchanged += rows;
        return;
    case RowOutcome::Updated:
        updated += rows;
        return;
    case RowOutcome::Skipped:
        skipped += rows;
        return;
    case RowOutcome::Failed:
        failed += rows;
        return;
    case RowOutcome::Cancelled:
        cancelled += rows;
        return;
    }
}

OutcomeCounts &OutcomeCounts::operator+=(const OutcomeCounts &other)
{
    inserted += other.inserted;
    unchanged += other.unchanged;
    updated += other.updated;
    skipped += other.skipped;
    failed += other.failed;
    cancelled += other.cancelled;
    return *this;
}

void TableReport::add(const BatchOutcome &outcome)
{
    counts += outcome.counts;
    rejected += outcome.rejected;
    cancelled.add(outcome.cancelled);
}

QString cancelledReason(const RunReport &report)
{
    return report.isRefused ? Text::tr("nothing was written") : Text::tr("the run was stopped before its turn");
}

QString refusedReason()
{
    return Text::tr("Nothing was written, as there are keys in the databases with other values");
}

OutcomeCounts RunReport::totals() const
{
    OutcomeCounts sum;
    for (const TableReport &table : tables)
        sum += table.counts;
    return sum;
}

bool RunReport::leaveOutRejected()
{
    bool isAnyLeftOut = false;
    for (TableReport &table : tables) {
        table.rejected.resize(std::min(table.rejected.size(), MostRejectedAfterStop));
        isAnyLeftOut = isAnyLeftOut || table.rejectedLeftOut() > 0;
    }
    return isAnyLeftOut;
}

bool RunReport::isBalanced() const
{
    return std::all_of(tables.cbegin(), tables.cend(), [](const TableReport &table) { return table.isBalanced(); });
}

QString outcomeName(RowOutcome outcome)
{
    switch (outcome) {
    case RowOutcome::Inserted:
        return QStringLiteral("inserted");
    case RowOutcome::Unchanged:
        return QStringLiteral("unchanged");
    case RowOutcome::Updated:
        return QStringLiteral("updated");
    case RowOutcome::Skipped:
        return QStringLiteral("skipped");
    case RowOutcome::Failed:
        return QStringLiteral("failed");
    case RowOutcome::Cancelled:
        return QStringLiteral("cancelled");
    }
    Q_UNREACHABLE();
}

QString outcomeName(RunReport::Outcome outcome)
{
    switch (outcome) {
    case RunReport::Outcome::Completed:
        return QStringLiteral("completed");
    case RunReport::Outcome::Cancelled:
        return QStringLiteral("cancelled");
    case RunReport::Outcome::Failed:
        return QStringLiteral("failed");
    }
    Q_UNREACHABLE();
}

} // namespace seedbed
