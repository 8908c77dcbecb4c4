// SPDX-License-Identifier: MIT
#include "export/tablejson.h"

#include "package/json.h"
#include "validation/cellcast.h"

namespace seedbed {

namespace {

JsonValue jsonOf(const Value &value, const Field &field)
{
    switch (value.kind) {
    case Value::Kind::Null:
        return {};
    case Value::Kind::Integer:
        if (field.type == FieldType::Boolean)
            return JsonValue::fromBoolean(value.integer != 0);
        return JsonValue::fromNumber(QByteArray::number(value.integer));
    case Value::Kind::Number:
        return JsonValue::fromNumber(value.text);
    case Value::Kind::Text:
        return JsonValue::fromString(value.text);
    }
    Q_UNREACHABLE();
}

/// JSON has no words for these.
bool isFinite(const Value &value)
{
    return value.kind != Value::Kind::Number || (value.text != "NaN" && !value.text.endsWith("INF"));
}

JsonValue jsonOf(const QByteArray &cell, const Field &field, const TableSchema &schema)
{
    if (schema.missingValues.contains(cell))
        return {};
    const auto value = field.type == FieldType::Date ? std::nullopt : castCell(field, cell);
    return value && isFinite(*value) ? jsonOf(*value, field) : JsonValue::fromString(cell);
}

} // namespace

QByteArray rowToJson(const Table &rows, qsizetype row, const TableSchema &schema)
{
    JsonValue object;
    object.kind = JsonValue::Kind::Object;
    for (int column = 0; column < rows.columnCount(); ++column) {
        const Field &field = schema.fields.at(column);
        const QByteArrayView text = rows.cell(row, column);
        const QByteArray cell = QByteArray::fromRawData(text.data(), text.size()); // the value may be a view of it too
        object.members.push_back({ field.name.toUtf8(), jsonOf(cell, field, schema) });
    }
    return writeJson(object).chopped(1);
}

} // namespace seedbed
