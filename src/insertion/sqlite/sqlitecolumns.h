// SPDX-License-Identifier: MIT
#pragma once

// Between values and the columns of a SQLite table: what a column makes of what is bound to it, and what a stored value
// means to a field (sqlite.org/datatype3.html).

#include "insertion/sqlite/sqliteconnection.h"
#include "insertion/target.h"
#include "package/tableschema.h"
#include "validation/cellvalues.h"
#include "validation/value.h"

#include <QList>
#include <QString>

namespace seedbed {

/// Section 3 of datatype3: what a column prefers to store.
enum class Affinity : quint8 { Text, Numeric, Integer, Real, Blob };

/// By section 3.1, from the type that the column is declared with.
[[nodiscard]] Affinity affinityOf(const QString &declaredType);

/// The type to declare for a field in a table that Seedbed creates.
[[nodiscard]] QString declaredTypeFor(const Field &field);

/// Whether the column would turn some texts of the field into numbers ("007" into 7).
[[nodiscard]] bool wouldChangeTexts(const Field &field, Affinity affinity);

/// Whether a column of this affinity keeps \a value as it is: one that is REAL makes every number a double.
[[nodiscard]] bool keepsValue(const Value &value, Affinity affinity);

/// A value as SQLite takes it.
/// Thread: any (a value).
struct BoundValue {
    enum class Kind : quint8 { Null, Integer, Real, Text };

    Kind kind = Kind::Null;
    qint64 integer = 0;
    double real = 0;
    QByteArray text; ///< UTF-8; shared with the value, or a view of what that views
};

/// \a value exactly: whole numbers as integers, other decimals as the nearest double of at most 15 digits, and as text
/// where the column keeps text.
[[nodiscard]] BoundValue boundValue(const Value &value, Affinity affinity);

/// Binds boundValue(). \a value must stay until the statement is reset.
void bindValue(SqliteStatement &statement, int parameter, const Value &value, Affinity affinity);

/// What is stored, as a value of \a field, in the terms of StoredRow::value().
[[nodiscard]] Value storedValue(const StoredCell &cell, const Field &field);

/// The row that a statement came to, whose columns are the fields of a table in their order.
/// Thread: that of the statement, which outlives it, as does the schema.
class SqliteRow final : public StoredRow
{
public:
    SqliteRow(const SqliteStatement &statement, const TableSchema &schema, const QList<Affinity> &affinities);

    [[nodiscard]] Value value(int field) const override;
    [[nodiscard]] bool holds(int field, QByteArrayView cell) const override;

private:
    const SqliteStatement &m_statement;
    const TableSchema &m_schema;
    const QList<Affinity> m_affinities;
    const CellValues m_values;
};

} // namespace seedbed
