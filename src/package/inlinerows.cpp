// SPDX-License-Identifier: MIT
#include "package/inlinerows.h"

#include "package/lexical.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Descriptor)
};

void refuseUnknownField(const Node &at, const QString &name)
{
    at.refuse(Text::tr("\"%1\" is not a field of the schema; add it there, or remove it here").arg(name));
}

// Null where it is absent.
QByteArray readCell(const Node &node)
{
    const QByteArray cell = node.scalar().value_or(QByteArray());
    if (const qsizetype most = node.notes().limits().cellBytes; cell.size() > most)
        node.refuse(Text::tr("is longer than %1; shorten it, or allow more (--max-cell)").arg(sizeText(most)));
    return cell;
}

QList<QByteArray> readObject(const Node &row, const TableSchema &schema)
{
    QList<QByteArray> cells(schema.fields.size());
    for (const auto &[key, node] : row.members()) {
        const int field = schema.indexOf(QString::fromUtf8(key));
        if (field < 0)
            refuseUnknownField(node, QString::fromUtf8(key));
        else
            cells[field] = readCell(node);
    }
    return cells;
}

/// The fields that the columns stand for.
QList<int> readHeader(const Node &header, const TableSchema &schema)
{
    QList<int> columns;
    QSet<int> known;
    header.mustBeArray();
    for (const Node &node : header.items()) {
        const QString name = node.string();
        const int field = schema.indexOf(name);
        if (field < 0)
            refuseUnknownField(node, name);
        else if (known.contains(field))
            node.refuse(Text::tr("the column \"%1\" comes twice; remove one of the two").arg(name));
        columns.append(field);
        known.insert(field);
    }
    return columns;
}

QList<int> everyField(const TableSchema &schema)
{
    QList<int> columns;
    for (int i = 0; i < schema.fields.size(); ++i)
        columns.append(i);
    return columns;
}

QList<QByteArray> readArray(const Node &row, const QList<int> &columns, const TableSchema &schema)
{
    QList<QByteArray> cells(schema.fields.size());
    const std::vector<Node> nodes = row.items();
    if (static_cast<qsizetype>(nodes.size()) != columns.size()) {
        row.refuse(Text::tr("has %1 cells where there are %2 columns").arg(nodes.size()).arg(columns.size()));
        return cells;
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (const int field = columns.at(static_cast<qsizetype>(i)); field >= 0)
            cells[field] = readCell(nodes.at(i));
    }
    return cells;
}

/// Whether a JSON number may be written like this: no plus sign, no leading zeros, digits around the point.
/// Exponents are left out, for a reader may find them too large for its numbers.
bool isJsonNumber(QByteArrayView text)
{
    if (!isNumber(text) || text.size() > 300 || text.startsWith('+'))
        return false;
    if (text.startsWith('-'))
        text = text.sliced(1);
    const auto isPlain = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    if (!std::all_of(text.begin(), text.end(), isPlain) || text.startsWith('.') || text.endsWith('.'))
        return false;
    return !text.startsWith('0') || text.size() == 1 || text.at(1) == '.';
}

JsonValue toJson(const QByteArray &cell, FieldType type)
{
    if (cell.isNull())
        return {};
    const bool isNumeric = type == FieldType::Integer || type == FieldType::Number;
    if (isNumeric && isJsonNumber(cell))
        return JsonValue::fromNumber(cell);
    if (type == FieldType::Boolean && (cell == "true" || cell == "false"))
        return JsonValue::fromBoolean(cell == "true");
    return JsonValue::fromString(cell);
}

JsonValue toObject(const QList<QByteArray> &cells, const TableSchema &schema)
{
    JsonValue row;
    row.kind = JsonValue::Kind::Object;
    for (int field = 0; field < schema.fields.size(); ++field) {
        if (!cells.value(field).isNull()) {
            row.members.push_back(
                { schema.fields.at(field).name.toUtf8(), toJson(cells.at(field), schema.fields.at(field).type) });
        }
    }
    return row;
}

JsonValue toArray(const QList<QByteArray> &cells, const TableSchema &schema)
{
    JsonValue row;
    row.kind = JsonValue::Kind::Array;
    for (int field = 0; field < schema.fields.size(); ++field)
        row.items.push_back(toJson(cells.value(field), schema.fields.at(field).type));
    return row;
}

JsonValue headerOf(const TableSchema &schema)
{
    JsonValue header;
    header.kind = JsonValue::Kind::Array;
    for (const Field &field : schema.fields)
        header.items.push_back(JsonValue::fromString(field.name.toUtf8()));
    return header;
}

} // namespace

QList<QList<QByteArray>> readInlineRows(const Node &data, const TableSchema &schema, bool hasHeader)
{
    QList<QList<QByteArray>> rows;
    if (!data.isArray()) {
        data.refuse(Text::tr("must be an array of objects, or of arrays with the field names first"));
        return rows;
    }
    std::vector<Node> items = data.items();
    QList<int> columns = everyField(schema);
    const bool hasArrays = !items.empty() && items.front().isArray();
    if (hasArrays && hasHeader) {
        columns = readHeader(items.front(), schema);
        items.erase(items.begin());
    }
    for (const Node &row : items) {
        hasArrays ? row.mustBeArray() : row.mustBeObject();
        rows.append(hasArrays ? readArray(row, columns, schema) : readObject(row, schema));
        if (data.notes().refusal())
            break;
    }
    return rows;
}

void writeInlineRows(JsonValue &data, const TableSchema &schema, const QList<QList<QByteArray>> &rows, bool hasHeader)
{
    const bool hasArrays = !data.items.empty() && data.items.front().kind == JsonValue::Kind::Array;
    data.items.clear();
    if (hasArrays && hasHeader)
        data.items.push_back(headerOf(schema));
    for (const QList<QByteArray> &row : rows)
        data.items.push_back(hasArrays ? toArray(row, schema) : toObject(row, schema));
}

} // namespace seedbed
