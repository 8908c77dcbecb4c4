// SPDX-License-Identifier: MIT
#include "gui/document/rowmarks.h"

#include <algorithm>

namespace seedbed {

void RunMarks::follow(const RunUpdate &update, int table)
{
    const OutcomeCounts &counts = update.tables.at(table).counts;
    inserted = counts.inserted + counts.updated;
    in.add(update.in.value(table));
    in.remove(edited);
    const QList<RejectedRow> rejected = update.rejected.value(table);
    for (const RejectedRow &row : rejected) {
        if (row.outcome == RowOutcome::Failed && !edited.contains(row.id))
            failed.insert(row.id, row.reasons.isEmpty() ? QString() : row.reasons.constFirst().text());
    }
}

void RunMarks::forget(const RowIdSet &rows, bool isRunning)
{
    in.remove(rows);
    failed.removeIf([&rows](const auto &row) { return rows.contains(row.key()); });
    if (isRunning)
        edited.add(rows);
}

void RowMarks::see(const std::shared_ptr<const Validation> &latest, bool sawRun)
{
    validation = latest;
    const TableValidation &found = latest->tables.at(table);
    const bool isRefused = latest->onConflict == ConflictPolicy::Fail && latest->hasConflicts();
    validated = { .rows = latest->dataset.tables.at(table).rowCount(),
                  .in = found.count(RowState::Unchanged),
                  .changed = found.count(RowState::Changed),
                  .wrong = found.count(RowState::Wrong),
                  .ready = isRefused ? 0 : found.count(RowState::Valid) + found.count(RowState::Changed) };
    if (sawRun) {
        run.in.clear();
        run.inserted = 0;
    }
}

RowCounts RowMarks::counts() const
{
    RowCounts counts = validated;
    counts.in += run.inserted;
    counts.ready = std::max<qsizetype>(0, counts.ready - run.inserted);
    return counts;
}

RowMark RowMarks::mark(RowId id, qsizetype position) const
{
    if (run.failed.contains(id))
        return RowMark::Failed;
    if (run.in.contains(id))
        return RowMark::In;
    const qsizetype seenAt = validatedPosition(id, position);
    if (seenAt < 0)
        return RowMark::None;
    switch (validation->tables.at(table).states.at(static_cast<size_t>(seenAt))) {
    case RowState::Valid:
        return RowMark::None;
    case RowState::Changed:
        return RowMark::Changed;
    case RowState::Unchanged:
        return RowMark::In;
    case RowState::Wrong:
        return validation->isConflict(table, seenAt) ? RowMark::Changed : RowMark::Problem;
    }
    Q_UNREACHABLE();
}

bool RowMarks::isWrong(RowMark mark) const
{
    return mark == RowMark::Problem || mark == RowMark::Failed
        || (mark == RowMark::Changed && validation->onConflict != ConflictPolicy::Update);
}

qsizetype RowMarks::validatedPosition(RowId id, qsizetype position) const
{
    if (!validation)
        return -1;
    const Table &seen = validation->dataset.tables.at(table);
    // Rows seldom move between two validations: mostly the row is still where it was seen.
    return position < seen.rowCount() && seen.rowId(position) == id ? position : seen.indexOf(id);
}

} // namespace seedbed
