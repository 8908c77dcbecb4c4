// SPDX-License-Identifier: MIT
#pragma once

// What is wrong with a row, as a small value. Its text is made on demand.

#include "package/package.h"
#include "rows/dataset.h"
#include "rows/table.h"

#include <QLatin1StringView>
#include <QString>

#include <compare>

namespace seedbed {

/// The rules, named as Table Schema names them; Ragged is a row whose number of cells is not that of its header.
enum class Rule : quint8 {
    Ragged,
    Type,
    Format,
    Required,
    Minimum,
    ExclusiveMinimum,
    Maximum,
    ExclusiveMaximum,
    MinLength,
    MaxLength,
    Pattern,
    Enum,
    Unique,
    PrimaryKey,
    ForeignKey,
};

/// The rule's word in a report: "exclusiveMinimum", "foreignKey", …
[[nodiscard]] QLatin1StringView ruleName(Rule rule);

/// One thing that is wrong with one row.
/// Thread: any (a value).
struct Problem {
    /// What the row was held against.
    enum class Against : quint8 {
        Itself,    ///< the cell alone
        Rows,      ///< another row of the package: `cause` is it, where there is one
        Target,    ///< what is in the database already
        Circle,    ///< a reference that leads to rows that refer to each other in a circle
        Limit,     ///< what the database can hold exactly
        Undecided, ///< the cell alone: it may be right, but finding out would take too long
    };

    RowId row = RowId::None;
    int field = -1; ///< position in the schema; the first one for a key of several; -1 for the whole row
    Rule rule = Rule::Type;
    Against against = Against::Itself;
    int foreignKey = -1; ///< position in the schema's foreign keys, for Rule::ForeignKey
    int causeTable = -1; ///< position of the table of the cause; -1 where there is none
    RowId cause = RowId::None;

    /// Whether nobody knows that the row is wrong: it does not go in, and is not called wrong either.
    [[nodiscard]] bool isUndecided() const { return against == Against::Undecided; }
    /// Whether it is that the row's key is in the target with other values.
    [[nodiscard]] bool isConflict() const { return rule == Rule::PrimaryKey && against == Against::Target; }

    friend bool operator==(const Problem &, const Problem &) = default;
};

/// What problems have in common whose words differ in nothing but values.
/// Thread: any (a value).
struct ProblemKind {
    int field = -1;
    Rule rule = Rule::Type;
    Problem::Against against = Problem::Against::Itself;
    int foreignKey = -1;

    friend auto operator<=>(const ProblemKind &, const ProblemKind &) = default;
};

[[nodiscard]] inline ProblemKind kindOf(const Problem &problem)
{
    return { problem.field, problem.rule, problem.against, problem.foreignKey };
}

/// The kind in words, with "…" for values: "price must be > 0", "duplicate email", "user_id … not found".
[[nodiscard]] QString describe(const ProblemKind &kind, const Resource &resource);

/// What is wrong, in words: "price must be > 0", "duplicate email", "user_id 8 not found". \a dataset is the snapshot
/// that was validated, \a table the position of the problem's table in it.
[[nodiscard]] QString describe(const Problem &problem, const Dataset &dataset, int table);

} // namespace seedbed
