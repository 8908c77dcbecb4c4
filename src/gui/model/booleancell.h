// SPDX-License-Identifier: MIT
#pragma once

// A cell that is a check box: which texts it stands for, and what it says when it is checked or unchecked.

#include "package/tableschema.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace seedbed {

/// How the box of a cell is; partially checked where the cell is empty. Nothing where the field is no boolean, or the
/// text is none.
[[nodiscard]] std::optional<Qt::CheckState> checkStateOf(const TableSchema &schema, int column, QByteArrayView text);

/// The text of the other state, in the way of writing that \a text has.
[[nodiscard]] QByteArray toggledText(const Field &field, QByteArrayView text);

} // namespace seedbed
