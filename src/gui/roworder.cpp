// SPDX-License-Identifier: MIT
#include "gui/roworder.h"

#include "validation/cellcast.h"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace seedbed {

namespace {

constexpr qsizetype RowsBetweenStops = 8192;
constexpr size_t SortedAtOnce = 65'536; // elements, between two looks at the stop token

// --- the filter

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A text that is looked for, whatever its case.
class Needle final
{
public:
    explicit Needle(const QString &text)
        : m_text(text)
        , m_lower(text.toLower().toUtf8())
        , m_isAscii(m_lower.size() == text.size())
    {
    }

    [[nodiscard]] bool isIn(QByteArrayView cell) const
    {
        if (!m_isAscii)
            return QString::fromUtf8(cell).contains(m_text, Qt::CaseInsensitive);
        const auto isSame = [](char a, char b) { return lowered(a) == b; };
        return std::search(cell.begin(), cell.end(), m_lower.begin(), m_lower.end(), isSame) != cell.end();
    }

private:
    QString m_text;
    QByteArray m_lower;
    bool m_isAscii;
};

/// The rows that pass a question's filter.
class Filter final
{
public:
    Filter(const Table &table, const TableSchema &schema, const RowMarks &marks, const RowQuestion &question)
        : m_table(table)
        , m_marks(marks)
        , m_question(question)
        , m_column(schema.indexOf(columnNameIn(question.text, schema)))
        , m_needle(m_column < 0 ? question.text : question.text.section(QLatin1Char(':'), 1))
    {
    }

    [[nodiscard]] bool passes(qsizetype row)
    {
        return hasText(row) && hasMark(row);
    }

private:
    /// The field's name as it is in the schema, where the text begins with one and a colon.
    [[nodiscard]] static QString columnNameIn(const QString &text, const TableSchema &schema)
    {
        const QString name = text.section(QLatin1Char(':'), 0, 0);
        for (const Field &field : schema.fields) {
            if (text.size() > name.size() && field.name.compare(name, Qt::CaseInsensitive) == 0)
                return field.name;
        }
        return {};
    }

    [[nodiscard]] bool hasText(qsizetype row) const
    {
        if (m_question.text.isEmpty())
            return true;
        if (m_column >= 0)
            return m_needle.isIn(m_table.cell(row, m_column));
        for (int column = 0; column < m_table.columnCount(); ++column) {
            if (m_needle.isIn(m_table.cell(row, column)))
                return true;
        }
        return false;
    }

    [[nodiscard]] bool hasMark(qsizetype row)
    {
        if (!m_question.onlyProblems && !m_question.onlyNotIn)
            return true;
        const RowId id = m_table.rowId(row);
        // Rows that were added or removed before this one moved it as they moved its neighbour.
        if (const qsizetype seenAt = m_marks.validatedPosition(id, std::max<qsizetype>(0, row - m_moved)); seenAt >= 0)
            m_moved = row - seenAt;
        const RowMark mark = m_marks.mark(id, std::max<qsizetype>(0, row - m_moved));
        return (!m_question.onlyProblems || m_marks.isWrong(mark)) && (!m_question.onlyNotIn || mark != RowMark::In);
    }

    const Table &m_table;
    const RowMarks &m_marks;
    const RowQuestion &m_question;
    int m_column;
    Needle m_needle;
    qsizetype m_moved = 0;
};

// --- the order

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
    const bool isSorted = order == Qt::AscendingOrder ? sortStoppably(items, isBefore, stop)
                                                      : sortStoppably(items, isAfter, stop);
    std::ranges::transform(items, rows.begin(), [](const auto &item) { return item.second; });
    return isSorted;
}

} // namespace

std::optional<RowPositions> orderRows(const Table &table, const TableSchema &schema, const RowMarks &marks,
                                      const RowQuestion &question, const std::stop_token &stop)
{
    RowPositions rows;
    Filter filter(table, schema, marks, question);
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
