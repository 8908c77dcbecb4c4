// SPDX-License-Identifier: MIT
#include "validation/cellrules.h"

#include "validation/cellcast.h"
#include "validation/decimal.h"
#include "validation/email.h"

#include <QString>

#include <algorithm>

namespace seedbed {
namespace {

// Bounds and enum values are plain in the descriptor, however the cells write their numbers.
std::optional<Value> castBound(Field field, const std::optional<QByteArray> &text)
{
    field.decimalChar = QByteArrayLiteral(".");
    field.groupChar.clear();
    return text ? castCell(field, *text) : std::nullopt;
}

Decimal decimalOf(const Value &value)
{
    const QByteArray text = value.kind == Value::Kind::Integer ? QByteArray::number(value.integer) : value.text;
    return Decimal::parse(text).value_or(Decimal());
}

// Unordered where one is NaN; dates compare as their ISO texts do.
std::partial_ordering compare(const Value &a, const Value &b)
{
    if (a.kind == Value::Kind::Text)
        return a.text.compare(b.text) <=> 0;
    if (a.kind == Value::Kind::Integer && b.kind == Value::Kind::Integer)
        return a.integer <=> b.integer;
    return decimalOf(a).compare(decimalOf(b));
}

bool isMissing(const TableSchema &schema, QByteArrayView text)
{
    return std::any_of(schema.missingValues.begin(), schema.missingValues.end(),
                       [text](const QByteArray &missing) { return text == missing; });
}

qsizetype codePoints(QByteArrayView utf8)
{
    return std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

} // namespace

CellRules::CellRules(const TableSchema &schema)
    : m_schema(schema)
{
    for (qsizetype i = 0; i < schema.fields.size(); ++i) {
        const Field &field = schema.fields.at(i);
        const Constraints &constraints = field.constraints;
        Bounds bounds;
        bounds.minimum = castBound(field, constraints.minimum);
        bounds.maximum = castBound(field, constraints.maximum);
        bounds.exclusiveMinimum = castBound(field, constraints.exclusiveMinimum);
        bounds.exclusiveMaximum = castBound(field, constraints.exclusiveMaximum);
        bounds.isKey = schema.primaryKey.contains(i);
        if (constraints.pattern) {
            bounds.pattern.emplace(QRegularExpression::anchoredPattern(*constraints.pattern),
                                   QRegularExpression::UseUnicodePropertiesOption);
            bounds.pattern->optimize();
        }
        if (constraints.enumeration) {
            bounds.enumeration.emplace();
            for (const QByteArray &text : *constraints.enumeration) {
                if (const auto value = castBound(field, text))
                    bounds.enumeration->append(*value);
            }
        }
        m_bounds.append(bounds);
    }
}

Value CellRules::check(int field, QByteArrayView text, QList<CellProblem> &problems) const
{
    const Field &definition = m_schema.fields.at(field);
    if (isMissing(m_schema, text)) {
        if (definition.constraints.required)
            problems.append({ Rule::Required });
        else if (m_bounds.at(field).isKey)
            problems.append({ Rule::PrimaryKey });
        return {};
    }
    const std::optional<Value> value = castCell(definition, text);
    if (!value) {
        problems.append({ Rule::Type });
        return {};
    }
    if (!isStoredExactly(definition, *value))
        problems.append({ Rule::Type, Problem::Against::Limit });
    if (definition.type == FieldType::String && definition.format == QLatin1String("email") && !isEmail(text)) {
        problems.append({ Rule::Format });
        return *value;
    }
    checkValue(field, *value, text, problems);
    return *value;
}

void CellRules::checkValue(int field, const Value &value, QByteArrayView text, QList<CellProblem> &problems) const
{
    const Bounds &bounds = m_bounds.at(field);
    if (bounds.minimum && !(compare(value, *bounds.minimum) >= 0))
        problems.append({ Rule::Minimum });
    if (bounds.exclusiveMinimum && !(compare(value, *bounds.exclusiveMinimum) > 0))
        problems.append({ Rule::ExclusiveMinimum });
    if (bounds.maximum && !(compare(value, *bounds.maximum) <= 0))
        problems.append({ Rule::Maximum });
    if (bounds.exclusiveMaximum && !(compare(value, *bounds.exclusiveMaximum) < 0))
        problems.append({ Rule::ExclusiveMaximum });
    checkText(field, text, problems);
    if (bounds.enumeration && !bounds.enumeration->contains(value))
        problems.append({ Rule::Enum });
}

void CellRules::checkText(int field, QByteArrayView text, QList<CellProblem> &problems) const
{
    const Constraints &constraints = m_schema.fields.at(field).constraints;
    if (constraints.minLength && codePoints(text) < *constraints.minLength)
        problems.append({ Rule::MinLength });
    if (constraints.maxLength && codePoints(text) > *constraints.maxLength)
        problems.append({ Rule::MaxLength });
    const auto &pattern = m_bounds.at(field).pattern;
    if (pattern && !pattern->match(QString::fromUtf8(text)).hasMatch())
        problems.append({ Rule::Pattern });
}

QList<Value> valuesOf(const TableSchema &schema, const Table &rows, qsizetype position)
{
    QList<Value> values;
    values.reserve(schema.fields.size());
    for (int field = 0; field < schema.fields.size(); ++field) {
        const QByteArrayView text = rows.cell(position, field);
        const Value missing;
        values.append(isMissing(schema, text) ? missing
                                              : castCell(schema.fields.at(field), text).value_or(missing));
    }
    return values;
}

} // namespace seedbed
