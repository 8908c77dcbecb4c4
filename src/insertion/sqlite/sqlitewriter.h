// SPDX-License-Identifier: MIT
#pragma once

// Writes batches of rows into a SQLite table: one transaction a batch, when it is its turn.

#include "insertion/sqlite/lockpatience.h"
#include "insertion/sqlite/ownparents.h"
#include "insertion/sqlite/rowsource.h"
#include "insertion/sqlite/sqliteconnection.h"
#include "insertion/sqlite/sqliteschema.h"
#include "insertion/sqlite/writegate.h"
#include "insertion/target.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace seedbed {

/// The connection of one worker. After a batch no transaction is open, whatever came of it.
/// Thread: one per worker.
class SqliteWriter final : public Writer
{
public:
    /// What the writers of a file share; all of it outlives them.
    struct Shared {
        int resourceIndex; ///< in the package
        const Resource &resource;
        const SqliteTable &table;
        WriteGate &gate;
        LockPatience &patience;
        ConflictPolicy onConflict;
        std::stop_token stop;
    };

    /// \a rows: what the positions in batches are of. It and \a lane outlive the writer.
    SqliteWriter(const QString &path, const Table &rows, const Shared &shared, WorkerLane &lane);

    /// To be called once, before write().
    [[nodiscard]] SqliteStatus open();

    BatchAnswer write(const Batch &batch) override;
    void skip(qsizetype number) override { m_shared.gate.skip(number); }

private:
    using Values = QList<Value>; // of a row, as many as fields

    [[nodiscard]] WriteGate::Turn awaitTurn(qsizetype number);
    [[nodiscard]] SqliteStatus retry(const std::function<SqliteStatus()> &operation);
    [[nodiscard]] SqliteStatus begin();
    [[nodiscard]] SqliteStatus checkDefinition();
    [[nodiscard]] bool insertAll(RowPositions rows);
    [[nodiscard]] BatchAnswer notBegun(const SqliteStatus &status) const;
    [[nodiscard]] QString messageOf(const SqliteStatus &status) const;
    [[nodiscard]] BatchAnswer writeEach(const Batch &batch);
    [[nodiscard]] RowAnswer writeRow(const Values &values, bool isThere);
    [[nodiscard]] static SqliteStatus run(SqliteStatement &statement);
    [[nodiscard]] RowAnswer updateKnown(const Values &values);
    [[nodiscard]] RowAnswer execute(SqliteStatement &statement, const Values &values);
    [[nodiscard]] RowAnswer insertRow(const Values &values);
    [[nodiscard]] RowAnswer updateRow(const Values &values);
    [[nodiscard]] RowAnswer lookUp(const Values &values);
    [[nodiscard]] BatchAnswer commit(RowPositions rows, const BatchAnswer &answer);
    [[nodiscard]] BatchAnswer lookAgain(RowPositions rows, const SqliteStatus &status, const BatchAnswer &answer);
    void rollBack();
    [[nodiscard]] Values valuesAt(qint32 position) const;

    const Shared m_shared;
    WorkerLane &m_lane;
    const Resource &m_resource;
    const SqliteTable &m_table;
    const Table &m_rows;
    const QList<int> m_identity;
    RowSource m_source; // outlives the connection that knows it
    SqliteConnection m_connection;
    std::unique_ptr<SqliteStatement> m_insertAll; // none where the database would not find a second row with a key
    std::unique_ptr<SqliteStatement> m_insert;
    std::unique_ptr<SqliteStatement> m_update; // none where nothing is to be updated
    std::unique_ptr<SqliteStatement> m_lookUp;
    std::unique_ptr<OwnParents> m_ownParents;
    std::unique_ptr<SqliteStatement> m_schemaVersion;
    qint64 m_knownVersion = -1;              // of the schema that was found as it is to be; SQLite counts from 0
    std::unique_ptr<SqliteStatement> m_save; // before every row that is written by itself
    std::unique_ptr<SqliteStatement> m_takeBack;
    std::unique_ptr<SqliteStatement> m_release;
};

} // namespace seedbed
