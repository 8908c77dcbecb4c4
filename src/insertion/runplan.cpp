// SPDX-License-Identifier: MIT
#include "insertion/runplan.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace seedbed {
namespace {

// Larger transactions would hardly be faster and would make others wait.
constexpr qsizetype LargestBatch = 50'000;

// Fills the positions: first the rows that go in whatever becomes of others, whose number is returned, then those that
// go in together.
size_t collectRows(const TableValidation &validation, TablePlan &plan)
{
    const std::unordered_set<qint32> together(validation.together.cbegin(), validation.together.cend());
    for (size_t row = 0; row < validation.states.size(); ++row) {
        const RowState state = validation.states[row];
        if (!isToBeSent(state))
            continue;
        ++(state == RowState::Changed ? plan.counts.updated : plan.counts.inserted);
        const auto position = static_cast<qint32>(row);
        if (together.empty() || !together.contains(position))
            plan.positions.push_back(position);
    }
    const size_t apart = plan.positions.size();
    plan.positions.insert(plan.positions.end(), validation.together.cbegin(), validation.together.cend());
    return apart;
}

void addBatch(TablePlan &plan, size_t begin, size_t count, bool isThere, bool isWhole)
{
    plan.batches.push_back({ RowPositions(plan.positions).subspan(begin, count),
                             static_cast<qsizetype>(plan.batches.size()), isWhole, isThere });
}

// Rows that refer to each other within a circle of tables go level by level, and no batch spans two levels: a batch
// then waits for rows of earlier batches only, and no two batches wait for each other. Nor does one hold both new rows
// and rows to be updated: new ones alone go in at once.
TablePlan planOf(const TableValidation &validation, const RunOptions &options)
{
    TablePlan plan;
    const size_t apart = collectRows(validation, plan);
    const auto groupOf = [&validation](qint32 position) {
        const auto row = static_cast<size_t>(position);
        return std::pair(validation.levels.empty() ? 0 : validation.levels[row],
                         validation.states[row] == RowState::Changed);
    };
    const auto comesBefore = [&groupOf](qint32 a, qint32 b) { return groupOf(a) < groupOf(b); };
    const auto end = plan.positions.begin() + static_cast<std::ptrdiff_t>(apart);
    if (!std::is_sorted(plan.positions.begin(), end, comesBefore))
        std::stable_sort(plan.positions.begin(), end, comesBefore);
    const auto rows = static_cast<qsizetype>(plan.positions.size());
    const auto size =
        static_cast<size_t>(options.batchRows > 0 ? options.batchRows : batchRowsFor(rows, options.workers));
    size_t begin = 0;
    for (size_t i = 1; i <= apart; ++i) {
        const bool fits = i < apart && i - begin < size && groupOf(plan.positions[i]) == groupOf(plan.positions[begin]);
        if (fits)
            continue;
        addBatch(plan, begin, i - begin, groupOf(plan.positions[begin]).second, false);
        begin = i;
    }
    if (apart < plan.positions.size())
        addBatch(plan, apart, plan.positions.size() - apart, false, true);
    return plan;
}

} // namespace

RunPlan planOf(const Validation &validation, const RunOptions &options)
{
    RunPlan plan;
    plan.isRefused = validation.onConflict == ConflictPolicy::Fail && validation.hasConflicts();
    plan.tables.reserve(static_cast<size_t>(validation.tables.size()));
    for (const TableValidation &table : validation.tables)
        plan.tables.push_back(planOf(table, options));
    return plan;
}

qsizetype batchRowsFor(qsizetype rows, int workers)
{
    // All rounds are full: otherwise the last one would give some workers a batch more than others.
    const qsizetype mostInARound = LargestBatch * workers;
    const qsizetype rounds = std::max((rows + mostInARound - 1) / mostInARound, qsizetype(1));
    return std::max(rows / (workers * rounds), qsizetype(1));
}

} // namespace seedbed
