// SPDX-License-Identifier: MIT
#pragma once

// The rows of a batch as a table that SQL can read (sqlite.org/vtab.html): one INSERT … SELECT takes them all, for a
// third of what a statement for each row costs.

#include "insertion/sqlite/sqlitecolumns.h"
#include "insertion/sqlite/sqliteconnection.h"
#include "insertion/target.h"
#include "package/package.h"
#include "rows/table.h"
#include "validation/cellvalues.h"

#include <QString>

#include <stop_token>
#include <vector>

namespace seedbed {

/// A read-only table of one connection, with a column for each field: c0, c1, …
/// Thread: that of its connection, which must be closed before the source goes.
class RowSource final
{
public:
    /// \a resource and \a rows outlive the source. Once \a stop is asked, reading ends with SQLITE_INTERRUPT.
    RowSource(const Resource &resource, const Table &rows, const QList<Affinity> &affinities, std::stop_token stop);

    /// Makes the table known to \a connection.
    [[nodiscard]] SqliteStatus attach(const SqliteConnection &connection);
    /// What to select from: a name that no other table can have.
    [[nodiscard]] static QString name() { return QStringLiteral("sqlite_seedbed_rows"); }

    /// The rows that are read from now on; \a positions must stay while they are.
    void setBatch(RowPositions positions) { m_positions = positions; }

private:
    struct Module;

    const TableSchema &m_schema;
    const Table &m_rows;
    const std::vector<Affinity> m_affinities;
    const CellValues m_values;
    const std::stop_token m_stop;
    RowPositions m_positions;
};

} // namespace seedbed
