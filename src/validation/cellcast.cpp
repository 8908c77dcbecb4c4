// SPDX-License-Identifier: MIT
#include "validation/cellcast.h"

#include "package/lexical.h"
#include "validation/datetext.h"
#include "validation/decimal.h"

#include <algorithm>

namespace seedbed {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// What is left of "  10,000.00 €" without the text around the number. A minus in that text is not thrown away: it
// may be the number's sign.
std::optional<QByteArrayView> withoutSurroundings(QByteArrayView text, const Field &field)
{
    const auto first = std::find_if(text.begin(), text.end(), isDigit);
    if (first == text.end())
        return text;
    qsizetype begin = first - text.begin();
    const auto startsWith = [&](qsizetype position, QByteArrayView part) {
        return position >= 0 && text.sliced(position, std::min(part.size(), text.size() - position)) == part;
    };
    if (startsWith(begin - field.decimalChar.size(), field.decimalChar))
        begin -= field.decimalChar.size();
    if (begin > 0 && (text[begin - 1] == '-' || text[begin - 1] == '+'))
        --begin;
    if (text.first(begin).contains('-'))
        return std::nullopt;
    qsizetype end = text.size();
    while (end > begin && !isDigit(text[end - 1]))
        --end;
    return text.sliced(begin, end - begin);
}

// The number as plain decimal text: no text around it, no group characters, a point for the decimal character.
std::optional<QByteArray> plainNumber(const Field &field, QByteArrayView text)
{
    if (!field.bareNumber) {
        const auto inner = withoutSurroundings(text, field);
        if (!inner)
            return std::nullopt;
        text = *inner;
    }
    QByteArray plain;
    plain.reserve(text.size());
    bool isFraction = false;
    for (qsizetype i = 0; i < text.size();) {
        const QByteArrayView rest = text.sliced(i);
        if (!field.groupChar.isEmpty() && rest.startsWith(field.groupChar)) {
            const qsizetype next = i + field.groupChar.size();
            const bool isBetweenDigits = i > 0 && isDigit(text[i - 1]) && next < text.size() && isDigit(text[next]);
            if (isFraction || !isBetweenDigits)
                return std::nullopt;
            i = next;
        } else if (!isFraction && rest.startsWith(field.decimalChar)) {
            isFraction = true;
            plain += '.';
            i += field.decimalChar.size();
        } else if (text[i] == '.') {
            return std::nullopt;
        } else {
            plain += text[i++];
        }
    }
    return plain;
}

QByteArray rawBytes(QByteArrayView text)
{
    return QByteArray::fromRawData(text.data(), text.size());
}

std::optional<Value> castInteger(QByteArrayView text)
{
    if (const auto integer = shortInteger(text))
        return Value::ofInteger(*integer);
    if (!isInteger(text))
        return std::nullopt;
    bool isSmall = false;
    const qint64 integer = text.toLongLong(&isSmall);
    if (isSmall)
        return Value::ofInteger(integer);
    return Value::ofNumber(Decimal::parse(text)->toText());
}

std::optional<Value> castNumber(QByteArrayView text)
{
    if (const auto canonical = Decimal::canonicalPart(text))
        return Value::ofNumber(rawBytes(*canonical));
    const auto number = Decimal::parse(text);
    if (!number)
        return std::nullopt;
    return Value::ofNumber(number->toText());
}

std::optional<Value> castNumeric(const Field &field, QByteArrayView text)
{
    const auto cast = field.type == FieldType::Integer ? castInteger : castNumber;
    if (hasPlainNumbers(field))
        return cast(text);
    const auto plain = plainNumber(field, text);
    std::optional<Value> value = plain ? cast(*plain) : std::nullopt;
    if (value)
        value->text.detach(); // from the text that was made here
    return value;
}

std::optional<Value> castBoolean(const Field &field, QByteArrayView text)
{
    const QByteArray bytes = rawBytes(text);
    if (field.trueValues.contains(bytes))
        return Value::ofInteger(1);
    if (field.falseValues.contains(bytes))
        return Value::ofInteger(0);
    return std::nullopt;
}

std::optional<Value> castDate(const Field &field, QByteArrayView text)
{
    if (hasIsoDates(field))
        return isDate(text) ? std::optional(Value::ofText(rawBytes(text))) : std::nullopt;
    const std::optional<QDate> date = dateOfText(field, text);
    if (!date)
        return std::nullopt;
    return Value::ofText(date->toString(Qt::ISODate).toLatin1());
}

} // namespace

bool hasPlainNumbers(const Field &field)
{
    return field.bareNumber && field.groupChar.isEmpty() && field.decimalChar == ".";
}

std::optional<Value> castCell(const Field &field, QByteArrayView text)
{
    switch (field.type) {
    case FieldType::String:
    case FieldType::Text:
        return Value::ofText(rawBytes(text));
    case FieldType::Integer:
    case FieldType::Number:
        return castNumeric(field, text);
    case FieldType::Boolean:
        return castBoolean(field, text);
    case FieldType::Date:
        return castDate(field, text);
    }
    Q_UNREACHABLE();
}

bool isStoredExactly(const Field &field, const Value &value)
{
    constexpr qsizetype ExactDigits = 15;
    constexpr qint64 LargestMagnitude = 300;
    if (value.kind != Value::Kind::Number)
        return true;
    if (field.type != FieldType::Integer && value.text.size() <= ExactDigits && !value.text.contains('e'))
        return true;
    if (field.type == FieldType::Integer)
        return false; // it did not fit in 64 bits
    bool fitsInteger = false;
    (void)value.text.toLongLong(&fitsInteger);
    if (fitsInteger)
        return true;
    const auto number = Decimal::parse(value.text);
    return !number->isFinite()
        || (number->significantDigits() <= ExactDigits && number->magnitude() <= LargestMagnitude
            && number->magnitude() >= -LargestMagnitude);
}

} // namespace seedbed
