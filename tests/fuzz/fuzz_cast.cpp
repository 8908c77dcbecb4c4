// SPDX-License-Identifier: MIT

// Cells to values. An input is four bytes of choices (type, form of numbers or dates, constraints, missing values) and
// two cells with a line break between them; where the second is a value of the type, it is the bound or enum value of
// the field too.

#include "fuzzinput.h"
#include "package/lexical.h"
#include "require.h"
#include "rows/csv/decimalcomma.h"
#include "validation/cellcast.h"
#include "validation/cellrules.h"
#include "validation/cellvalues.h"
#include "validation/datetext.h"
#include "validation/decimal.h"
#include "validation/email.h"
#include "validation/keycode.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace seedbed;

namespace {

constexpr std::array Types { FieldType::String,  FieldType::Integer, FieldType::Number,
                             FieldType::Boolean, FieldType::Date,    FieldType::Text };

/// Of the choice of constraints.
enum Constraint : unsigned {
    Minimum = 1,
    Maximum = 2,
    ExclusiveMinimum = 4,
    ExclusiveMaximum = 8,
    Enum = 16,
    Required = 32,
    Lengths = 64,
    Pattern = 128,
};

struct NumberForm {
    const char *decimalChar;
    const char *groupChar;
    bool isBare;
};

constexpr std::array NumberForms {
    NumberForm { ".", "", true },  NumberForm { ",", ".", true },       NumberForm { ".", ",", false },
    NumberForm { ",", "", false }, NumberForm { ".", "\u00A0", true },  NumberForm { "\u066B", "\u066C", true },
    NumberForm { ".", "", false }, NumberForm { ",", "\u202F", false },
};

/// A date that these write can be read from it.
constexpr std::array DateFormats { "default",  "any",       "%d/%m/%Y", "%Y-%m-%d", "%m/%d/%y",
                                   "%d.%m.%Y", "%B %d, %Y", "%Y%m%d",   "%d %b %Y", "%j/%Y" };

QString dateFormat(unsigned choice, QByteArrayView cell)
{
    const std::size_t own = DateFormats.size();
    if (const std::size_t known = choice % (own + 1); known < own)
        return QString::fromLatin1(DateFormats.at(known));
    return u'%' + QString::fromUtf8(cell); // whatever a descriptor says
}

Field fieldOf(FieldType type, unsigned form, QByteArrayView cell)
{
    Field field;
    field.name = QStringLiteral("field");
    field.type = type;
    if (type == FieldType::Integer || type == FieldType::Number) {
        const NumberForm &chosen = NumberForms.at(form % NumberForms.size());
        field.groupChar = chosen.groupChar;
        field.bareNumber = chosen.isBare;
        if (type == FieldType::Number)
            field.decimalChar = chosen.decimalChar;
    } else if (type == FieldType::Date) {
        field.format = dateFormat(form, cell);
    } else if (type == FieldType::String && form % 2 == 1) {
        field.format = QStringLiteral("email");
    }
    return field;
}

/// A field of that type with values in the plain form of the standard.
Field plainField(FieldType type)
{
    Field plain;
    plain.type = type;
    plain.trueValues = { "1" };
    plain.falseValues = { "0" };
    return plain;
}

/// As a descriptor may have it.
bool isBound(const Field &field, QByteArrayView text)
{
    if (field.type == FieldType::Integer)
        return isInteger(text);
    if (field.type == FieldType::Number)
        return isNumber(text) && text.compare("NaN", Qt::CaseInsensitive) != 0;
    return field.type == FieldType::Date && castCell(field, text).has_value();
}

void constrain(Field &field, unsigned choice, QByteArrayView text)
{
    Constraints &constraints = field.constraints;
    const QByteArray bound = text.toByteArray();
    const auto take = [choice, &bound](Constraint constraint, std::optional<QByteArray> &to) {
        if ((choice & constraint) != 0)
            to = bound;
    };
    if (isBound(field, text)) {
        take(Minimum, constraints.minimum);
        take(Maximum, constraints.maximum);
        take(ExclusiveMinimum, constraints.exclusiveMinimum);
        take(ExclusiveMaximum, constraints.exclusiveMaximum);
        if ((choice & Enum) != 0)
            constraints.enumeration = { bound };
    }
    constraints.required = (choice & Required) != 0;
    if (field.type != FieldType::String)
        return;
    if ((choice & Lengths) != 0) {
        constraints.minLength = 2;
        constraints.maxLength = text.size();
    }
    if ((choice & Pattern) != 0)
        constraints.pattern = QStringLiteral("\\p{L}[^@]*@?\\w*");
}

QByteArray numberText(const Value &value)
{
    return value.kind == Value::Kind::Integer ? QByteArray::number(value.integer) : value.text;
}

QByteArray plainText(const Field &field, const Value &value)
{
    const bool isNumeric =
        field.type == FieldType::Integer || field.type == FieldType::Number || field.type == FieldType::Boolean;
    return isNumeric ? numberText(value) : value.text;
}

void requireDecimals(QByteArrayView a, QByteArrayView b)
{
    const auto first = Decimal::parse(a);
    require(first.has_value() == isNumber(a), "a number is what the lexical rules say");
    const auto part = Decimal::canonicalPart(a);
    if (!first)
        return require(!part, "what is no number has no part that is one");
    const QByteArray text = first->toText();
    require(!part || *part == text, "the canonical part is the text of the number");
    const auto again = Decimal::parse(text);
    require(again && again->toText() == text, "the text of a number is its own text");
    const bool isNaN = text == "NaN";
    require(isNaN || first->compare(*again) == 0, "a number is equal to its text");
    const auto second = Decimal::parse(b);
    if (!second)
        return;
    const std::partial_ordering order = first->compare(*second);
    require(Decimal::compareTexts(text, second->toText()) == order, "texts have the order of their numbers");
    require(second->compare(*first) == (0 <=> order), "the order turned around is the other one");
    require(isNaN || (order == 0) == (text == second->toText()), "equal numbers have equal texts");
}

void requireDecimalPoint(QByteArrayView text)
{
    const auto number = withDecimalPoint(text);
    require(!number || isNumber(*number), "a number with a comma is one with a point");
    require(!number || *number != text, "it was something to change");
    require(!showsDecimalComma(text) || number, "what shows a comma can be read");
}

/// The rule of the WHATWG as the expression that it is there, and what is asked beyond it.
bool isEmailByExpression(QByteArrayView text)
{
    static const QRegularExpression expression(
        QStringLiteral("\\A[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
                       "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+\\z"));
    const QByteArrayView local = text.first(std::max<qsizetype>(text.indexOf('@'), 0));
    const bool hasOddDot = local.startsWith('.') || local.endsWith('.') || local.contains("..");
    return text.size() <= 254 && !hasOddDot && expression.match(QString::fromLatin1(text)).hasMatch();
}

void requireCast(const Field &field, QByteArrayView text)
{
    const std::optional<Value> value = castCell(field, text);
    require(castCell(field, text.toByteArray()) == value, "a cell has one value");
    if (field.type == FieldType::Integer && hasPlainNumbers(field))
        require(value.has_value() == isInteger(text), "an integer is what the lexical rules say");
    if (!value)
        return;
    const QByteArray plain = plainText(field, *value);
    const bool isBeyond64Bits = field.type == FieldType::Integer && value->kind == Value::Kind::Number;
    require(castCell(plainField(isBeyond64Bits ? FieldType::Number : field.type), plain) == value,
            "a value that is written is the same value");
    if (field.type == FieldType::Number && isStoredExactly(field, *value) && Decimal::parse(plain)->isFinite()) {
        bool isInt64 = false;
        (void)plain.toLongLong(&isInt64);
        require(isInt64 || Decimal::parse(QByteArray::number(plain.toDouble(), 'g', 15))->toText() == plain,
                "a double gives back the number that it keeps exactly");
    }
}

void requireDate(const Field &field, QByteArrayView text)
{
    const std::optional<QDate> date = dateOfText(field, text);
    require(date.has_value() == castCell(field, text).has_value(), "a date is what casts to one");
    const auto isSame = [&field](const char *format) { return field.format == QLatin1String(format); };
    if (date && std::any_of(DateFormats.begin(), DateFormats.end(), isSame))
        require(dateOfText(field, textOfDate(field, *date)) == date, "a date that is written is the same date");
}

void requireBounds(const Field &field, const Value &value, const QList<Rule> &broken)
{
    const auto requireOrder = [&](Rule rule, const std::optional<QByteArray> &bound, auto isRight) {
        if (!bound)
            return;
        const std::partial_ordering order = field.type == FieldType::Date
            ? value.text.compare(castCell(field, *bound)->text) <=> 0
            : Decimal::parse(numberText(value))->compare(*Decimal::parse(*bound));
        require(broken.contains(rule) != isRight(order), "a bound is broken by what is beyond it");
    };
    const Constraints &constraints = field.constraints;
    requireOrder(Rule::Minimum, constraints.minimum, [](auto order) { return order >= 0; });
    requireOrder(Rule::Maximum, constraints.maximum, [](auto order) { return order <= 0; });
    requireOrder(Rule::ExclusiveMinimum, constraints.exclusiveMinimum, [](auto order) { return order > 0; });
    requireOrder(Rule::ExclusiveMaximum, constraints.exclusiveMaximum, [](auto order) { return order < 0; });
}

void requireFastPaths(const TableSchema &schema, const CellRules &rules, QByteArrayView text)
{
    QList<CellProblem> problems;
    const Value value = rules.check(0, text, problems);
    require(value == valueOf(schema, 0, text), "the rules see the value of the cell");
    const CellValues values(schema);
    require(values.value(0, text) == value, "the value is the same where it is made fast");
    if (const auto number = values.plainNumber(0, text)) {
        require(value.kind == Value::Kind::Number && value.text.toDouble() == *number, "the plain number is the value");
    }
    if (values.isPlainText(0) && !text.isEmpty())
        require(value.kind == Value::Kind::Text && value.text == text, "the plain text is the value");

    const FieldType type = schema.fields.first().type;
    if (const auto integer = rules.rightInteger(0, text)) {
        require(type == FieldType::Integer && problems.isEmpty() && value == Value::ofInteger(*integer),
                "an integer that is right at a glance breaks no rule");
    }
    if (rules.isRightNumber(0, text))
        require(type == FieldType::Number && problems.isEmpty(), "a number that is right at a glance breaks no rule");
    if (rules.isRightString(0, text))
        require(type == FieldType::String && problems.isEmpty(), "a string that is right at a glance breaks no rule");
}

void requireRules(const TableSchema &schema, QByteArrayView text)
{
    const Field &field = schema.fields.first();
    const CellRules rules(schema);
    requireFastPaths(schema, rules, text);
    QList<CellProblem> problems;
    const Value value = rules.check(0, text, problems);
    QList<Rule> broken;
    for (const CellProblem &problem : problems)
        broken.append(problem.rule);
    require(std::is_sorted(broken.cbegin(), broken.cend()), "problems come in the order of their rules");
    if (field.type == FieldType::String && field.format == QLatin1String("email") && !value.isNull())
        require(broken.contains(Rule::Format) != isEmailByExpression(text), "an e-mail address is what the rule says");
    if (value.isNull() || broken.contains(Rule::Format))
        return;
    requireBounds(field, value, broken);
    if (field.constraints.enumeration) {
        const auto only = castCell(plainField(field.type), field.constraints.enumeration->first());
        require(field.type == FieldType::Date || broken.contains(Rule::Enum) == (value != only),
                "an enum has its values, however they are written");
    }
}

void requireKeys(const TableSchema &schema, QByteArrayView a, QByteArrayView b)
{
    const Value first = valueOf(schema, 0, a);
    const Value second = valueOf(schema, 0, b);
    const bool isSame = first == second;
    for (const KeyCoding coding : { KeyCoding::Digest, keyCoding(schema, { 0 }) }) {
        const auto code = codeOf({ first }, coding);
        const auto other = codeOf({ second }, coding);
        require(!code || !other || (*code == *other) == isSame, "keys are equal just as their codes are");
    }
    require((codeOf({ first, second }, KeyCoding::Digest) == codeOf({ second, first }, KeyCoding::Digest)) == isSame,
            "keys of several values are equal just as their codes are");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    requireNoWarnings();
    FuzzInput input(data, size);
    const FieldType type = input.oneOf(Types);
    const unsigned form = input.choice();
    const unsigned constraints = input.choice();
    const unsigned missing = input.choice();
    const QByteArrayView text = input.rest();
    const qsizetype end = text.indexOf('\n');
    const QByteArrayView cell = end < 0 ? text : text.first(end);
    const QByteArrayView other = end < 0 ? QByteArrayView() : text.sliced(end + 1);

    TableSchema schema;
    schema.fields = { fieldOf(type, form, other) };
    constrain(schema.fields.first(), constraints, other);
    if (missing % 4 == 1)
        schema.missingValues = { "", "-", other.toByteArray() };
    else if (missing % 4 == 2)
        schema.missingValues = {};
    if (missing % 8 >= 4)
        schema.primaryKey = { 0 };

    const Field &field = schema.fields.constFirst();
    if (type == FieldType::Number || type == FieldType::Integer)
        requireDecimals(cell, other);
    if (type == FieldType::Number)
        requireDecimalPoint(cell);
    if (type == FieldType::Date)
        requireDate(field, cell);
    requireCast(field, cell);
    requireRules(schema, cell);
    requireKeys(schema, cell, other);
    return 0;
}
