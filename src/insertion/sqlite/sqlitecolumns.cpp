// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqlitecolumns.h"

#include "validation/decimal.h"

#include <QLocale>

namespace seedbed {
namespace {

// A mark that no cell can begin with, as NUL is refused where text is read.
Value foreignValue(const QByteArray &bytes)
{
    return Value::ofText(QByteArray(1, '\0') + bytes);
}

QByteArray shortest(double real)
{
    return QByteArray::number(real, 'g', QLocale::FloatingPointShortest);
}

Value storedNumber(const Decimal &number, const Field &field)
{
    const QByteArray text = number.toText();
    bool isInteger = false;
    const qint64 integer = text.toLongLong(&isInteger);
    if (field.type != FieldType::Number && isInteger)
        return Value::ofInteger(integer);
    return Value::ofNumber(text);
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

void bindValue(SqliteStatement &statement, int parameter, const Value &value, Affinity affinity)
{
    switch (value.kind) {
    case Value::Kind::Null:
        statement.bindNull(parameter);
        return;
    case Value::Kind::Integer:
        statement.bind(parameter, value.integer);
        return;
    case Value::Kind::Text:
        statement.bind(parameter, value.text);
        return;
    case Value::Kind::Number:
        break;
    }
    bool isInteger = false;
    const qint64 integer = value.text.toLongLong(&isInteger);
    const bool isFinite = Decimal::parse(value.text).value_or(Decimal()).isFinite();
    if (affinity == Affinity::Text || !isFinite)
        statement.bind(parameter, value.text);
    else if (isInteger)
        statement.bind(parameter, integer);
    else
        statement.bind(parameter, value.text.toDouble());
}

Value storedValue(const SqliteStatement &statement, int column, const Field &field)
{
    if (statement.isNull(column))
        return {};
    if (statement.isInteger(column) || statement.isReal(column)) {
        const QByteArray text = statement.isInteger(column) ? QByteArray::number(statement.integer(column))
                                                            : shortest(statement.real(column));
        const auto number = Decimal::parse(text);
        if (!number)
            return foreignValue(text);
        return isNumeric(field.type) ? storedNumber(*number, field) : Value::ofText(text);
    }
    const QByteArray bytes = statement.bytes(column);
    if (!statement.isText(column))
        return foreignValue(bytes);
    if (!isNumeric(field.type))
        return Value::ofText(bytes);
    const auto number = Decimal::parse(bytes);
    return number ? storedNumber(*number, field) : foreignValue(bytes);
}

} // namespace seedbed
