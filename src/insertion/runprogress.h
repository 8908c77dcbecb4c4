// SPDX-License-Identifier: MIT
#pragma once

// What a run under way says of itself: collected batch by batch by its workers, drained by whoever shows it.

#include "insertion/runtimeline.h"
#include "report/runreport.h"
#include "validation/validator.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QList>
#include <QString>

#include <mutex>
#include <optional>

namespace seedbed {

/// One line of a run's log.
/// Thread: any (a value).
struct LogEntry {
    enum class Level : quint8 { Debug, Info, Warning, Error };

    QDateTime time;
    Level level = Level::Info;
    QString text;
    bool isInReport = false; ///< the report says it too, row by row
};

/// How far one table is.
/// Thread: any (a value).
struct TableProgress {
    qsizetype read = 0;   ///< rows of the table
    OutcomeCounts counts; ///< of the rows that are decided
    double seconds = 0;   ///< since its workers started; 0 before
    int inFlight = 0;
    int peakInFlight = 0;
    qsizetype lockRetries = 0;
    double lockWaitSeconds = 0;
    bool isRunning = false;
};

/// What is new since the last time: progress as it stands, the rest as it came.
/// Thread: any (a value).
struct RunUpdate {
    enum class Phase : quint8 { Starting, Checking, Validating, Inserting, Closing, Done };

    Phase phase = Phase::Starting;
    qsizetype rows = 0;      ///< of all tables
    qsizetype validated = 0; ///< of them, rows whose cells were checked
    QList<TableProgress> tables;
    QList<QList<RejectedRow>> rejected; ///< new ones, per table
    QList<RowIdSet> in;                 ///< rows newly known to be in the database, per table
    QList<LogEntry> log;
};

/// The board on which a run writes and from which one reader takes.
/// Thread: any; one mutex guards everything but the validation's atomics and the timeline, which has its own.
class RunProgress final
{
public:
    void begin(int tables);
    void setPhase(RunUpdate::Phase phase);
    void log(LogEntry::Level level, const QString &text);
    /// Logs what the report says of a row.
    void logRow(const QString &text);
    void setRead(int table, qsizetype rows);
    void setRunning(int table, bool isRunning);
    void add(int table, const BatchOutcome &outcome);
    void setInFlight(int table, int inFlight, int peak);
    void addLockRetry(int table);
    void addLockWait(int table, std::chrono::duration<double> wait);

    /// What validation writes to, and whoever shows it reads.
    [[nodiscard]] ValidationProgress &validation() { return m_validation; }
    /// What workers tell of themselves, and whoever shows it reads.
    [[nodiscard]] RunTimeline &timeline() { return m_timeline; }

    /// Progress as it stands, and what came since the last take.
    [[nodiscard]] RunUpdate take();
    /// The same for a thread that must not wait for a worker, which may be far behind in its turn; nothing while one
    /// writes.
    [[nodiscard]] std::optional<RunUpdate> tryTake();
    [[nodiscard]] TableProgress progress(int table) const;

private:
    [[nodiscard]] RunUpdate takeLocked();
    [[nodiscard]] double secondsOf(int table) const;

    ValidationProgress m_validation;
    RunTimeline m_timeline;
    mutable std::mutex m_mutex;
    RunUpdate m_update;
    QList<QElapsedTimer> m_clocks; // since each table's workers started
};

} // namespace seedbed
