// SPDX-License-Identifier: MIT
#pragma once

// A table in a SQLite file as the target of a run.

#include "insertion/sqlite/databasefiles.h"
#include "insertion/sqlite/lockpatience.h"
#include "insertion/sqlite/sqliteconnection.h"
#include "insertion/sqlite/sqlitefile.h"
#include "insertion/sqlite/sqliteschema.h"
#include "insertion/sqlite/writegate.h"
#include "insertion/target.h"

#include <optional>

namespace seedbed {

/// One file, one table. A COMMIT that returned survives a power cut. Where rows are few, the file is in WAL mode with
/// synchronous=FULL while they are written, as that waits for the disk least often; many go by the file's own journal
/// with synchronous=EXTRA, as that writes every page only once. At the end the journal mode is what it was.
/// Thread: any; see Target.
class SqliteTarget final : public Target
{
public:
    SqliteTarget(std::shared_ptr<const Package> package, int table, const TargetOptions &options);

    Result<void> checkName() const override { return checkPath(m_file.path()); }
    Result<Inspection> inspect() override;
    Result<void> prepare(qsizetype rowCount) override;
    Result<std::unique_ptr<Writer>> openWriter(const Table &rows, WorkerLane &lane) override;
    Result<void> scan(const QList<RowVisitor> &visitors) override;
    Result<void> find(const Table &rows, RowPositions positions, const FoundVisitor &visitor,
                      const std::stop_token &stop) override;
    void finish() override;
    bool stayedLocked() const override { return m_patience.stayedLocked(); }
    bool isReplaced() const override { return m_file.isReplaced(); }
    bool mayHaveChanged() const override;

private:
    /// From here on writing every page twice costs more than waiting for the disk some times more.
    static constexpr qsizetype ManyRows = 20'000;

    [[nodiscard]] const Resource &resource() const { return m_package->resources.at(m_tableIndex); }
    [[nodiscard]] SqliteStatus inspectOnce(Result<Inspection> &result, SqliteConnection &connection);
    /// Does \a read over a connection that cannot write, where that is enough; it may do so several times.
    [[nodiscard]] SqliteStatus look(const std::function<SqliteStatus(SqliteConnection &)> &read);
    /// \a where: of the SQL; empty for all rows.
    [[nodiscard]] SqliteStatus readRows(SqliteConnection &connection, const RowVisitor &row,
                                        const QString &where = {}) const;
    [[nodiscard]] SqliteStatus beginReading(SqliteConnection &connection);
    [[nodiscard]] QStringList partsOfRows(SqliteConnection &connection, qsizetype parts) const;
    [[nodiscard]] Error errorOf(const SqliteStatus &status) const;
    [[nodiscard]] SqliteStatus prepareFile();
    [[nodiscard]] SqliteStatus useWal(SqliteConnection &connection);
    [[nodiscard]] SqliteStatus createTable(SqliteConnection &connection);

    const std::shared_ptr<const Package> m_package;
    const int m_tableIndex;
    const TargetOptions m_options;
    SqliteFile m_file;
    SqliteTable m_table;
    bool m_fileExisted = false;
    bool m_isPrepared = false;
    qsizetype m_rowCount = 0; // for which it was prepared
    FileState m_scanned;      // when the last scan began
    std::optional<quint32> m_scannedCounter;
    bool m_isWalOurs = false; // the file is in WAL mode for the run alone
    LockPatience m_patience;
    WriteGate m_gate;
};

} // namespace seedbed
