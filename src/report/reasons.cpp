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
    const QList<Problem> causes = validation.problemsOf(problem.causeTable, position);
    if (!causes.isEmpty() && problem.rule == Rule::ForeignKey && problem.against != Problem::Against::Circle)
        reason.causeMessage = describe(causes.first(), dataset, problem.causeTable);
    return reason;
}

QString keyText(const TableSchema &schema, const Table &rows, qsizetype position)
{
    QStringList parts;
    for (const int field : schema.identity())
        parts += QString::fromUtf8(rows.cell(position, field));
    return parts.join(QStringLiteral(", "));
}

QList<RejectedRow> skippedRows(const Validation &validation, int table)
{
    const TableValidation &found = validation.tables.at(table);
    const Table &rows = validation.dataset.tables.at(table);
    const TableSchema &schema = validation.dataset.package->resources.at(table).schema;
    QList<RejectedRow> skipped;
    for (qsizetype position = 0; position < rows.rowCount(); ++position) {
        if (found.states[static_cast<size_t>(position)] != RowState::Wrong)
            continue;
        RejectedRow row { .id = rows.rowId(position),
                          .row = position + 1,
                          .key = keyText(schema, rows, position),
                          .outcome = RowOutcome::Skipped,
                          .reasons = {} };
        const QList<Problem> problems = validation.problemsOf(table, position);
        for (const Problem &problem : problems) {
            row.reasons.append(reasonFor(problem, validation, table));
            if (problem.isUndecided() || (problem.isConflict() && validation.onConflict == ConflictPolicy::Fail))
                row.outcome = RowOutcome::Failed;
        }
        skipped.append(row);
    }
    return skipped;
}

} // namespace seedbed
