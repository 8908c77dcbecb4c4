// SPDX-License-Identifier: MIT
#pragma once

// Which rows are wrong, and why: all rules over all tables of a dataset. The same function serves the grid, the dry run
// and the run.

#include "rows/dataset.h"
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
    Wrong,     ///< has a problem, or several
};

/// What validation found in one table.
/// Thread: any (a value).
struct TableValidation {
    QList<Problem> problems;                ///< by position of the row, then in the order of the rules
    QHash<RowId, qsizetype> firstProblem;   ///< per wrong row: where its problems begin
    std::vector<RowState> states;           ///< one for each row, by position
    std::vector<std::vector<qint32>> parents; ///< per foreign key and row: the position of the row it refers to that
                                              ///< must be committed before, NoParent where it need not wait, or
                                              ///< UnknownParent where the target it is in could not be read
    std::vector<qint32> levels; ///< per row: how many rows of its own circle of tables must come before it, one after
                                ///< another; empty where no table refers back to this one

    [[nodiscard]] qsizetype count(RowState state) const;
};

/// What validation found, with the snapshot that it looked at.
/// Thread: any (a value).
struct Validation {
    Dataset dataset;
    QList<TableValidation> tables; ///< as many as the dataset has; fewer only where a stop was asked
    bool isComplete = false;       ///< false: a stop was asked

    /// The problems of one row in their order. \a position: its position in the table.
    [[nodiscard]] QList<Problem> problemsOf(int table, qsizetype position) const;

    /// As describe(), with the cause and what is wrong with it: "FIELD 8 not found (TABLE row 8: duplicate FIELD)".
    [[nodiscard]] QString describeWithCause(const Problem &problem, int table) const;
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
[[nodiscard]] Validation validate(const Dataset &dataset, const QList<ExistingRows> &existing, int threads,
                                  const std::stop_token &stop = {}, ValidationProgress *progress = nullptr);

} // namespace seedbed
