// SPDX-License-Identifier: MIT
#include "validation/problem.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::Problem)
};

// What a descriptor says may be long, and is said for each row.
constexpr qsizetype LongestRule = 200;
constexpr qsizetype MostEnumerated = 20;

QString shortened(const QString &text, qsizetype longest)
{
    return text.size() > longest ? text.first(longest - 1) + u'…' : text;
}

QString shown(QByteArrayView cell)
{
    constexpr qsizetype Longest = 40;
    // No more is decoded than can be shown: a character has four bytes at most.
    return shortened(QString::fromUtf8(cell.first(std::min(cell.size(), 4 * Longest))), Longest);
}

QString joined(const QStringList &parts)
{
    return parts.size() == 1 ? parts.first() : u'(' + parts.join(QStringLiteral(", ")) + u')';
}

// What a problem's text is made from.
struct Subject {
    const Problem &problem;
    const Resource &resource;
    const Table *rows = nullptr; // null: of a kind, whose values are left out

    const Field &field() const { return resource.schema.fields.at(problem.field); }
    QString name() const { return field().name; }
    QString names(const QList<int> &fields) const
    {
        QStringList list;
        for (const int i : fields)
            list += resource.schema.fields.at(i).name;
        return joined(list);
    }
    QString values(const QList<int> &fields) const
    {
        if (!rows)
            return QStringLiteral("…");
        const qsizetype position = rows->indexOf(problem.row);
        QStringList list;
        for (const int i : fields)
            list += position < 0 ? QString() : shown(rows->cell(position, i));
        return joined(list);
    }
    QString value() const { return values({ problem.field }); }
};

QString bound(const std::optional<QByteArray> &text)
{
    return shortened(QString::fromUtf8(text.value_or(QByteArray())), LongestRule);
}

QString describeType(const Subject &s)
{
    if (s.problem.against == Problem::Against::Target)
        return Text::tr("%1 %2 would be stored as another value by its column in %3")
            .arg(s.name(), s.value(), s.resource.database);
    const bool isLimit = s.problem.against == Problem::Against::Limit;
    switch (s.field().type) {
    case FieldType::Integer:
        return isLimit ? Text::tr("%1 %2 is too large for the database").arg(s.name(), s.value())
                       : Text::tr("%1 \"%2\" is not an integer").arg(s.name(), s.value());
    case FieldType::Number:
        return isLimit ? Text::tr("%1 %2 has more digits than the database keeps exactly").arg(s.name(), s.value())
                       : Text::tr("%1 \"%2\" is not a number").arg(s.name(), s.value());
    case FieldType::Boolean:
        return Text::tr("%1 \"%2\" is not true or false").arg(s.name(), s.value());
    case FieldType::Date:
        if (s.field().format != QLatin1String("default") && s.field().format != QLatin1String("any"))
            return Text::tr("%1 \"%2\" is not a date of the form %3").arg(s.name(), s.value(), s.field().format);
        return Text::tr("%1 \"%2\" is not a date (YYYY-MM-DD)").arg(s.name(), s.value());
    case FieldType::String:
    case FieldType::Text:
        return Text::tr("invalid %1").arg(s.name());
    }
    Q_UNREACHABLE();
}

QString describeKey(const Subject &s)
{
    const QList<int> identity = s.resource.schema.identity();
    const bool hasKey = !s.resource.schema.primaryKey.isEmpty();
    switch (s.problem.against) {
    case Problem::Against::Itself:
        return Text::tr("missing %1").arg(s.name());
    case Problem::Against::Target:
        return Text::tr("%1 %2 is in %3 with other values")
            .arg(s.names(identity), s.values(identity), s.resource.database);
    case Problem::Against::Rows:
    case Problem::Against::Circle:
    case Problem::Against::Limit:
    case Problem::Against::Undecided:
        return hasKey ? Text::tr("duplicate %1").arg(s.names(identity)) : Text::tr("duplicate row");
    }
    Q_UNREACHABLE();
}

QString describeReference(const Subject &s)
{
    const ForeignKey &key = s.resource.schema.foreignKeys.at(s.problem.foreignKey);
    if (s.problem.against == Problem::Against::Circle)
        return Text::tr("%1 %2 leads to a circle of references").arg(s.names(key.fields), s.values(key.fields));
    return Text::tr("%1 %2 not found").arg(s.names(key.fields), s.values(key.fields));
}

QString describeUnique(const Subject &s)
{
    if (s.problem.against == Problem::Against::Target)
        return Text::tr("duplicate %1 (in %2)").arg(s.name(), s.resource.database);
    return Text::tr("duplicate %1").arg(s.name());
}

QString describeRagged(const Subject &s)
{
    if (!s.rows)
        return Text::tr("wrong number of cells");
    const auto ragged = s.rows->ragged(s.problem.row);
    const qsizetype cells = ragged ? ragged->cellCount : 0;
    const qsizetype columns = s.resource.schema.fields.size();
    return cells < columns ? Text::tr("only %1 of %2 cells").arg(cells).arg(columns)
                           : Text::tr("%1 cells instead of %2").arg(cells).arg(columns);
}

