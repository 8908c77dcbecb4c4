// SPDX-License-Identifier: MIT
#pragma once

// Which rows are wrong, and why: all rules over all tables of a dataset. The same function serves the grid, the dry run
// and the run.

#include "rows/dataset.h"
#include "validation/conflictpolicy.h"
#include "validation/existingrows.h"
#include "validation/problem.h"

#include <QHash>
#include <QList>

#include <atomic>
#include <stop_token>
#include <vector>

namespace seedbed {

/// In place of the position of a row that must be committed before.
constexpr qint32 NoParent = -1;
constexpr qint32 UnknownParent = -2;

/// What is to become of a row.
enum class RowState : quint8 {
    Valid,     ///< may go in
    Unchanged, ///< is in the target with these very values
    Changed,   ///< is in the target with other values, and may be updated to these
    Wrong,     ///< has a problem, or several
};

/// Whether a run sends such rows to the target.
[[nodiscard]] constexpr bool isToBeSent(RowState state)
{
    return state == RowState::Valid || state == RowState::Changed;
}

/// What validation found in one table.
/// Thread: any (a value).
struct TableValidation {
    QList<Problem> problems;                  ///< by position of the row, then in the order of the rules
    QHash<RowId, qsizetype> firstProblem;     ///< per wrong row: where its problems begin
    std::vector<RowState> states;             ///< one for each row, by position
    std::vector<std::vector<qint32>> parents; ///< per foreign key and row: the position of the row it refers to that
                                              ///< must be committed before, NoParent where it need not wait, or
                                              ///< UnknownParent where the target it is in could not be read
    std::vector<qint32> levels;   ///< per row: how many rows of its own circle of tables must come before it, one after
                                  ///< another; empty where no table refers back to this one
    std::vector<qint32> together; ///< positions of rows that exchange unique values; written in this order, in one
                                  ///< transaction

    [[nodiscard]] qsizetype count(RowState state) const;
};

/// What validation found, with the snapshot that it looked at.
/// Thread: any (a value).
struct Validation {
    Dataset dataset;
    QList<TableValidation> tables;                    ///< as many as the dataset has; fewer only where a stop was asked
    bool isComplete = false;                          ///< false: a stop was asked
    ConflictPolicy onConflict = ConflictPolicy::Skip; ///< for which it was made

    /// The problems of one row in their order. \a position: its position in the table.
    [[nodiscard]] QList<Problem> problemsOf(int table, qsizetype position) const;

    /// The first problem of a row, or null: without a copy of all the others, which may be as many as fields.
    [[nodiscard]] const Problem *firstProblemOf(int table, RowId row) const;

    /// Whether a key in any table is in its target with other values, as a problem.
    [[nodiscard]] bool hasConflicts() const;
    /// Whether nothing is wrong with a row but that its key is in the target with other values: it is Changed, or would
    /// be under another policy.
    [[nodiscard]] bool isConflict(int table, qsizetype position) const;
};

/// How far a validation is; written while it goes on, read by whoever shows it.
/// Thread: any.
struct ValidationProgress {
    std::atomic<qsizetype> rows = 0; ///< of all tables
    std::atomic<qsizetype> done = 0; ///< rows whose cells were looked at
};

/// Applies all rules: each cell by itself; uniqueness inside each table, where of the rows whose cells are right the
/// first keeps the value; uniqueness and key against the targets; references, parents first.
/// \a existing: as many as tables; those of a target that is absent or unknown have no rows.
/// \a threads: how many work on it; the result does not depend on it, nor on how the tables are cut into chunks.
/// \a onConflict: unless it is Update, a key that is in the target with other values is a problem.
[[nodiscard]] Validation validate(const Dataset &dataset, const QList<ExistingRows> &existing, int threads,
                                  const std::stop_token &stop = {}, ValidationProgress *progress = nullptr,
                                  ConflictPolicy onConflict = ConflictPolicy::Skip);

} // namespace seedbed
