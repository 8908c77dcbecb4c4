// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqlitecolumns.h"

#include "validation/decimal.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace seedbed {
namespace {

// A mark that no cell can begin with, as NUL is refused where text is read.
Value foreignValue(QByteArrayView bytes)
{
    return Value::ofText(QByteArray(1, '\0').append(bytes));
}

// Never null, as that would be another value than an empty text.
QByteArray viewOf(QByteArrayView bytes)
{
    return bytes.isEmpty() ? QByteArray("") : QByteArray::fromRawData(bytes.data(), bytes.size());
}

bool isStoredAs(const StoredCell &stored, const BoundValue &bound)
{
    switch (stored.storage) {
    case StoredCell::Storage::Integer:
        return bound.kind == BoundValue::Kind::Integer && bound.integer == stored.integer;
    case StoredCell::Storage::Real:
        return bound.kind == BoundValue::Kind::Real && bound.real == stored.real;
    case StoredCell::Storage::Text:
        return bound.kind == BoundValue::Kind::Text && bound.text == stored.bytes;
    case StoredCell::Storage::Null:
        return bound.kind == BoundValue::Kind::Null;
    case StoredCell::Storage::Blob:
        return false;
    }
    Q_UNREACHABLE();
}

QByteArray shortest(double real)
{
    if (!std::isfinite(real))
        return std::isnan(real) ? QByteArrayLiteral("NaN")
            : real > 0          ? QByteArrayLiteral("INF")
                                : QByteArrayLiteral("-INF");
    std::array<char, 32> digits {};
    const auto end = std::to_chars(digits.begin(), digits.end(), real).ptr;
    return QByteArray(digits.data(), end - digits.data());
}

/// The number that the text of a Number is, if it is a whole one of 64 bits.
std::optional<qint64> wholeNumber(QByteArrayView text)
{
    qint64 integer = 0;
    const auto read = std::from_chars(text.cbegin(), text.cend(), integer);
    return read.ptr == text.cend() && read.ec == std::errc() ? std::optional(integer) : std::nullopt;
}

/// The number in \a text as a value of the field; nothing where there is none.
std::optional<Value> storedNumber(const QByteArray &text, const Field &field)
{
    const auto canonical = Decimal::canonicalPart(text);
    const auto number = canonical ? std::nullopt : Decimal::parse(text);
    if (!canonical && !number)
        return std::nullopt;
    const QByteArray exact = !canonical    ? number->toText()
        : canonical->size() == text.size() ? text
                                           : canonical->toByteArray();
    if (const auto integer = field.type != FieldType::Number ? wholeNumber(exact) : std::nullopt)
        return Value::ofInteger(*integer);
    return Value::ofNumber(exact);
}

Value numberOrForeign(const QByteArray &text, const Field &field)
{
    const auto number = storedNumber(text, field);
    return number ? *number : foreignValue(text);
}

bool isNumeric(FieldType type)
{
    return type == FieldType::Integer || type == FieldType::Number || type == FieldType::Boolean;
}

} // namespace

Affinity affinityOf(const QString &declaredType)
{
    const auto has = [&declaredType](QLatin1String part) { return declaredType.contains(part, Qt::CaseInsensitive); };
    if (has(QLatin1String("INT")))
        return Affinity::Integer;
    if (has(QLatin1String("CHAR")) || has(QLatin1String("CLOB")) || has(QLatin1String("TEXT")))
        return Affinity::Text;
    if (declaredType.isEmpty() || has(QLatin1String("BLOB")))
        return Affinity::Blob;
    if (has(QLatin1String("REAL")) || has(QLatin1String("FLOA")) || has(QLatin1String("DOUB")))
        return Affinity::Real;
    return Affinity::Numeric;
}

QString declaredTypeFor(const Field &field)
{
    switch (field.type) {
    case FieldType::Integer:
    case FieldType::Boolean:
        return QStringLiteral("INTEGER");
    case FieldType::Number:
        return QStringLiteral("NUMERIC");
    case FieldType::String:
    case FieldType::Date:
    case FieldType::Text:
        return QStringLiteral("TEXT");
    }
    Q_UNREACHABLE();
}

bool wouldChangeTexts(const Field &field, Affinity affinity)
{
    return (field.type == FieldType::String || field.type == FieldType::Text) && affinity != Affinity::Text
        && affinity != Affinity::Blob;
}