QString describeEnum(const Field &field)
{
    const QList<QByteArray> values = field.constraints.enumeration.value_or(QList<QByteArray>());
    QStringList allowed;
    for (const QByteArray &value : values.first(std::min(values.size(), MostEnumerated)))
        allowed += shown(value);
    const QString list = allowed.join(QStringLiteral(", "));
    if (const qsizetype more = values.size() - allowed.size(); more > 0)
        return Text::tr("%1 must be one of %2 and %3 more values").arg(field.name, list).arg(more);
    return Text::tr("%1 must be one of %2").arg(field.name, list);
}

QString describeConstraint(const Subject &s)
{
    const Constraints &constraints = s.field().constraints;
    const QString pattern = shortened(constraints.pattern.value_or(QString()), LongestRule);
    switch (s.problem.rule) {
    case Rule::Minimum:
        return Text::tr("%1 must be >= %2").arg(s.name(), bound(constraints.minimum));
    case Rule::ExclusiveMinimum:
        return Text::tr("%1 must be > %2").arg(s.name(), bound(constraints.exclusiveMinimum));
    case Rule::Maximum:
        return Text::tr("%1 must be <= %2").arg(s.name(), bound(constraints.maximum));
    case Rule::ExclusiveMaximum:
        return Text::tr("%1 must be < %2").arg(s.name(), bound(constraints.exclusiveMaximum));
    case Rule::MinLength:
        return Text::tr("%1 must be %2 or more characters long").arg(s.name()).arg(*constraints.minLength);
    case Rule::MaxLength:
        return Text::tr("%1 must be no more than %2 characters long").arg(s.name()).arg(*constraints.maxLength);
    case Rule::Pattern:
        if (s.problem.isUndecided())
            return Text::tr("%1: whether it matches the pattern %2 could not be decided").arg(s.name(), pattern);
        return Text::tr("%1 must match %2").arg(s.name(), pattern);
    case Rule::Enum:
        return describeEnum(s.field());
    case Rule::Ragged:
    case Rule::Type:
    case Rule::Format:
    case Rule::Required:
    case Rule::Unique:
    case Rule::PrimaryKey:
    case Rule::ForeignKey:
        break;
    }
    Q_UNREACHABLE();
}

} // namespace

QLatin1StringView ruleName(Rule rule)
{
    switch (rule) {
    case Rule::Ragged:
        return QLatin1StringView("ragged");
    case Rule::Type:
        return QLatin1StringView("type");
    case Rule::Format:
        return QLatin1StringView("format");
    case Rule::Required:
        return QLatin1StringView("required");
    case Rule::Minimum:
        return QLatin1StringView("minimum");
    case Rule::ExclusiveMinimum:
        return QLatin1StringView("exclusiveMinimum");
    case Rule::Maximum:
        return QLatin1StringView("maximum");
    case Rule::ExclusiveMaximum:
        return QLatin1StringView("exclusiveMaximum");
    case Rule::MinLength:
        return QLatin1StringView("minLength");
    case Rule::MaxLength:
        return QLatin1StringView("maxLength");
    case Rule::Pattern:
        return QLatin1StringView("pattern");
    case Rule::Enum:
        return QLatin1StringView("enum");
    case Rule::Unique:
        return QLatin1StringView("unique");
    case Rule::PrimaryKey:
        return QLatin1StringView("primaryKey");
    case Rule::ForeignKey:
        return QLatin1StringView("foreignKey");
    }
    Q_UNREACHABLE();
}

namespace {

QString describe(const Subject &subject)
{
    switch (subject.problem.rule) {
    case Rule::Ragged:
        return describeRagged(subject);
    case Rule::Type:
        return describeType(subject);
    case Rule::Format:
        return Text::tr("invalid %1").arg(subject.name());
    case Rule::Required:
        return Text::tr("missing %1").arg(subject.name());
    case Rule::Unique:
        return describeUnique(subject);
    case Rule::PrimaryKey:
        return describeKey(subject);
    case Rule::ForeignKey:
        return describeReference(subject);
    case Rule::Minimum:
    case Rule::ExclusiveMinimum:
    case Rule::Maximum:
    case Rule::ExclusiveMaximum:
    case Rule::MinLength:
    case Rule::MaxLength:
    case Rule::Pattern:
    case Rule::Enum:
        return describeConstraint(subject);
    }
    Q_UNREACHABLE();
}

} // namespace

QString describe(const Problem &problem, const Dataset &dataset, int table)
{
    return describe(Subject { problem, dataset.package->resources.at(table), &dataset.tables.at(table) });
}

QString describe(const ProblemKind &kind, const Resource &resource)
{
    const Problem problem {
        .field = kind.field, .rule = kind.rule, .against = kind.against, .foreignKey = kind.foreignKey
    };
    return describe(Subject { problem, resource });
}

} // namespace seedbed
