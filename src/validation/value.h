// SPDX-License-Identifier: MIT
#pragma once

// What a cell means: the typed value of its text, exact. Casting a cell to a value is validation/cellrules.h; binding
// a value in a statement is insertion/.

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace seedbed {

/// A value as it goes into a database. Booleans are the integers 0 and 1, dates are texts (ISO 8601). A number is
/// kept as its shortest exact decimal text ("1000" for 1000.00), or NaN, INF, -INF.
/// Thread: any (a value).
struct Value {
    enum class Kind : quint8 { Null, Integer, Number, Text };

    Kind kind = Kind::Null;
    qint64 integer = 0; ///< of an Integer
    QByteArray text;    ///< of a Number and a Text, UTF-8; it may be a view of the cell that it was cast from

    [[nodiscard]] static Value ofInteger(qint64 integer) { return { Kind::Integer, integer, {} }; }
    [[nodiscard]] static Value ofNumber(QByteArray canonical) { return { Kind::Number, 0, std::move(canonical) }; }
    [[nodiscard]] static Value ofText(QByteArray text) { return { Kind::Text, 0, std::move(text) }; }

    [[nodiscard]] bool isNull() const { return kind == Kind::Null; }

    friend bool operator==(const Value &, const Value &) = default;
};

} // namespace seedbed
