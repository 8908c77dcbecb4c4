// SPDX-License-Identifier: MIT
#pragma once

// Reading a column of a table fast: what validation and insertion do a million times.

#include <QByteArrayView>

namespace seedbed {

/// The cells of one column in one chunk of a table; valid until the table changes or goes.
/// Thread: any (a value that owns nothing).
class ColumnView final
{
public:
    ColumnView() = default;
    /// Cell i is [bounds[i], bounds[i + 1]) of \a text.
    ColumnView(const char *text, const quint32 *bounds, qsizetype size)
        : m_text(text)
        , m_bounds(bounds)
        , m_size(size)
    {
    }

    [[nodiscard]] qsizetype size() const { return m_size; }
    /// The cell's UTF-8 text. \a row: of the chunk, from 0.
    [[nodiscard]] QByteArrayView cell(qsizetype row) const
    {
        Q_ASSERT_X(row >= 0 && row < m_size, "ColumnView::cell", "no such row");
        return { m_text + m_bounds[row], static_cast<qsizetype>(m_bounds[row + 1] - m_bounds[row]) };
    }

private:
    const char *m_text = nullptr;
    const quint32 *m_bounds = nullptr;
    qsizetype m_size = 0;
};

} // namespace seedbed
