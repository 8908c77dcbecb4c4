// SPDX-License-Identifier: MIT
#pragma once

// The rules that look at one cell alone: type, format and constraints. Uniqueness and references are the validator's.

#include "package/tableschema.h"
#include "rows/table.h"
#include "validation/problem.h"
#include "validation/value.h"

#include <QByteArrayView>
#include <QList>
#include <QRegularExpression>

#include <optional>

namespace seedbed {

/// A rule that a cell breaks.
/// Thread: any (a value).
struct CellProblem {
    Rule rule = Rule::Type;
    Problem::Against against = Problem::Against::Itself;
};

/// The rules of one table's cells, made ready for many rows.
/// Thread: one per worker (make one for each, from the same schema).
class CellRules final
{
public:
    explicit CellRules(const TableSchema &schema);

    /// The value of \a text in \a field. Every rule that it breaks is appended to \a problems, in the order of Rule;
    /// the value is Null where the text is a missing value, or no value of the field's type.
    [[nodiscard]] Value check(int field, QByteArrayView text, QList<CellProblem> &problems) const;

private:
    struct Bounds {
        std::optional<Value> minimum;
        std::optional<Value> maximum;
        std::optional<Value> exclusiveMinimum;
        std::optional<Value> exclusiveMaximum;
        std::optional<QRegularExpression> pattern;
        std::optional<QList<Value>> enumeration;
        bool isKey = false;
    };

    void checkValue(int field, const Value &value, QByteArrayView text, QList<CellProblem> &problems) const;
    void checkText(int field, QByteArrayView text, QList<CellProblem> &problems) const;

    TableSchema m_schema;
    QList<Bounds> m_bounds; // as many as fields
};

/// The values of a row. A cell that is missing, or no value of its type, is Null.
[[nodiscard]] QList<Value> valuesOf(const TableSchema &schema, const Table &rows, qsizetype position);

} // namespace seedbed
