// SPDX-License-Identifier: MIT
#include "package/constraintsreader.h"

#include "package/lexical.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Descriptor)
};

struct Bound {
    const char *name;
    std::optional<QByteArray> Constraints::*value;
};

struct Length {
    const char *name;
    std::optional<qsizetype> Constraints::*value;
};

constexpr Bound bounds[] = {
    { "minimum", &Constraints::minimum },
    { "maximum", &Constraints::maximum },
    { "exclusiveMinimum", &Constraints::exclusiveMinimum },
    { "exclusiveMaximum", &Constraints::exclusiveMaximum },
};

constexpr Length lengths[] = {
    { "minLength", &Constraints::minLength },
    { "maxLength", &Constraints::maxLength },
};

/// Whether the standard gives a type that is kept as text this kind of constraint.
bool mayHaveBounds(const QString &typeName)
{
    static const QSet<QString> names { QStringLiteral("datetime"), QStringLiteral("time"), QStringLiteral("duration"),
                                       QStringLiteral("year"), QStringLiteral("yearmonth") };
    return names.contains(typeName);
}

bool mayHaveLength(const QString &typeName)
{
    static const QSet<QString> names { QStringLiteral("array"), QStringLiteral("object"), QStringLiteral("list") };
    return names.contains(typeName);
}

void refuseForType(const Node &node, const Field &field, const QString &types)
{
    node.refuse(Text::tr("a field of type \"%1\" cannot have it, only %2; remove it or change the type")
                    .arg(field.typeName, types));
}

void warnUnchecked(const Node &node, const QString &resource, const Field &field, const char *constraint)
{
    node.notes().warn(Text::tr("%1.%2: the constraint \"%3\" of %4 values is not checked")
                          .arg(resource, field.name, QString::fromLatin1(constraint), field.typeName));
}

/// A number as its field writes it, with a point for decimals and without groups.
QByteArray plainNumber(QByteArray text, const Field &field)
{
    if (!field.groupChar.isEmpty())
        text.replace(field.groupChar, QByteArray());
    if (field.type == FieldType::Number && field.decimalChar != ".")
        text.replace(field.decimalChar, QByteArrayLiteral("."));
    return text;
}

QByteArray plainBoolean(const Node &node, const QByteArray &text, const Field &field)
{
    if (node.kind() != JsonValue::Kind::Boolean)
        return text;
    const QList<QByteArray> &values = text == "true" ? field.trueValues : field.falseValues;
    return values.value(0);
}

bool isValue(const QByteArray &text, const Field &field)
{
    switch (field.type) {
    case FieldType::Integer:
        return isInteger(text);
    case FieldType::Number:
        return isNumber(text);
    case FieldType::Boolean:
        return field.trueValues.contains(text) || field.falseValues.contains(text);
    case FieldType::Date:
        return field.format != u"default" || isDate(text);
    case FieldType::String:
    case FieldType::Text:
        return true;
    }
    Q_UNREACHABLE();
}

/// The text of a bound or enum value, which must be a value of the field's type.
QByteArray readValue(const Node &node, const Field &field)
{
    const std::optional<QByteArray> scalar = node.scalar();
    if (!scalar) {
        node.refuse(Text::tr("must be a value of type %1, not null").arg(field.typeName));
        return {};
    }
    QByteArray text = *scalar;
    const bool isNumeric = field.type == FieldType::Integer || field.type == FieldType::Number;
    if (isNumeric && node.isString() && !isValue(text, field))
        text = plainNumber(text, field);
    if (field.type == FieldType::Boolean)
        text = plainBoolean(node, text, field);
    const bool isWrongKind = field.type == FieldType::Date && !node.isString();
    if (isWrongKind || !isValue(text, field)) {
        node.refuse(
            Text::tr("\"%1\" is not a value of type %2; write one").arg(QString::fromUtf8(*scalar), field.typeName));
    }
    return text;
}

void readBounds(const Node &node, const QString &resource, Field &field)
{
    for (const Bound &bound : bounds) {
        const Node member = node.member(bound.name);
        if (!member.exists())
            continue;
        const bool isOrdered =
            field.type == FieldType::Integer || field.type == FieldType::Number || field.type == FieldType::Date;
        if (!isOrdered && !mayHaveBounds(field.typeName)) {
            refuseForType(member, field, Text::tr("integer, number, date and other types with an order"));
        } else if (!isOrdered) {
            warnUnchecked(node, resource, field, bound.name);
        } else {
            const QByteArray text = readValue(member, field);
            if (text.compare("NaN", Qt::CaseInsensitive) == 0)
                member.refuse(Text::tr("NaN is no bound: nothing is less or greater; write a number"));
            field.constraints.*bound.value = text;
        }
    }
}

void readLengths(const Node &node, const QString &resource, Field &field)
{
    for (const Length &length : lengths) {
        const Node member = node.member(length.name);
        if (!member.exists())
            continue;
        if (field.type == FieldType::String)
            field.constraints.*length.value = member.length();
        else if (mayHaveLength(field.typeName))
            warnUnchecked(node, resource, field, length.name);
        else
            refuseForType(member, field, Text::tr("string, array, object and list"));
    }
}

/// What XML Schema's regular expressions have and QRegularExpression understands differently or not at all.
bool hasSchemaOnlySyntax(const QString &pattern)
{
    static const QRegularExpression schemaOnly(QStringLiteral("^(?:[^\\\\]|\\\\.)*?(?:\\\\[iIcC]|-\\[)"),
                                               QRegularExpression::DotMatchesEverythingOption);
    return schemaOnly.match(pattern).hasMatch();
}

void readPattern(const Node &node, Field &field)
{
    if (!node.exists())
        return;
    if (field.type != FieldType::String) {
        refuseForType(node, field, Text::tr("string"));
        return;
    }
    const QString pattern = node.string();
    // By itself too: "a)|(b" is one between the parentheses that it is put into, and would match all that ends in b.
    const QRegularExpression alone(pattern);
    const QRegularExpression anchored(QRegularExpression::anchoredPattern(pattern));
    const QRegularExpression &worse = alone.isValid() ? anchored : alone;
    if (hasSchemaOnlySyntax(pattern))
        node.refuse(Text::tr("\\i, \\c and the subtraction of character classes are not supported; write it without"));
    else if (!worse.isValid())
        node.refuse(Text::tr("\"%1\" is not a regular expression: %2").arg(pattern, worse.errorString()));
    field.constraints.pattern = pattern;
}

void readEnum(const Node &node, Field &field)
{
    if (!node.exists())
        return;
    node.mustBeArray();
    QList<QByteArray> values;
    for (const Node &item : node.items())
        values.append(readValue(item, field));
    if (values.isEmpty())
        node.refuse(Text::tr("is empty, so that no value could be right; list the values"));
    field.constraints.enumeration = values;
}

} // namespace

void readConstraints(const Node &node, const QString &resource, Field &field)
{
    node.mustBeObject();
    field.constraints.required = node.member("required").boolean(false);
    field.constraints.unique = node.member("unique").boolean(false);
    readBounds(node, resource, field);
    readLengths(node, resource, field);
    readPattern(node.member("pattern"), field);
    readEnum(node.member("enum"), field);
    if (node.member("jsonSchema").exists())
        warnUnchecked(node, resource, field, "jsonSchema");
}

} // namespace seedbed
