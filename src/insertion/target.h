// SPDX-License-Identifier: MIT
#pragma once

// The small interface between a run and a kind of database: look at it, make it ready, write batches, close it. Nothing
// here or above knows which kind it is.

#include "base/result.h"
#include "insertion/runprogress.h"
#include "package/package.h"
#include "rows/table.h"
#include "validation/conflictpolicy.h"
#include "validation/existingrows.h"
#include "validation/value.h"

#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>

namespace seedbed {

/// What a database answered to one row.
/// Thread: any (a value).
struct RowAnswer {
    enum class Kind : quint8 {
        Inserted,  ///< and durable: its COMMIT returned
        Unchanged, ///< it was there with the same values
        Updated,   ///< it was there with other values, and has these now, as durable
        Conflict,  ///< it was there with other values
        Failed,    ///< `message` says why
        Unknown,   ///< its COMMIT failed, and may have come through all the same; `message` says why it failed
        Stopped,   ///< a stop was asked before it was written
    };

    Kind kind = Kind::Failed;
    QString message;
};

/// What a database answered to the rows of a batch, in their order.
/// Thread: any (a value).
class BatchAnswer final
{
public:
    /// One answer to all rows, or one to each.
    explicit BatchAnswer(RowAnswer toAll)
        : m_toAll(std::move(toAll))
    {
    }
    explicit BatchAnswer(QList<RowAnswer> toEach)
        : m_toEach(std::move(toEach))
    {
    }

    /// Whether \a kind is the one answer to all rows.
    [[nodiscard]] bool isToAll(RowAnswer::Kind kind) const { return m_toEach.isEmpty() && m_toAll.kind == kind; }
    [[nodiscard]] const RowAnswer &at(qsizetype row) const { return m_toEach.isEmpty() ? m_toAll : m_toEach.at(row); }

private:
    RowAnswer m_toAll;
    QList<RowAnswer> m_toEach;
};

/// Positions in the table of the snapshot.
using RowPositions = std::span<const qint32>;

/// Rows that are written in one transaction.
/// Thread: any; \a rows must stay.
struct Batch {
    RowPositions rows;
    qsizetype number = 0; ///< counts the batches of a target from 0
    bool isWhole = false; ///< all of its rows go in, or none
    bool isThere = false; ///< the keys of its rows are in the target: they are updated, and none is inserted
};

/// Writes batches into one target over a connection of its own.
/// Thread: one per worker; made, used and destroyed in the thread that opened it.
class Writer
{
public:
    virtual ~Writer() = default;

    /// Writes \a batch and returns an answer for each of its rows. Blocks until it is the batch's turn, and while
    /// another program holds the database, up to the limit. The turns are in the order of the numbers; each comes once,
    /// here or to skip().
    [[nodiscard]] virtual BatchAnswer write(const Batch &batch) = 0;
    /// Nothing of this batch is to be written.
    virtual void skip(qsizetype number) = 0;
};

/// What a target is before a run.
/// Thread: any (a value).
struct Inspection {
    bool isLocked = false; ///< another program kept it locked until the limit; nothing is known of its rows
    QByteArray place;      ///< what tells the database from all others, whatever its name; empty where it is absent
    ExistingRows rows;
};

/// A row of a database, while it is looked at.
/// Thread: that of the visit.
class StoredRow
{
public:
    virtual ~StoredRow() = default;

    /// What is stored, as a value of \a field. What is no value of it (a text in an integer field, a blob) comes as a
    /// Text that no cell has. A text is a view of the row's, good during the visit.
    [[nodiscard]] virtual Value value(int field) const = 0;
    /// Whether that is the value of \a cell, the text of a cell of the field in the package.
    [[nodiscard]] virtual bool holds(int field, QByteArrayView cell) const = 0;
};

/// Looks at the row that is stored under the key of the row at \a position.
using FoundVisitor = std::function<void(qint32 position, const StoredRow &row)>;

/// Looks at a row.
using RowVisitor = std::function<void(const StoredRow &)>;

/// The table of a database that a resource goes to.
/// Thread: any; each function by one thread at a time, openWriter() by all workers at once.
class Target
{
public:
    virtual ~Target() = default;

    /// Whether there can be a target of this name at all, asked before even its folder is made.
    /// Errors: Refused.
    [[nodiscard]] virtual Result<void> checkName() const = 0;

    /// Looks at the target without changing or creating anything.
    /// Errors: Refused or Unwritable, naming the file and what to do.
    [[nodiscard]] virtual Result<Inspection> inspect() = 0;

    /// Makes the target ready for writers of as many rows: creates what is absent.
    /// Errors: Locked after the limit; Unwritable.
    [[nodiscard]] virtual Result<void> prepare(qsizetype rowCount) = 0;

    /// Opens a connection for the calling thread, which writes rows of \a rows and tells \a lane what it waits for and
    /// when it writes. Both must outlive the writer.
    /// Errors: Locked after the limit; Unwritable.
    [[nodiscard]] virtual Result<std::unique_ptr<Writer>> openWriter(const Table &rows, WorkerLane &lane) = 0;

    /// Hands every row that is there to one of \a visitors. Each visitor is called by one thread at a time, and not by
    /// the thread of another. Errors: Locked after the limit; Stopped, once a stop is asked; Unwritable.
    [[nodiscard]] virtual Result<void> scan(const QList<RowVisitor> &visitors) = 0;

    /// Hands to \a visitor what is stored under the keys of \a rows at \a positions, until \a stop is asked, which is
    /// not the target's own; a row may come twice. Where the target is absent nothing is. Changes and creates nothing.
    /// Errors: Locked after the limit; Refused, Unwritable.
    [[nodiscard]] virtual Result<void> find(const Table &rows, RowPositions positions, const FoundVisitor &visitor,
                                            const std::stop_token &stop) = 0;

    /// Leaves the target as other programs expect it, when all writers are gone.
    virtual void finish() = 0;

    /// Whether another program kept the database locked until the limit.
    [[nodiscard]] virtual bool stayedLocked() const = 0;

    /// Whether what was prepared is no longer in its place: what was written went with it.
    [[nodiscard]] virtual bool isReplaced() const = 0;

    /// Whether the database may have been written to since the last scan() began, or there was none.
    [[nodiscard]] virtual bool mayHaveChanged() const = 0;
};

/// What a target is made for.
struct TargetOptions {
    QString into;                          ///< the folder of the databases
    std::chrono::milliseconds lockTimeout; ///< how long to keep trying a locked database
    RunProgress *progress = nullptr;       ///< where it logs and counts; outlives the target
    std::stop_token stop;
    ConflictPolicy onConflict = ConflictPolicy::Skip; ///< what its writers do with a key that is there
    bool allowTriggers = false;                       ///< whether a table with triggers is taken
    bool isLook = false; ///< nothing is written or deleted: what a crash left is not recovered either
};

/// The target of a table of \a package.
[[nodiscard]] std::unique_ptr<Target> makeTarget(std::shared_ptr<const Package> package, int table,
                                                 const TargetOptions &options);

} // namespace seedbed
