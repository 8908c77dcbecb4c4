// SPDX-License-Identifier: MIT
#include "validation/tablekeys.h"

#include "validation/cellrules.h"

namespace seedbed {

TableKeys::TableKeys(const TableSchema &schema, const Table &rows, QList<int> fields)
    : m_schema(schema)
    , m_rows(rows)
    , m_fields(std::move(fields))
    , m_coding(keyCoding(schema, m_fields))
    , m_lows(rows.rowCount())
    , m_writableLows(m_lows.data())
    , m_hasKey(static_cast<size_t>(rows.rowCount()))
{
}

void TableKeys::index(const std::stop_token &stop)
{
    m_index.build(
        m_lows, m_coding, [this](qint32 row) { return hasKey(row); },
        [this](qint32 a, qint32 b) { return m_coding == KeyCoding::Integer || ownCode(a) == ownCode(b); }, stop);
}

std::optional<KeyCode> TableKeys::code(qint32 row, KeyCoding coding) const
{
    if (m_coding == KeyCoding::Integer && coding == KeyCoding::Integer)
        return KeyCode { m_lows.at(row), 0 };
    QList<Value> values;
    for (const int field : m_fields)
        values.append(valueOf(m_schema, field, m_rows.cell(row, field)));
    return codeOf(values, coding);
}

bool TableKeys::isSame(qint32 row, const TableKeys &other, qint32 otherRow) const
{
    return other.code(otherRow, m_coding) == code(row, m_coding);
}

qint32 TableKeys::find(const KeyCode &code) const
{
    return m_index.first(code.low,
                         [this, &code](qint32 row) { return m_coding == KeyCoding::Integer || ownCode(row) == code; });
}

qint32 TableKeys::firstByCode(const TableKeys &other, qint32 otherRow) const
{
    const auto sought = other.code(otherRow, m_coding);
    return sought ? find(*sought) : -1;
}

qint32 TableKeys::first(const QList<Value> &values) const
{
    const auto sought = codeOf(values, m_fields, m_coding);
    return sought ? find(*sought) : -1;
}

} // namespace seedbed
