// SPDX-License-Identifier: MIT
#pragma once

// The rows that are in a target already, as far as validation asks about them. Reading them is insertion/'s.

#include "package/package.h"
#include "rows/table.h"
#include "validation/value.h"

#include <QHash>
#include <QList>

#include <optional>

namespace seedbed {

/// The fields of one table by whose values its rows are looked up: its identity, each unique field, and whatever
/// foreign keys refer to. The identity is the first.
[[nodiscard]] QList<QList<int>> lookupsOf(const Package &package, int table);

/// Rows of a target, found by the values of some of their fields.
/// Thread: any (a value).
class ExistingRows final
{
public:
    ExistingRows() = default;
    /// No rows yet; \a lookups: the lists of fields that find() will be asked for.
    ExistingRows(int fieldCount, QList<QList<int>> lookups);

    /// \a values: as many as fields.
    void add(const QList<Value> &values);

    /// Says that the target could not be read: what is not found here may be there all the same.
    void setUnknown() { m_isUnknown = true; }
    [[nodiscard]] bool isUnknown() const { return m_isUnknown; }

    [[nodiscard]] qsizetype count() const { return m_rows.rowCount(); }
    /// How many rows were added whose identity an earlier row had; missing values are equal to nothing.
    [[nodiscard]] qsizetype duplicates() const { return m_duplicates; }

    /// The position of the first row whose \a fields have the key \a key (see keyOf). \a fields: one of the lookups.
    [[nodiscard]] std::optional<qsizetype> find(const QList<int> &fields, const QByteArray &key) const;

    /// Whether the row at \a position has these values, as many as fields.
    [[nodiscard]] bool hasValues(qsizetype position, const QList<Value> &values) const;

    /// The key of some fields of the row at \a position.
    [[nodiscard]] QByteArray keyAt(qsizetype position, const QList<int> &fields) const;

private:
    Table m_rows; // cells are keys of single values
    QList<QList<int>> m_lookups;
    QList<QHash<QByteArray, qsizetype>> m_positions; // one for each lookup
    qsizetype m_duplicates = 0;
    bool m_isUnknown = false;
};

} // namespace seedbed
