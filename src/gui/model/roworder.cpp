// SPDX-License-Identifier: MIT
#include "gui/model/roworder.h"

#include "gui/model/rowfilter.h"
#include "validation/cellcast.h"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace seedbed {

namespace {

constexpr qsizetype RowsBetweenStops = 8192;
constexpr size_t SortedAtOnce = 65'536; // elements, between two looks at the stop token

struct NumberKey {
    bool isNumber = false;
    long double number = 0; // has all integers of 64 bits
    QByteArrayView text;    // of what is no number

    [[nodiscard]] bool isBefore(const NumberKey &other) const
    {
        if (isNumber != other.isNumber)
            return isNumber;
        return isNumber ? number < other.number : text < other.text;
    }
};

struct TextKey {
    QByteArrayView text;

    // The order of bytes in UTF-8 is that of code points.
    [[nodiscard]] bool isBefore(const TextKey &other) const { return text < other.text; }
};

NumberKey numberKey(const Field &field, QByteArrayView cell)
{
    const std::optional<Value> value = castCell(field, cell);
    if (value && value->kind == Value::Kind::Integer)
        return { true, static_cast<long double>(value->integer), {} };
    if (value && value->kind == Value::Kind::Number) {
        long double number = 0;
        const auto read = std::from_chars(value->text.cbegin(), value->text.cend(), number);
        if (read.ec == std::errc() && number == number)
            return { true, number, {} };
    }
    return { false, 0, cell };
}

/// A stable sort that can be stopped: parts, then their merges.
template <typename Items, typename Less>
bool sortStoppably(Items &items, const Less &less, const std::stop_token &stop)
{
    const auto at = [&](size_t i) { return items.begin() + static_cast<std::ptrdiff_t>(std::min(i, items.size())); };
    for (size_t begin = 0; begin < items.size(); begin += SortedAtOnce) {
        if (stop.stop_requested())
            return false;
        std::stable_sort(at(begin), at(begin + SortedAtOnce), less);
    }
    for (size_t width = SortedAtOnce; width < items.size(); width *= 2) {
        for (size_t begin = 0; begin < items.size(); begin += 2 * width) {
            if (stop.stop_requested())
                return false;
            std::inplace_merge(at(begin), at(begin + width), at(begin + 2 * width), less);
        }
    }
    return true;
}

template <typename Key, typename MakeKey>
bool sortBy(RowPositions &rows, Qt::SortOrder order, const MakeKey &makeKey, const std::stop_token &stop)
{
    std::vector<std::pair<Key, qint32>> items;
    items.reserve(rows.size());
    for (const qint32 row : rows) {
        if (items.size() % RowsBetweenStops == 0 && stop.stop_requested())
            return false;
        items.emplace_back(makeKey(row), row);
    }
    const auto isBefore = [](const auto &a, const auto &b) { return a.first.isBefore(b.first); };
    const auto isAfter = [](const auto &a, const auto &b) { return b.first.isBefore(a.first); };
    const bool isSorted =
        order == Qt::AscendingOrder ? sortStoppably(items, isBefore, stop) : sortStoppably(items, isAfter, stop);
    std::ranges::transform(items, rows.begin(), [](const auto &item) { return item.second; });
    return isSorted;
}

} // namespace

std::optional<RowPositions> orderRows(const Table &table, const TableSchema &schema, const RowMarks &marks,
                                      const RowQuestion &question, const std::stop_token &stop)
{
    RowPositions rows;
    RowFilter filter(table, schema, marks, question.text, question.onlyProblems, question.onlyNotIn);
    for (qsizetype row = 0; row < table.rowCount(); ++row) {
        if (row % RowsBetweenStops == 0 && stop.stop_requested())
            return std::nullopt;
        if (!question.isFiltering() || filter.passes(row))
            rows.push_back(static_cast<qint32>(row));
    }
    if (!question.isSorting())
        return rows;
    const int column = question.sortColumn;
    const Field &field = schema.fields.at(column);
    const bool isNumeric = field.type == FieldType::Integer || field.type == FieldType::Number;
    const auto number = [&](qint32 row) { return numberKey(field, table.cell(row, column)); };
    const auto text = [&](qint32 row) { return TextKey { table.cell(row, column) }; };
    const bool isDone = isNumeric ? sortBy<NumberKey>(rows, question.sortOrder, number, stop)
                                  : sortBy<TextKey>(rows, question.sortOrder, text, stop);
    return isDone ? std::optional(std::move(rows)) : std::nullopt;
}

} // namespace seedbed
