// SPDX-License-Identifier: MIT
#include "export/spreadsheet.h"

#include "package/lexical.h"
#include "rows/rowreader.h"
#include "validation/cellcast.h"

#include <algorithm>
#include <array>
#include <vector>

namespace seedbed {

namespace {

constexpr std::array Beginnings { "=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20" };

} // namespace

bool looksLikeFormula(QByteArrayView text, const Field &field)
{
    if (std::ranges::none_of(Beginnings, [text](const char *beginning) { return text.startsWith(beginning); }))
        return false;
    const bool isNumeric = field.type == FieldType::Integer || field.type == FieldType::Number;
    return !isNumber(text) && !(isNumeric && field.bareNumber && castCell(field, text));
}

namespace {

/// The cells beyond the last column, which are written too.
qsizetype defuseRagged(Table &rows)
{
    qsizetype count = 0;
    const QHash<RowId, RaggedRow> ragged = rows.raggedRows();
    for (auto row = ragged.cbegin(); row != ragged.cend(); ++row) {
        RaggedRow defused = row.value();
        for (QByteArray &cell : defused.extra) {
            if (looksLikeFormula(cell, {})) {
                cell.prepend('\'');
                ++count;
            }
        }
        rows.setRagged(row.key(), defused);
    }
    return count;
}

} // namespace

qsizetype defuse(Table &rows, const TableSchema &schema)
{
    std::vector<QByteArray> texts; // they stay where they are while the list grows: each owns its bytes
    std::vector<CellText> cells;
    RowReader reader(rows);
    for (qsizetype row = 0; row < rows.rowCount(); ++row) {
        for (int column = 0; column < rows.columnCount(); ++column) {
            const QByteArrayView text = reader.cell(row, column);
            if (!looksLikeFormula(text, schema.fields.at(column)))
                continue;
            texts.push_back('\'' + text.toByteArray());
            cells.push_back({ row, column, texts.back() });
        }
    }
    rows.setCells(cells);
    return static_cast<qsizetype>(cells.size()) + defuseRagged(rows);
}

} // namespace seedbed
