// SPDX-License-Identifier: MIT
#include "validation/cellvalues.h"

#include "validation/cellrules.h"

namespace seedbed {

CellValues::CellValues(const TableSchema &schema)
    : m_schema(schema)
{
    const bool isEmptyMissing = schema.missingValues == QList<QByteArray> { QByteArray("") };
    for (const Field &field : schema.fields) {
        const bool isText = field.type == FieldType::String || field.type == FieldType::Text;
        m_kinds.push_back(!isEmptyMissing ? Kind::Other
                              : isText    ? Kind::PlainText
                              : field.type == FieldType::Integer && hasPlainNumbers(field) ? Kind::PlainInteger
                                                                                           : Kind::Other);
    }
}

Value CellValues::otherValue(int field, QByteArrayView text) const
{
    return valueOf(m_schema, field, text);
}

} // namespace seedbed
