// SPDX-License-Identifier: MIT
#include "validation/cellvalues.h"

#include "validation/cellrules.h"

namespace seedbed {

CellValues::CellValues(const TableSchema &schema)
    : m_schema(schema)
{
    const bool isEmptyMissing = schema.missingValues == QList<QByteArray> { QByteArray("") };
    for (const Field &field : schema.fields)
        m_kinds.push_back(isEmptyMissing ? kindOf(field) : Kind::Other);
}

CellValues::Kind CellValues::kindOf(const Field &field)
{
    if (field.type == FieldType::String || field.type == FieldType::Text)
        return Kind::PlainText;
    if (!hasPlainNumbers(field))
        return Kind::Other;
    return field.type == FieldType::Integer ? Kind::PlainInteger
        : field.type == FieldType::Number   ? Kind::PlainNumber
                                            : Kind::Other;
}

Value CellValues::otherValue(int field, QByteArrayView text) const
{
    return valueOf(m_schema, field, text);
}

} // namespace seedbed
