// SPDX-License-Identifier: MIT
#pragma once

// Writes batches of rows into a SQLite table: one transaction a batch, when it is its turn.

#include "insertion/sqlite/lockpatience.h"
#include "insertion/sqlite/sqliteconnection.h"
#include "insertion/sqlite/sqliteschema.h"
#include "insertion/sqlite/writegate.h"
#include "insertion/target.h"

#include <memory>
#include <stop_token>

namespace seedbed {

/// The connection of one worker. After a batch no transaction is open, whatever came of it.
/// Thread: one per worker.
class SqliteWriter final : public Writer
{
public:
    /// \a resource, \a table, \a gate and \a patience outlive the writer and are shared by all writers of the file.
    SqliteWriter(const QString &path, const Resource &resource, const SqliteTable &table, WriteGate &gate,
                 LockPatience &patience, std::stop_token stop);

    /// To be called once, before write().
    [[nodiscard]] SqliteStatus open();

    QList<RowAnswer> write(const QList<BoundRow> &rows) override;

private:
    [[nodiscard]] RowAnswer insertRow(const BoundRow &row);
    [[nodiscard]] RowAnswer lookUp(const BoundRow &row);
    [[nodiscard]] QList<RowAnswer> insertRows(const QList<BoundRow> &rows, SqliteStatus &broken);
    void commit(const QList<BoundRow> &rows, QList<RowAnswer> &answers);
    void lookAgain(const QList<BoundRow> &rows, const SqliteStatus &status, QList<RowAnswer> &answers);
    void rollBack();
    [[nodiscard]] QString insertText() const;
    [[nodiscard]] QString lookUpText() const;

    const QString m_path;
    const Resource &m_resource;
    const SqliteTable &m_table;
    WriteGate &m_gate;
    LockPatience &m_patience;
    const std::stop_token m_stop;
    const QList<int> m_identity;
    SqliteConnection m_connection;
    std::unique_ptr<SqliteStatement> m_insert;
    std::unique_ptr<SqliteStatement> m_lookUp;
};

} // namespace seedbed
