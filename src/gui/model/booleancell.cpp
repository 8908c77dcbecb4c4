// SPDX-License-Identifier: MIT
#include "gui/model/booleancell.h"

#include <algorithm>

namespace seedbed {

std::optional<Qt::CheckState> checkStateOf(const TableSchema &schema, int column, QByteArrayView text)
{
    const Field &field = schema.fields.at(column);
    if (field.type != FieldType::Boolean)
        return std::nullopt;
    if (field.trueValues.contains(text))
        return Qt::Checked;
    if (field.falseValues.contains(text))
        return Qt::Unchecked;
    return schema.missingValues.contains(text) ? std::optional(Qt::PartiallyChecked) : std::nullopt;
}

QByteArray toggledText(const Field &field, QByteArrayView text)
{
    // "yes" is not answered by "0": the lists go in pairs as far as they do.
    const auto partner = [](const QList<QByteArray> &texts, qsizetype position) {
        return texts.value(std::clamp<qsizetype>(position, 0, texts.size() - 1));
    };
    const qsizetype position = field.trueValues.indexOf(text);
    return position >= 0 ? partner(field.falseValues, position)
                         : partner(field.trueValues, field.falseValues.indexOf(text));
}

} // namespace seedbed
