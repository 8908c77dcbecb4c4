// SPDX-License-Identifier: MIT
#include "insertion/sqlite/lockpatience.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::LockPatience)
};

constexpr std::chrono::milliseconds FirstPause { 25 };
constexpr std::chrono::milliseconds LongestPause { 800 };
// Once the limit has passed, a look now and then is enough: the rest of a thousand batches must not each wait. What is
// no batch is tried all the same: a file that cannot be written can often be read.
constexpr std::chrono::milliseconds Rest { 500 };
constexpr int BusyCode = 5;

// Half to one and a half times as long, so that two that wait do not meet again and again.
std::chrono::milliseconds jittered(std::chrono::milliseconds length)
{
    const auto half = static_cast<int>(length.count() / 2);
    return std::chrono::milliseconds(half + QRandomGenerator::global()->bounded(2 * half + 1));
}

} // namespace

LockPatience::LockPatience(QString file, int table, std::chrono::milliseconds limit, RunProgress &progress,
                           std::stop_token stop)
    : m_file(std::move(file))
    , m_table(table)
    , m_limit(limit)
    , m_progress(progress)
    , m_stop(std::move(stop))
{
}

SqliteStatus LockPatience::retry(const std::function<SqliteStatus()> &operation, WorkerLane *lane)
{
    const auto begin = Clock::now();
    SqliteStatus status { BusyCode, {} };
    if (lane != nullptr && hasGivenUp())
        return status;
    status = operation();
    if (!status.isBusy()) {
        unlocked();
        return status;
    }
    std::optional<WorkerLane::Stay> waiting;
    if (lane != nullptr)
        waiting.emplace(*lane, WorkerState::WaitingForLock, begin);
    std::chrono::milliseconds length = FirstPause;
    for (int attempt = 2; status.isBusy() && !m_stop.stop_requested(); ++attempt) {
        const auto locked = lockedFor();
        if (locked >= m_limit) {
            giveUp();
            break;
        }
        m_progress.addLockRetry(m_table);
        m_progress.log(LogEntry::Level::Warning,
                       Text::tr("%1: database is locked by another program for %2 s; attempt %3 follows")
                           .arg(m_file)
                           .arg(locked.count(), 0, 'f', 1)
                           .arg(attempt));
        pause(jittered(length));
        length = std::min(length * 2, LongestPause);
        status = operation();
    }
    m_progress.addLockWait(m_table, Clock::now() - begin);
    if (!status.isBusy())
        unlocked();
    return status;
}

bool LockPatience::stayedLocked() const
{
    const std::scoped_lock lock(m_mutex);
    return m_stayedLocked;
}

void LockPatience::giveUp()
{
    const std::scoped_lock lock(m_mutex);
    m_stayedLocked = true;
    m_gaveUpAt = Clock::now();
}

bool LockPatience::hasGivenUp() const
{
    const std::scoped_lock lock(m_mutex);
    return m_gaveUpAt && Clock::now() - *m_gaveUpAt < Rest;
}

std::chrono::duration<double> LockPatience::lockedFor()
{
    const std::scoped_lock lock(m_mutex);
    const auto now = Clock::now();
    if (!m_lockedSince)
        m_lockedSince = now;
    return now - *m_lockedSince;
}

void LockPatience::unlocked()
{
    const std::scoped_lock lock(m_mutex);
    m_lockedSince.reset();
    m_gaveUpAt.reset();
}

void LockPatience::pause(std::chrono::milliseconds length)
{
    std::unique_lock lock(m_mutex);
    m_never.wait_for(lock, m_stop, length, [] { return false; });
}

} // namespace seedbed
