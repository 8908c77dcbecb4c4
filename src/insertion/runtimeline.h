// SPDX-License-Identifier: MIT
#pragma once

// What every worker of a run does, and from when to when: told by the workers, looked at by whoever shows it.

#include "insertion/inflightgauge.h"

#include <QList>

#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace seedbed {

/// What a worker does. Between two of these it is busy with itself: it takes a batch, or tells of one.
enum class WorkerState : quint8 {
    Opening,           ///< its connection, and until the others of its table have theirs
    WaitingForTurn,    ///< another worker's transaction is under way, or comes first
    Writing,           ///< its transaction, from the first statement to the answer of COMMIT
    WaitingForParents, ///< rows that its batch refers to are not committed yet
    WaitingForLock,    ///< another program has locked the database
};
inline constexpr size_t WorkerStateCount = 5;

/// What a worker did for a while: one thing, or, where there was too much to be kept one by one, several.
/// Thread: any (a value).
struct Stretch {
    using Time = std::chrono::nanoseconds; ///< since the first worker started

    Time begin { 0 };
    Time end { 0 };
    std::array<Time, WorkerStateCount> spent {}; ///< in each state; what is missing was spent between two
    qsizetype rows = 0;                          ///< that went in

    [[nodiscard]] Time length() const { return end - begin; }
    [[nodiscard]] Time in(WorkerState state) const { return spent[static_cast<size_t>(state)]; }
    /// The one thing that it did; nothing where it is several.
    [[nodiscard]] std::optional<WorkerState> state() const;
    /// Goes on with a later one.
    void add(const Stretch &next);
};

/// What the workers of one table did.
/// Thread: any (a value).
struct TableTimeline {
    QList<QList<Stretch>> workers; ///< each in the order of time, none reaching into the next
    int peakWriting = 0;           ///< workers that were Writing at once, at most
};

/// What one worker does. However much that is, few stretches are kept: when there are too many, short ones become one.
/// Thread: told by its worker, read by any other; a mutex guards all of it.
class WorkerLane final
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr size_t MostStretches = 4096;

    /// \a zero: when time begins. \a writing: counts the workers of the table that are Writing.
    WorkerLane(Clock::time_point zero, InFlightGauge &writing)
        : m_zero(zero)
        , m_writing(writing)
    {
    }

    /// While one lives, its worker is in that state; then again in the one before.
    class Stay final
    {
    public:
        /// \a since: not before the last change.
        Stay(WorkerLane &lane, WorkerState state, Clock::time_point since = Clock::now());
        ~Stay();
        Q_DISABLE_COPY_MOVE(Stay)

    private:
        WorkerLane &m_lane;
        const std::optional<WorkerState> m_before;
    };

    /// While one lives, its worker waits for the answer of a COMMIT.
    class Commit final
    {
    public:
        explicit Commit(WorkerLane &lane)
            : m_lane(lane)
        {
            m_lane.m_isCommitting = true;
        }
        ~Commit() { m_lane.m_isCommitting = false; }
        Q_DISABLE_COPY_MOVE(Commit)

    private:
        WorkerLane &m_lane;
    };
    [[nodiscard]] bool isCommitting() const { return m_isCommitting; }

    /// Counts rows that went in with what was done last.
    void addRows(qsizetype rows);

    /// What was done so far, the last stretch perhaps not at its end; nothing while the worker tells of itself.
    [[nodiscard]] std::optional<QList<Stretch>> tryRead() const;

private:
    [[nodiscard]] std::optional<WorkerState> turnTo(std::optional<WorkerState> state, Clock::time_point now);
    [[nodiscard]] Stretch current(Clock::time_point now) const;
    void append(const Stretch &stretch);
    void coarsen();

    const Clock::time_point m_zero;
    InFlightGauge &m_writing;
    std::atomic<bool> m_isCommitting = false; // not guarded by the mutex
    mutable std::mutex m_mutex;
    std::vector<Stretch> m_stretches;
    Stretch::Time m_resolution { 0 }; // two that are no longer than this together become one
    std::optional<WorkerState> m_state;
    Clock::time_point m_since;
};

/// The lanes of a run.
/// Thread: any; a mutex guards which lanes there are.
class RunTimeline final
{
public:
    void begin(int tables);
    /// A lane for each worker of \a table, for as long as this lives. Time begins with the first.
    [[nodiscard]] std::deque<WorkerLane> &addLanes(int table, int workers);

    /// Brings \a tables up to date, but for what cannot be read now without waiting.
    void read(QList<TableTimeline> &tables) const;

    /// Whether a worker waits for the answer of a COMMIT.
    [[nodiscard]] bool isCommitting() const;

private:
    struct TableLanes {
        InFlightGauge writing;
        std::deque<WorkerLane> lanes;
    };

    mutable std::mutex m_mutex;
    std::deque<TableLanes> m_tables;
    std::optional<WorkerLane::Clock::time_point> m_zero;
};

} // namespace seedbed
