// SPDX-License-Identifier: MIT
#pragma once

// What a run did, row by row and in sums. It is filled from what the databases answered. As text and JSON: see
// report/reporttext.h and report/reportjson.h.

#include "report/rowchange.h"
#include "rows/rowidset.h"
#include "rows/table.h"
#include "validation/conflictpolicy.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>

namespace seedbed {

/// What became of a row.
enum class RowOutcome : quint8 {
    Inserted,  ///< its COMMIT returned
    Unchanged, ///< it was in the database with the same values
    Updated,   ///< it was in the database with other values, and has these now
    Skipped,   ///< it has problems and was not sent
    Failed,    ///< the database did not take it
    Cancelled, ///< the run was stopped before its turn
};

/// One reason why a row did not go in, in words.
/// Thread: any (a value).
struct Reason {
    QString field;          ///< empty for the whole row
    QString rule;           ///< a word of Table Schema; empty for what a database said
    QString message;        ///< "user_id 8 not found"
    QString causeResource;  ///< the table of the row that is the cause; empty where there is none
    qsizetype causeRow = 0; ///< its number, from 1
    QString causeMessage;   ///< what is wrong with it

    /// A reason that is a message alone: what a database said.
    [[nodiscard]] static Reason saying(const QString &message);

    /// The message with its cause: "FIELD 8 not found (TABLE row 8: duplicate FIELD)".
    [[nodiscard]] QString text() const;
};

/// A row that did not go in.
/// Thread: any (a value).
struct RejectedRow {
    RowId id = RowId::None;
    qsizetype row = 0; ///< its number, from 1, in the snapshot
    QString key;       ///< the text of its key cells, joined by ", "
    RowOutcome outcome = RowOutcome::Skipped;
    QList<Reason> reasons;
};

/// The number of a row in the snapshot, from 1.
enum class RowNumber : quint64 {};
/// How many rejected rows of a table a report lists after a stop, where listing all may take its time. The counts are
/// of all of them.
constexpr qsizetype MostRejectedAfterStop = 1000;

/// Rows by their numbers.
/// Thread: any (a value).
using RowNumberSet = RangeSet<RowNumber>;

/// How many rows came to which end.
/// Thread: any (a value).
struct OutcomeCounts {
    qsizetype inserted = 0;
    qsizetype unchanged = 0;
    qsizetype updated = 0;
    qsizetype skipped = 0;
    qsizetype failed = 0;
    qsizetype cancelled = 0;

    [[nodiscard]] qsizetype sum() const { return inserted + unchanged + updated + skipped + failed + cancelled; }
    void add(RowOutcome outcome, qsizetype rows = 1);
    OutcomeCounts &operator+=(const OutcomeCounts &other);
    friend bool operator==(const OutcomeCounts &, const OutcomeCounts &) = default;
};

/// What became of the rows of a batch: counts, and the rows that did not go in. Those that were cancelled all have the
/// same reason, and may be all there are: they are told of by number.
/// Thread: any (a value).
struct BatchOutcome {
    OutcomeCounts counts;
    QList<RejectedRow> rejected; ///< skipped and failed
    RowIdSet in;                 ///< the rows that are in the database now: inserted, unchanged, updated
    RowNumberSet cancelled;
};

/// What became of one table.
/// Thread: any (a value).
struct TableReport {
    QString resource;
    QString title;
    QString database; ///< the file's name
    QString table;
    qsizetype read = 0; ///< rows
    OutcomeCounts counts;
    std::chrono::duration<double> seconds { 0 }; ///< from the first worker's start to the last one's end
    int workers = 0;
    int peakInFlight = 0; ///< insertions under way at once, at most
    qsizetype lockRetries = 0;
    std::chrono::duration<double> lockWait { 0 }; ///< spent waiting for other programs' locks
    QList<RejectedRow> rejected;                  ///< by row; skipped and failed
    RowNumberSet cancelled;                       ///< the run was stopped before their turn, or refused
    QList<RowChange> changes;                     ///< of a dry run: what it would update, the first of them, by row

    void add(const BatchOutcome &outcome);
    [[nodiscard]] bool isBalanced() const { return read == counts.sum(); }

    /// How many skipped and failed rows are not in `rejected`, as the run was stopped.
    [[nodiscard]] qsizetype rejectedLeftOut() const { return counts.skipped + counts.failed - rejected.size(); }
};

/// The sum of a run.
/// Thread: any (a value).
struct RunReport {
    enum class Outcome : quint8 { Completed, Cancelled, Failed };

    QString package;
    QString into; ///< the folder of the databases
    Outcome outcome = Outcome::Completed;
    QDateTime started; ///< UTC
    std::chrono::duration<double> seconds { 0 };
    bool isDryRun = false;
    ConflictPolicy onConflict = ConflictPolicy::Skip;
    bool isRefused = false;    ///< it was to fail at a conflict, and there is one: nothing was written
    bool stayedLocked = false; ///< a database was locked by another program until the limit
    QList<TableReport> tables;
    bool isAudited = true;     ///< false where a stop kept a file that was written from being read again
    QStringList auditFindings; ///< where the files do not show what is reported; empty is good

    [[nodiscard]] OutcomeCounts totals() const;
    /// After a stop: leaves out of each table's rejected rows what is beyond MostRejectedAfterStop. Returns whether
    /// there was any.
    bool leaveOutRejected();
    /// Whether in every table read = inserted + unchanged + updated + skipped + failed + cancelled.
    [[nodiscard]] bool isBalanced() const;
};

/// Why a cancelled row did not go in.
[[nodiscard]] QString cancelledReason(const RunReport &report);
/// Why a run that was refused wrote nothing.
[[nodiscard]] QString refusedReason();

/// The outcome's word in a report: "inserted", "skipped", …
[[nodiscard]] QString outcomeName(RowOutcome outcome);
[[nodiscard]] QString outcomeName(RunReport::Outcome outcome);

} // namespace seedbed
