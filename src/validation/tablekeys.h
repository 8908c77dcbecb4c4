// SPDX-License-Identifier: MIT
#pragma once

// The keys of a table's rows: what uniqueness and references compare. Made once per validation, while the cells are
// checked.

#include "rows/table.h"
#include "validation/firstofkey.h"
#include "validation/keycode.h"
#include "validation/keyindex.h"

#include <QList>

#include <optional>
#include <stop_token>
#include <vector>

namespace seedbed {

/// The keys of some fields in every row of a table. A row has none where a cell is missing or wrong.
/// Thread: rows may be set from several threads, each its own; after index() any may read.
class TableKeys final
{
public:
    /// \a schema and \a rows outlive the keys.
    TableKeys(const TableSchema &schema, const Table &rows, QList<int> fields);

    [[nodiscard]] const QList<int> &fields() const { return m_fields; }
    [[nodiscard]] bool hasKey(qint32 row) const { return m_hasKey[static_cast<size_t>(row)] != 0; }

    [[nodiscard]] KeyCoding coding() const { return m_coding; }

    /// Gives \a row the key of \a values, as many as the table has fields.
    void setKey(qint32 row, const QList<Value> &values) { setLow(row, codeOf(values, m_fields, m_coding)->low); }
    /// The same by the low half of the key's code.
    void setLow(qint32 row, quint64 low)
    {
        m_hasKey[static_cast<size_t>(row)] = 1;
        m_writableLows[row] = low;
    }

    /// Makes first(), next() and repeated() answer. Cost: linear in the rows. Returns early, with nothing of worth, if
    /// a stop is asked.
    void index(const std::stop_token &stop = {});

    /// The code of a row's key in \a coding; nothing where no key of that coding is equal to it. Cost: none to speak
    /// of for an integer; else that of reading the row's cells.
    [[nodiscard]] std::optional<KeyCode> code(qint32 row, KeyCoding coding) const;

    /// Whether a row here and one of \a other have the same key.
    [[nodiscard]] bool isSame(qint32 row, const TableKeys &other, qint32 otherRow) const;
    /// The first row here with the key that \a otherRow has in \a other, or -1.
    [[nodiscard]] qint32 first(const TableKeys &other, qint32 otherRow) const
    {
        // Among integers the half is the whole.
        if (m_coding == KeyCoding::Integer && other.m_coding == KeyCoding::Integer)
            return m_index.first(other.m_writableLows[otherRow], [](qint32) { return true; });
        return firstByCode(other, otherRow);
    }
    /// The first row whose key is that of \a values, as many as the table has fields, or -1.
    [[nodiscard]] qint32 first(const QList<Value> &values) const;
    /// The first row whose key has this code, in coding(), or -1.
    [[nodiscard]] qint32 find(const KeyCode &code) const;
    /// The next row with the same key, or -1.
    [[nodiscard]] qint32 next(qint32 row) const { return m_index.next(row); }
    /// From the first row with a key, or -1, to the first one with it that is not \a isOut, or -1: as FirstOfKey says.
    /// All calls mean the same by \a isOut.
    template <typename IsOut>
    [[nodiscard]] qint32 firstOf(qint32 head, IsOut isOut) const
    {
        return m_firstOfKey.find(
            head, [this](qint32 row) { return next(row); }, isOut);
    }
    /// The rows whose key later rows have too: the first of each such key. Some of them if a stop is asked.
    [[nodiscard]] QList<qint32> repeated(const std::stop_token &stop = {}) const { return m_index.repeated(stop); }

private:
    [[nodiscard]] KeyCode ownCode(qint32 row) const { return *code(row, m_coding); }
    [[nodiscard]] qint32 firstByCode(const TableKeys &other, qint32 otherRow) const;

    Q_DISABLE_COPY_MOVE(TableKeys)

    const TableSchema &m_schema;
    const Table &m_rows;
    QList<int> m_fields;
    KeyCoding m_coding;
    QList<quint64> m_lows;   // of the rows' codes
    quint64 *m_writableLows; // the same, for threads that set different rows at once
    std::vector<quint8> m_hasKey;
    KeyIndex m_index;
    mutable FirstOfKey m_firstOfKey;
};

} // namespace seedbed
