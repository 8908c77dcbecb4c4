// SPDX-License-Identifier: MIT
#include "validation/causes.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace seedbed {
namespace {

constexpr qsizetype MostSteps = 16;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::Validation)
};

bool leadsTo(const Problem &problem, const Cause &cause)
{
    return problem.causeTable == cause.table && problem.cause == cause.row;
}

qsizetype positionOf(const Cause &cause, const Validation &validation)
{
    return validation.dataset.tables.at(cause.table).indexOf(cause.row);
}

// What is wrong with the row that the problem names. Of equal rows the first is right, or wrong for reasons of its own;
// in a circle each row is the cause of the next.
std::optional<Problem> problemOfCause(const Problem &problem, const QList<Cause> &met, const Validation &validation)
{
    if (problem.rule != Rule::ForeignKey || problem.against == Problem::Against::Circle)
        return std::nullopt;
    const Cause cause { problem.causeTable, problem.cause, -1, {} };
    const QList<Problem> problems = validation.problemsOf(cause.table, positionOf(cause, validation));
    if (problems.isEmpty())
        return std::nullopt;
    const auto leadsOn = [&met](const Problem &candidate) {
        return std::ranges::none_of(met, [&](const Cause &known) { return leadsTo(candidate, known); });
    };
    const auto next = std::ranges::find_if(problems, leadsOn);
    return next == problems.cend() ? problems.constFirst() : *next;
}

int fieldOf(const Problem &problem, const std::optional<Problem> &ofCause, const Validation &validation, int table)
{
    if (ofCause)
        return ofCause->field;
    if (problem.rule != Rule::ForeignKey)
        return problem.field;
    const TableSchema &schema = validation.dataset.package->resources.at(table).schema;
    return schema.foreignKeys.at(problem.foreignKey).referenceFields.constFirst();
}

} // namespace

QList<Cause> causesOf(const Problem &problem, const Validation &validation, int table)
{
    QList<Cause> met { { table, problem.row, problem.field, problem } };
    while (met.size() <= MostSteps && met.constLast().problem) {
        const Cause last = met.constLast();
        const bool isRoot = last.problem->causeTable < 0;
        if (isRoot || std::ranges::any_of(met, [&](const Cause &cause) { return leadsTo(*last.problem, cause); }))
            break;
        const std::optional<Problem> next = problemOfCause(*last.problem, met, validation);
        met.append({ last.problem->causeTable, last.problem->cause,
                     fieldOf(*last.problem, next, validation, last.table), next });
    }
    return met.sliced(1);
}

std::optional<Cause> causeOfCell(const QList<Problem> &problems, int field, const Validation &validation, int table)
{
    const auto isOfCell = [field](const Problem &problem) { return problem.field == field; };
    const bool isCellWrong = std::ranges::any_of(problems, isOfCell);
    for (const Problem &problem : problems) {
        if (isCellWrong && !isOfCell(problem))
            continue;
        const QList<Cause> causes = causesOf(problem, validation, table);
        if (!causes.isEmpty())
            return causes.constFirst();
    }
    return std::nullopt;
}

QString describeWithCauses(const Problem &problem, const Validation &validation, int table)
{
    QString text = describe(problem, validation.dataset, table);
    Rule rule = problem.rule;
    const QList<Cause> causes = causesOf(problem, validation, table);
    for (const Cause &cause : causes) {
        const QString number = QLocale().toString(positionOf(cause, validation) + 1);
        // Only a reference leads to another table.
        const QString row = rule != Rule::ForeignKey
            ? Text::tr("row %1").arg(number)
            : Text::tr("%1 row %2").arg(validation.dataset.package->resources.at(cause.table).name, number);
        const QString reason = cause.problem ? describe(*cause.problem, validation.dataset, cause.table) : QString();
        const QString step =
            reason.isEmpty() ? row : Text::tr("%1: %2", "a row and what is wrong with it").arg(row, reason);
        text = Text::tr("%1 ← %2", "a problem and where it comes from").arg(text, step);
        rule = cause.problem ? cause.problem->rule : rule;
    }
    return text;
}

} // namespace seedbed
