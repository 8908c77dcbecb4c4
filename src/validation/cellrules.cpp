// SPDX-License-Identifier: MIT
#include "validation/cellrules.h"

#include "validation/cellcast.h"
#include "validation/decimal.h"
#include "validation/email.h"

#include <QString>

#include <algorithm>
#include <cmath>

namespace seedbed {
namespace {

// Bounds and enum values are plain in the descriptor, however the cells write their numbers.
std::optional<Value> castBound(Field field, const std::optional<QByteArray> &text)
{
    field.decimalChar = QByteArrayLiteral(".");
    field.groupChar.clear();
    std::optional<Value> value = text ? castCell(field, *text) : std::nullopt;
    if (value)
        value->text.detach(); // it is to outlive the text
    return value;
}

QByteArray numberText(const Value &value)
{
    return value.kind == Value::Kind::Integer ? QByteArray::number(value.integer) : value.text;
}

// Unordered where one is NaN; dates compare as their ISO texts do.
std::partial_ordering compare(const Value &a, const Value &b)
{
    if (a.kind == Value::Kind::Text)
        return a.text.compare(b.text) <=> 0;
    if (a.kind == Value::Kind::Integer && b.kind == Value::Kind::Integer)
        return a.integer <=> b.integer;
    return Decimal::compareTexts(numberText(a), numberText(b));
}

bool isMissingValue(const TableSchema &schema, QByteArrayView text)
{
    if (schema.missingValues.size() == 1 && schema.missingValues.first().isEmpty())
        return text.isEmpty();
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
    , m_isEmptyMissing(schema.missingValues == QList<QByteArray> { QByteArray("") })
{
    const QSet<int> key(schema.primaryKey.cbegin(), schema.primaryKey.cend());
    for (int i = 0; i < schema.fields.size(); ++i) {
        const Field &field = schema.fields.at(i);
        const Constraints &constraints = field.constraints;
        Bounds bounds;
        bounds.minimum = castBound(field, constraints.minimum);
        bounds.maximum = castBound(field, constraints.maximum);
        bounds.exclusiveMinimum = castBound(field, constraints.exclusiveMinimum);
        bounds.exclusiveMaximum = castBound(field, constraints.exclusiveMaximum);
        bounds.isKey = key.contains(i);
        if (constraints.pattern)
            bounds.pattern.emplace(*constraints.pattern);
        if (constraints.enumeration) {
            bounds.enumeration.emplace();
            for (const QByteArray &text : *constraints.enumeration) {
                if (const auto value = castBound(field, text))
                    bounds.enumeration->insert(*codeOf({ *value }, KeyCoding::Digest));
            }
        }
        findPlain(field, bounds);
        m_bounds.append(bounds);
    }
}

void CellRules::findPlain(const Field &field, Bounds &bounds) const
{
    const Constraints &constraints = field.constraints;
    bounds.isEmail = field.type == FieldType::String && field.format == QLatin1String("email");
    const bool isPlain =
        m_isEmptyMissing && !bounds.pattern && !bounds.enumeration && !constraints.minLength && !constraints.maxLength;
    bounds.isPlainString = isPlain && field.type == FieldType::String; // which has no minimum and no maximum
    if (!isPlain || !hasPlainNumbers(field))
        return;
    if (field.type == FieldType::Integer)
        findPlainInteger(bounds);
    else if (field.type == FieldType::Number)
        findPlainNumber(bounds);
}

void CellRules::findPlainNumber(Bounds &bounds)
{
    bounds.isPlainNumber = true;
    const auto narrow = [&bounds](const std::optional<Value> &bound, bool isLeast, bool isExclusive) {
        if (!bound)
            return;
        const auto number = shortNumber(numberText(*bound));
        if (!number) {
            bounds.isPlainNumber = false;
            return;
        }
        const double away =
            isLeast ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
        const double end = isExclusive ? std::nextafter(*number, away) : *number;
        if (isLeast)
            bounds.leastNumber = std::max(bounds.leastNumber, end);
        else
            bounds.mostNumber = std::min(bounds.mostNumber, end);
    };
    narrow(bounds.minimum, true, false);
    narrow(bounds.exclusiveMinimum, true, true);
    narrow(bounds.maximum, false, false);
    narrow(bounds.exclusiveMaximum, false, true);
}

void CellRules::findPlainInteger(Bounds &bounds)
{
    const auto isSmall = [](const std::optional<Value> &bound) {
        constexpr qint64 Most = std::numeric_limits<qint64>::max() / 2;
        return !bound || (bound->kind == Value::Kind::Integer && bound->integer < Most && bound->integer > -Most);
    };
    bounds.isPlainInteger = isSmall(bounds.minimum) && isSmall(bounds.maximum) && isSmall(bounds.exclusiveMinimum)
        && isSmall(bounds.exclusiveMaximum);
    if (!bounds.isPlainInteger)
        return;
    if (bounds.minimum)
        bounds.least = bounds.minimum->integer;
    if (bounds.exclusiveMinimum)
        bounds.least = std::max(bounds.least, bounds.exclusiveMinimum->integer + 1);
    if (bounds.maximum)
        bounds.most = bounds.maximum->integer;
    if (bounds.exclusiveMaximum)
        bounds.most = std::min(bounds.most, bounds.exclusiveMaximum->integer - 1);
}

std::optional<qint64> CellRules::rightInteger(int field, QByteArrayView text) const
{
    const Bounds &bounds = m_bounds.at(field);
    if (!bounds.isPlainInteger)
        return std::nullopt;
    const auto integer = shortInteger(text);
    const bool isRight = integer && *integer >= bounds.least && *integer <= bounds.most;
    return isRight ? integer : std::nullopt;
}

bool CellRules::isRightNumber(int field, QByteArrayView text) const
{
    const Bounds &bounds = m_bounds.at(field);
    const auto number = bounds.isPlainNumber ? shortNumber(text) : std::nullopt;
    return number && *number >= bounds.leastNumber && *number <= bounds.mostNumber;
}

bool CellRules::isRightString(int field, QByteArrayView text) const
{
    const Bounds &bounds = m_bounds.at(field);
    return bounds.isPlainString && !text.isEmpty() && (!bounds.isEmail || isEmail(text));
}

bool CellRules::isMissing(QByteArrayView text) const
{
    return m_isEmptyMissing ? text.isEmpty() : isMissingValue(m_schema, text);
}

Value CellRules::check(int field, QByteArrayView text, QList<CellProblem> &problems) const
{
    const Field &definition = m_schema.fields.at(field);
    if (isMissing(text)) {
        if (definition.constraints.required)
            problems.append({ Rule::Required });
        else if (m_bounds.at(field).isKey)
            problems.append({ Rule::PrimaryKey });
        return {};
    }
    std::optional<Value> value = castCell(definition, text);
    if (!value) {
        problems.append({ Rule::Type });
        return {};
    }
    if (!isStoredExactly(definition, *value))
        problems.append({ Rule::Type, Problem::Against::Limit });
    if (m_bounds.at(field).isEmail && !isEmail(text)) {
        problems.append({ Rule::Format });
        return std::move(*value);
    }
    checkValue(field, *value, text, problems);
    return std::move(*value);
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
    if (bounds.enumeration && !bounds.enumeration->contains(*codeOf({ value }, KeyCoding::Digest)))
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
    if (!pattern)
        return;
    switch (pattern->match(text)) {
    case TextPattern::Answer::Matches:
        return;
    case TextPattern::Answer::DoesNotMatch:
        problems.append({ Rule::Pattern });
        return;
    case TextPattern::Answer::Undecided:
        problems.append({ Rule::Pattern, Problem::Against::Undecided });
        return;
    }
}

Value valueOf(const TableSchema &schema, int field, QByteArrayView text)
{
    if (isMissingValue(schema, text))
        return {};
    return castCell(schema.fields.at(field), text).value_or(Value());
}

QList<Value> valuesOf(const TableSchema &schema, const Table &rows, qsizetype position)
{
    QList<Value> values;
    values.reserve(schema.fields.size());
    for (int field = 0; field < schema.fields.size(); ++field)
        values.append(valueOf(schema, field, rows.cell(position, field)));
    return values;
}

} // namespace seedbed
