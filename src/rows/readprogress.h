// SPDX-License-Identifier: MIT
#pragma once

// How far the reading of a package is, and the rows that are there already: what a window shows meanwhile.

#include "package/package.h"
#include "rows/table.h"

#include <QList>
#include <QMutex>

#include <functional>
#include <memory>
#include <optional>

namespace seedbed {

/// Filled by readDataset, looked at by anyone as often as they like.
/// Thread: any.
class ReadProgress final
{
public:
    enum class State {
        Waiting,
        Reading,
        Finished, ///< the table is whole
        Failed,   ///< or stopped; readDataset returns why
    };

    struct TableState {
        State state = State::Waiting;
        qint64 bytesRead = 0;
        qint64 bytesInAll = 0;  ///< 0 for rows that are in the descriptor
        qsizetype rowCount = 0; ///< of all that were read; the table so far may have fewer
    };

    /// What there is at one moment. Later ones go on from it: rows are added at the end, under the ids that they have
    /// in the dataset, and share their chunks with it.
    struct Snapshot {
        std::shared_ptr<const Package> package; ///< null until the descriptor is read
        QList<Table> tables;                    ///< as many as the package has resources
        QList<TableState> states;               ///< as many

        [[nodiscard]] qint64 bytesRead() const;
        [[nodiscard]] qint64 bytesInAll() const;
    };

    /// Cost: none to speak of, as tables are shared.
    [[nodiscard]] Snapshot snapshot() const;
    /// The same for a thread that must not wait for a reader, which may be far behind in its turn; nothing while one
    /// writes.
    [[nodiscard]] std::optional<Snapshot> trySnapshot() const;

    /// What readers say. \a bytesInAll: for each resource.
    void begin(const std::shared_ptr<const Package> &package, const QList<qint64> &bytesInAll);
    void publish(int table, State state, qint64 bytesRead, qsizetype rowCount, const Table &rows);
    void fail(int table);

private:
    void change(int table, const std::function<void(Table &rows, TableState &state)> &change);

    mutable QMutex m_mutex; // guards the snapshot
    Snapshot m_snapshot;
};

} // namespace seedbed
