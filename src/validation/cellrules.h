// SPDX-License-Identifier: MIT
#pragma once

// The rules that look at one cell alone: type, format and constraints. Uniqueness and references are the validator's.

#include "package/tableschema.h"
#include "rows/table.h"
#include "validation/keycode.h"
#include "validation/problem.h"
#include "validation/textpattern.h"
#include "validation/value.h"

#include <QByteArrayView>
#include <QList>
#include <QSet>

#include <limits>
#include <optional>

namespace seedbed {

/// A rule that a cell breaks.
/// Thread: any (a value).
struct CellProblem {
    Rule rule = Rule::Type;
    Problem::Against against = Problem::Against::Itself;
};

/// The rules of one table's cells, made ready for many rows.
/// Thread: any; its functions are const.
class CellRules final
{
public:
    explicit CellRules(const TableSchema &schema);

    /// The value of \a text in \a field. Every rule that it breaks is appended to \a problems, in the order of Rule;
    /// the value is Null where the text is a missing value, or no value of the field's type.
    [[nodiscard]] Value check(int field, QByteArrayView text, QList<CellProblem> &problems) const;

    /// The integer in \a text, where that is seen at a glance to break no rule of an integer field. Where it gives
    /// nothing, check() decides.
    [[nodiscard]] std::optional<qint64> rightInteger(int field, QByteArrayView text) const;
    /// The same for a number and for a string.
    [[nodiscard]] bool isRightNumber(int field, QByteArrayView text) const;
    [[nodiscard]] bool isRightString(int field, QByteArrayView text) const;

private:
    struct Bounds {
        std::optional<Value> minimum;
        std::optional<Value> maximum;
        std::optional<Value> exclusiveMinimum;
        std::optional<Value> exclusiveMaximum;
        std::optional<TextPattern> pattern;
        std::optional<QSet<KeyCode>> enumeration; // of the values
        bool isKey = false;
        bool isEmail = false;
        bool isPlainString = false;  // no rule but that of the e-mail
        bool isPlainInteger = false; // no rule but least and most
        qint64 least = std::numeric_limits<qint64>::min();
        qint64 most = std::numeric_limits<qint64>::max();
        bool isPlainNumber = false; // the same
        double leastNumber = -std::numeric_limits<double>::infinity();
        double mostNumber = std::numeric_limits<double>::infinity();
    };

    void findPlain(const Field &field, Bounds &bounds) const;
    static void findPlainInteger(Bounds &bounds);
    static void findPlainNumber(Bounds &bounds);

    void checkValue(int field, const Value &value, QByteArrayView text, QList<CellProblem> &problems) const;
    void checkText(int field, QByteArrayView text, QList<CellProblem> &problems) const;

    [[nodiscard]] bool isMissing(QByteArrayView text) const;

    TableSchema m_schema;
    bool m_isEmptyMissing = false; // an empty cell, and no other
    QList<Bounds> m_bounds;        // as many as fields
};

/// The value of a cell; Null where it is missing, or no value of its type. A text in it may be a view of \a text.
[[nodiscard]] Value valueOf(const TableSchema &schema, int field, QByteArrayView text);

/// The values of a row. A cell that is missing, or no value of its type, is Null.
[[nodiscard]] QList<Value> valuesOf(const TableSchema &schema, const Table &rows, qsizetype position);

} // namespace seedbed
