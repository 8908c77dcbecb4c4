// SPDX-License-Identifier: MIT
#pragma once

// Waiting for other programs' locks on one database file: try again, with growing, jittered pauses, up to a limit.

#include "insertion/runprogress.h"
#include "insertion/sqlite/sqlitestatus.h"

#include <QString>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>

namespace seedbed {

/// How long a file has been locked, as all its connections saw it. The limit counts from when the lock was first met;
/// once it has passed, an operation is no longer waited for, and one of a worker tried now and then only, until one
/// succeeds.
/// Thread: any; a mutex guards the times.
class LockPatience final
{
public:
    using Clock = std::chrono::steady_clock;

    LockPatience(QString file, int table, std::chrono::milliseconds limit, RunProgress &progress, std::stop_token stop);

    /// Does \a operation until it is not busy, the limit has passed or a stop is asked; returns its last status. A
    /// worker's \a lane is told of the wait.
    SqliteStatus retry(const std::function<SqliteStatus()> &operation, WorkerLane *lane = nullptr);

    /// Whether the limit passed once.
    [[nodiscard]] bool stayedLocked() const;

private:
    /// How long the file has been locked, from now on if it was not.
    [[nodiscard]] std::chrono::duration<double> lockedFor();
    void unlocked();
    void giveUp();
    /// Whether the limit passed and the last attempt is not long ago.
    [[nodiscard]] bool hasGivenUp() const;
    void pause(std::chrono::milliseconds length);

    const QString m_file;
    const int m_table;
    const std::chrono::milliseconds m_limit;
    RunProgress &m_progress;
    const std::stop_token m_stop;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_never; // notified by a stop alone
    std::optional<Clock::time_point> m_lockedSince;
    std::optional<Clock::time_point> m_gaveUpAt;
    bool m_stayedLocked = false;
};

} // namespace seedbed
