// SPDX-License-Identifier: MIT
#pragma once

// The rows of a table that other rows of the same table refer to, looked for in the transaction of those others: no
// program can delete them in between.

#include "insertion/sqlite/sqliteconnection.h"
#include "insertion/sqlite/sqliteschema.h"
#include "package/package.h"
#include "validation/value.h"

#include <QList>

#include <memory>
#include <vector>

namespace seedbed {

/// The references of a table to itself by its key. Without a key in the database, a search would read the whole table
/// for each row: those are left to the audit.
/// Thread: that of its connection.
class OwnParents final
{
public:
    /// \a table: the position of \a resource in its package. \a stored: as the table is in the database. All must stay.
    OwnParents(const SqliteConnection &connection, const Resource &resource, int table, const SqliteTable &stored);

    /// What preparing the statements answered.
    [[nodiscard]] SqliteStatus status() const;
    [[nodiscard]] bool isEmpty() const { return m_parents.empty(); }
    /// Whether the rows are there that a row with \a values, as many as fields, refers to.
    [[nodiscard]] bool hasAll(const QList<Value> &values);

private:
    struct Parent {
        QList<int> fields;
        std::unique_ptr<SqliteStatement> lookUp;
    };

    [[nodiscard]] bool has(const Parent &parent, const QList<Value> &values) const;

    const QList<int> m_identity;
    const QList<Affinity> &m_affinities;
    std::vector<Parent> m_parents;
};

} // namespace seedbed
