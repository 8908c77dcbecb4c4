// SPDX-License-Identifier: MIT
#pragma once

// Which rows of a run are committed: how children wait for their parents, row by row, across databases.

#include <QHash>
#include <QList>
#include <QString>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <span>
#include <stop_token>
#include <vector>

namespace seedbed {

/// A row of one of the run's tables.
struct RowPlace {
    int table = -1;
    qint32 position = -1;
};

/// What is known of every row of a run: not yet, committed, failed or cancelled.
/// Thread: any. Each row's state is an atomic, so that looking at one costs no lock; a mutex guards the messages and
/// those who wait.
class CommitBoard final
{
public:
    enum class State : quint8 { Pending, Committed, Failed, Cancelled };

    /// \a rows: how many each table has. All are Pending.
    explicit CommitBoard(const QList<qsizetype> &rows);

    void settle(RowPlace row, State state, const QString &message = {});
    /// The same for many rows of one table.
    void settle(int table, std::span<const qint32> positions, State state);
    /// Tells those who wait that rows were settled.
    void announce();

    /// As it is now.
    [[nodiscard]] State state(RowPlace row) const;
    /// Blocks until the row is settled; Cancelled if a stop is asked before.
    [[nodiscard]] State await(RowPlace row, const std::stop_token &stop);

    /// Why a row failed.
    [[nodiscard]] QString message(RowPlace row) const;

private:
    [[nodiscard]] std::atomic<State> &stateOf(RowPlace row);
    [[nodiscard]] const std::atomic<State> &stateOf(RowPlace row) const;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_settled;
    std::vector<std::vector<std::atomic<State>>> m_states;
    std::vector<QHash<qint32, QString>> m_messages; // of failed rows; written before their state
};

} // namespace seedbed
