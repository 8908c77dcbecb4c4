// SPDX-License-Identifier: MIT
#pragma once

// What is known of the rows of a table: by a validation, and by the run under way or just over. The window shows it at
// each row, and rows are picked out by it, off the GUI thread.

#include "insertion/runprogress.h"
#include "rows/rowidset.h"
#include "validation/validator.h"

#include <QHash>

#include <memory>

namespace seedbed {

/// The sign at a row. A problem outweighs being in the database. Changed: there with other values, and nothing else is
/// wrong.
enum class RowMark : quint8 { None, In, Changed, Problem, Failed };

/// How many rows of a table are in which state.
/// Thread: any (a value).
struct RowCounts {
    qsizetype rows = 0;
    qsizetype in = 0;      ///< in the database
    qsizetype changed = 0; ///< rows that the next run will update; `ready` counts them too
    qsizetype wrong = 0;   ///< with problems
    qsizetype ready = 0;   ///< rows that the next run will insert or update
};

/// What a run says of the rows of a table.
/// Thread: any (a value).
struct RunMarks {
    RowIdSet in;
    QHash<RowId, QString> failed;
    RowIdSet edited;        ///< since the run's snapshot: what the run says is not about them any more
    qsizetype inserted = 0; ///< and updated: rows that the validation does not know to be in

    /// Takes what is new of \a table.
    void follow(const RunUpdate &update, int table);
    /// Rows were edited, while it was under way or after it.
    void forget(const RowIdSet &rows, bool isRunning);
};

/// What is known of the rows of one table.
/// Thread: any (a value).
struct RowMarks {
    std::shared_ptr<const Validation> validation; ///< the latest; none before the first
    int table = 0;                                ///< its position in the validation
    RunMarks run;
    RowCounts validated; ///< of that validation

    /// Takes the latest validation. Where it saw all that the run wrote, what the run says of that goes.
    void see(const std::shared_ptr<const Validation> &latest, bool sawRun);
    /// Those of the rows as they were validated, and what the run did with them since.
    [[nodiscard]] RowCounts counts() const;
    /// \a position: where the row is now, and so most likely was when it was validated.
    [[nodiscard]] RowMark mark(RowId id, qsizetype position) const;
    /// Whether a row with this mark would not go in.
    [[nodiscard]] bool isWrong(RowMark mark) const;
    /// Where the row was when it was validated, or -1. Cost: none to speak of where that is \a position.
    [[nodiscard]] qsizetype validatedPosition(RowId id, qsizetype position) const;
};

} // namespace seedbed
