// SPDX-License-Identifier: MIT
#include "validation/validator.h"

#include "base/threadcrew.h"
#include "validation/references.h"
#include "validation/tablecheck.h"
#include "validation/tableorder.h"

#include <algorithm>
#include <deque>
#include <functional>

namespace seedbed {
qsizetype TableValidation::count(RowState state) const
{
    return std::count(states.begin(), states.end(), state);
}

QList<Problem> Validation::problemsOf(int table, qsizetype position) const
{
    const RowId id = dataset.tables.at(table).rowId(position);
    const TableValidation &validation = tables.at(table);
    QList<Problem> found;
    qsizetype next = validation.firstProblem.value(id, validation.problems.size());
    for (; next < validation.problems.size() && validation.problems.at(next).row == id; ++next)
        found.append(validation.problems.at(next));
    return found;
}

const Problem *Validation::firstProblemOf(int table, RowId row) const
{
    const TableValidation &validation = tables.at(table);
    const auto found = validation.firstProblem.constFind(row);
    return found == validation.firstProblem.cend() ? nullptr : &validation.problems.at(*found);
}

bool Validation::hasConflicts() const
{
    return std::any_of(tables.cbegin(), tables.cend(), [](const TableValidation &table) {
        return std::any_of(table.problems.cbegin(), table.problems.cend(), std::mem_fn(&Problem::isConflict));
    });
}

bool Validation::isConflict(int table, qsizetype position) const
{
    const RowState state = tables.at(table).states.at(static_cast<size_t>(position));
    if (state != RowState::Wrong)
        return state == RowState::Changed;
    const QList<Problem> problems = problemsOf(table, position);
    return problems.size() == 1 && problems.constFirst().isConflict();
}

Validation validate(const Dataset &dataset, const QList<ExistingRows> &existing, int threads,
                    const std::stop_token &stop, ValidationProgress *progress, ConflictPolicy onConflict)
{
    ValidationProgress unseen;
    ValidationProgress &seen = progress != nullptr ? *progress : unseen;
    Validation validation;
    validation.dataset = dataset;
    validation.onConflict = onConflict;
    ThreadCrew crew(std::max(1, threads) - 1);

    std::deque<TableCheck> checks;
    for (int table = 0; table < dataset.tables.size(); ++table) {
        seen.rows += dataset.tables.at(table).rowCount();
        checks.emplace_back(dataset, table, existing.at(table), onConflict, stop);
    }
    const QList<TableGroup> order = tableOrder(*dataset.package);
    for (const TableGroup &group : order) {
        for (const int table : group.isCircle ? group.tables : QList<int>())
            checks[static_cast<size_t>(table)].allowNoTakeovers();
    }
    // What cannot be divided within one table is done for several at once.
    ThreadCrew tableCrew(std::max(1, threads) - 1);
    tableCrew.forEach(checks, [&](TableCheck &check) { check.check(crew, seen.done); });
    if (stop.stop_requested())
        return validation;
    std::vector<ParentRows> parents(checks.size());
    std::vector<std::vector<qint32>> levels(checks.size());
    for (const TableGroup &group : order) {
        ReferenceCheck(group, checks, parents, levels, crew, stop).check();
        for (const int table : group.tables)
            checks[static_cast<size_t>(table)].settleTakeovers();
        if (stop.stop_requested())
            return validation;
    }
    for (size_t table = 0; table < checks.size(); ++table) {
        TableValidation result = checks[table].take();
        if (stop.stop_requested())
            return validation;
        result.parents = std::move(parents[table]);
        result.levels = std::move(levels[table]);
        validation.tables.append(std::move(result));
    }
    validation.isComplete = true;
    return validation;
}

} // namespace seedbed
