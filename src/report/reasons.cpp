// SPDX-License-Identifier: MIT
#include "report/reasons.h"

namespace seedbed {

Reason reasonFor(const Problem &problem, const Validation &validation, int table)
{
    const Dataset &dataset = validation.dataset;
    const Package &package = *dataset.package;
    Reason reason;
    if (problem.field >= 0)
        reason.field = package.resources.at(table).schema.fields.at(problem.field).name;
    reason.rule = ruleName(problem.rule);
    reason.message = describe(problem, dataset, table);
    if (problem.causeTable < 0)
        return reason;
    const qsizetype position = dataset.tables.at(problem.causeTable).indexOf(problem.cause);
    reason.causeResource = package.resources.at(problem.causeTable).name;
    reason.causeRow = position + 1;
    const Problem *const cause = validation.firstProblemOf(problem.causeTable, problem.cause);
    if (cause != nullptr && problem.rule == Rule::ForeignKey && problem.against != Problem::Against::Circle)
        reason.causeMessage = describe(*cause, dataset, problem.causeTable);
    return reason;
}

QString keyText(const TableSchema &schema, const Table &rows, qsizetype position)
{
    QStringList parts;
    for (const int field : schema.identity())
        parts += QString::fromUtf8(rows.cell(position, field));
    return parts.join(QStringLiteral(", "));
}

namespace {

// What becomes of a row with this problem: of several the worst counts.
RowOutcome outcomeOf(const Problem &problem, ConflictPolicy onConflict)
{
    const bool isFailed = problem.isUndecided() || (problem.isConflict() && onConflict == ConflictPolicy::Fail);
    return isFailed ? RowOutcome::Failed : RowOutcome::Skipped;
}

} // namespace

QList<RejectedRow> skippedRows(const Validation &validation, int table, const std::stop_token &stop)
{
    const TableValidation &found = validation.tables.at(table);
    const Table &rows = validation.dataset.tables.at(table);
    const TableSchema &schema = validation.dataset.package->resources.at(table).schema;
    QList<RejectedRow> skipped;
    for (qsizetype position = 0; position < rows.rowCount(); ++position) {
        if (found.states[static_cast<size_t>(position)] != RowState::Wrong)
            continue;
        if (skipped.size() >= MostRejectedAfterStop && stop.stop_requested())
            break;
        RejectedRow row { .id = rows.rowId(position),
                          .row = position + 1,
                          .key = keyText(schema, rows, position),
                          .outcome = RowOutcome::Skipped,
                          .reasons = {} };
        const QList<Problem> problems = validation.problemsOf(table, position);
        for (const Problem &problem : problems) {
            row.reasons.append(reasonFor(problem, validation, table));
            if (outcomeOf(problem, validation.onConflict) == RowOutcome::Failed)
                row.outcome = RowOutcome::Failed;
        }
        skipped.append(row);
    }
    return skipped;
}

OutcomeCounts skippedCounts(const Validation &validation, int table)
{
    const TableValidation &found = validation.tables.at(table);
    OutcomeCounts counts;
    for (qsizetype first = 0, next = 0; first < found.problems.size(); first = next) {
        RowOutcome outcome = RowOutcome::Skipped;
        for (; next < found.problems.size() && found.problems.at(next).row == found.problems.at(first).row; ++next) {
            if (outcomeOf(found.problems.at(next), validation.onConflict) == RowOutcome::Failed)
                outcome = RowOutcome::Failed;
        }
        counts.add(outcome);
    }
    return counts;
}

} // namespace seedbed
