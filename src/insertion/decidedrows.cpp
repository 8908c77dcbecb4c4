// SPDX-License-Identifier: MIT
#include "insertion/decidedrows.h"

#include "report/reasons.h"
#include "rows/rowreader.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

constexpr qsizetype MostLines = 20;

} // namespace

BatchOutcome decidedRows(const Validation &validation, int table, const std::stop_token &stop)
{
    BatchOutcome outcome;
    outcome.counts = skippedCounts(validation, table);
    outcome.rejected = skippedRows(validation, table, stop);
    const auto &states = validation.tables.at(table).states;
    RowReader reader(validation.dataset.tables.at(table));
    for (size_t position = 0; position < states.size(); ++position) {
        if (states[position] == RowState::Unchanged)
            outcome.in.add(reader.rowId(static_cast<qsizetype>(position)));
    }
    outcome.counts.unchanged = outcome.in.count();
    return outcome;
}

BatchOutcome cancelledRows(const Table &rows)
{
    BatchOutcome outcome;
    outcome.counts.cancelled = rows.rowCount();
    if (rows.rowCount() > 0)
        outcome.cancelled.add({ RowNumber { 1 }, RowNumber { static_cast<quint64>(rows.rowCount()) } });
    return outcome;
}

BatchOutcome refusedRows(const Validation &validation, int table)
{
    BatchOutcome outcome;
    const auto &states = validation.tables.at(table).states;
    for (size_t row = 0; row < states.size(); ++row) {
        if (states[row] == RowState::Valid)
            outcome.cancelled.add(RowNumber { row + 1 });
    }
    outcome.counts.cancelled = outcome.cancelled.count();
    return outcome;
}

QStringList skippedLines(const Resource &resource, const QList<RejectedRow> &rows)
{
    QStringList lines;
    for (const RejectedRow &row : rows.first(std::min(rows.size(), MostLines))) {
        QStringList reasons;
        for (const Reason &reason : row.reasons)
            reasons += reason.text();
        lines += Text::tr("%1 row %2 %3: %4", "a table, a row's number, what became of it and why")
                     .arg(resource.name)
                     .arg(row.row)
                     .arg(outcomeName(row.outcome), reasons.join(QStringLiteral(", ")));
    }
    if (rows.size() > MostLines)
        lines += Text::tr("%1: and %2 more rows, see the report").arg(resource.name).arg(rows.size() - MostLines);
    return lines;
}

} // namespace seedbed