bool keepsValue(const Value &value, Affinity affinity)
{
    if (affinity != Affinity::Real || (value.kind != Value::Kind::Integer && value.kind != Value::Kind::Number))
        return true;
    bool isInteger = value.kind == Value::Kind::Integer;
    const qint64 integer = isInteger ? value.integer : value.text.toLongLong(&isInteger);
    constexpr qint64 Exact = qint64(1) << 53;
    return !isInteger || (integer >= -Exact && integer <= Exact);
}

BoundValue boundValue(const Value &value, Affinity affinity)
{
    switch (value.kind) {
    case Value::Kind::Null:
        return {};
    case Value::Kind::Integer:
        return { .kind = BoundValue::Kind::Integer, .integer = value.integer, .text = {} };
    case Value::Kind::Text:
        return { .kind = BoundValue::Kind::Text, .text = value.text };
    case Value::Kind::Number:
        break;
    }
    const bool isFinite = !value.text.endsWith('N') && !value.text.endsWith('F'); // of NaN and INF
    if (affinity == Affinity::Text || !isFinite)
        return { .kind = BoundValue::Kind::Text, .text = value.text };
    if (const auto integer = wholeNumber(value.text))
        return { .kind = BoundValue::Kind::Integer, .integer = *integer, .text = {} };
    BoundValue bound { .kind = BoundValue::Kind::Real, .text = {} };
    std::from_chars(value.text.cbegin(), value.text.cend(), bound.real);
    return bound;
}

void bindValue(SqliteStatement &statement, int parameter, const Value &value, Affinity affinity)
{
    const BoundValue bound = boundValue(value, affinity);
    switch (bound.kind) {
    case BoundValue::Kind::Null:
        statement.bindNull(parameter);
        return;
    case BoundValue::Kind::Integer:
        statement.bind(parameter, bound.integer);
        return;
    case BoundValue::Kind::Real:
        statement.bind(parameter, bound.real);
        return;
    case BoundValue::Kind::Text:
        statement.bind(parameter, bound.text);
        return;
    }
}

Value storedValue(const StoredCell &cell, const Field &field)
{
    using Storage = StoredCell::Storage;
    switch (cell.storage) {
    case Storage::Null:
        return {};
    case Storage::Integer:
        if (field.type == FieldType::Number)
            return Value::ofNumber(QByteArray::number(cell.integer));
        return isNumeric(field.type) ? Value::ofInteger(cell.integer) : Value::ofText(QByteArray::number(cell.integer));
    case Storage::Real: {
        const QByteArray text = shortest(cell.real);
        return isNumeric(field.type) ? numberOrForeign(text, field) : Value::ofText(text);
    }
    case Storage::Text: {
        const QByteArray text = viewOf(cell.bytes);
        return isNumeric(field.type) ? numberOrForeign(text, field) : Value::ofText(text);
    }
    case Storage::Blob:
        return foreignValue(cell.bytes);
    }
    Q_UNREACHABLE();
}

SqliteRow::SqliteRow(const SqliteStatement &statement, const TableSchema &schema, const QList<Affinity> &affinities)
    : m_statement(statement)
    , m_schema(schema)
    , m_affinities(affinities)
    , m_values(schema)
{
}

Value SqliteRow::value(int field) const
{
    return storedValue(m_statement.cell(field), m_schema.fields.at(field));
}

bool SqliteRow::holds(int field, QByteArrayView cell) const
{
    const StoredCell stored = m_statement.cell(field);
    if (stored.storage == StoredCell::Storage::Text && m_values.isPlainText(field) && !cell.isEmpty())
        return stored.bytes == cell;
    if (const auto number = m_values.plainNumber(field, cell); number && stored.storage == StoredCell::Storage::Real)
        return stored.real == *number;
    const Value value = m_values.value(field, cell);
    if (stored.storage == StoredCell::Storage::Integer && value.kind == Value::Kind::Integer)
        return stored.integer == value.integer;
    // What a writer would bind is what is mostly there. A double has one decimal of at most 15 digits.
    return isStoredAs(stored, boundValue(value, m_affinities.at(field)))
        || storedValue(stored, m_schema.fields.at(field)) == value;
}

} // namespace seedbed
