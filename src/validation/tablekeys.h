// SPDX-License-Identifier: MIT
#pragma once

// The keys of a table's rows: what uniqueness and references compare. Made once per validation, while the cells are
// checked.

#include <QByteArray>
#include <QHash>
#include <QList>

#include <vector>

namespace seedbed {

/// The keys (see keyOf) of some fields in every row of a table. A row has none where a cell is missing or wrong.
/// Thread: rows may be set from several threads, each its own; after index() any may read.
class TableKeys final
{
public:
    TableKeys(QList<int> fields, qsizetype rows)
        : m_fields(std::move(fields))
        , m_keys(static_cast<size_t>(rows))
    {
    }

    [[nodiscard]] const QList<int> &fields() const { return m_fields; }
    [[nodiscard]] bool hasKey(qint32 row) const { return !m_keys[static_cast<size_t>(row)].isNull(); }
    [[nodiscard]] const QByteArray &key(qint32 row) const { return m_keys[static_cast<size_t>(row)]; }
    void setKey(qint32 row, const QByteArray &key) { m_keys[static_cast<size_t>(row)] = key; }

    /// Makes first() and next() answer. Cost: linear in the rows.
    void index();
    /// The first row with this key, or -1.
    [[nodiscard]] qint32 first(const QByteArray &key) const { return m_first.value(key, -1); }
    /// The next row with the same key, or -1.
    [[nodiscard]] qint32 next(qint32 row) const { return m_next[static_cast<size_t>(row)]; }

private:
    QList<int> m_fields;
    std::vector<QByteArray> m_keys;
    QHash<QByteArray, qint32> m_first;
    std::vector<qint32> m_next;
};

} // namespace seedbed
