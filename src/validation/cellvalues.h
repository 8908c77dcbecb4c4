// SPDX-License-Identifier: MIT
#pragma once

// From cells to values, made ready for many rows: what to do with each field is looked up once.

#include "package/tableschema.h"
#include "validation/cellcast.h"
#include "validation/value.h"

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace seedbed {

/// The values of one table's cells.
/// Thread: any.
class CellValues final
{
public:
    /// \a schema outlives it.
    explicit CellValues(const TableSchema &schema);

    /// The value of a cell; Null where it is missing, or no value of its type. A text in it may be a view of \a text.
    [[nodiscard]] Value value(int field, QByteArrayView text) const
    {
        switch (m_kinds[static_cast<size_t>(field)]) {
        case Kind::PlainInteger:
            if (const auto integer = shortInteger(text))
                return Value::ofInteger(*integer);
            break;
        case Kind::PlainText:
            if (!text.isEmpty())
                return Value::ofText(QByteArray::fromRawData(text.data(), text.size()));
            break;
        case Kind::PlainNumber:
        case Kind::Other:
            break;
        }
        return otherValue(field, text);
    }

    /// The number in a cell that is written in the plainest way; for any other cell or field, nothing: value() knows.
    [[nodiscard]] std::optional<double> plainNumber(int field, QByteArrayView text) const
    {
        return m_kinds[static_cast<size_t>(field)] == Kind::PlainNumber ? shortNumber(text) : std::nullopt;
    }

    /// Whether the text of every cell that is not empty is its value.
    [[nodiscard]] bool isPlainText(int field) const { return m_kinds[static_cast<size_t>(field)] == Kind::PlainText; }

private:
    enum class Kind : quint8 { PlainInteger, PlainNumber, PlainText, Other };

    [[nodiscard]] static Kind kindOf(const Field &field);
    [[nodiscard]] Value otherValue(int field, QByteArrayView text) const;

    const TableSchema &m_schema;
    std::vector<Kind> m_kinds;
};

} // namespace seedbed
