// SPDX-License-Identifier: MIT
#pragma once

// From a cell to the row that it refers to.

#include "gui/document/document.h"
#include "gui/editors/referencesearch.h"

#include <QObject>

namespace seedbed {

/// For the cells of one table.
/// Thread: GUI thread.
class ReferenceJump final : public QObject
{
    Q_OBJECT

public:
    ReferenceJump(const Document &document, int table, QObject *parent = nullptr);

    /// Looks for the row that a cell refers to, given the position of its own row.
    void follow(qsizetype position, int column);

Q_SIGNALS:
    void found(int table, seedbed::RowId row, const QString &field);
    /// There is none; \a text says so.
    void notFound(const QString &text);

private:
    void answer(const std::optional<RowId> &row);

    const Document &m_document;
    int m_table;
    ForeignKey m_key;          // that is followed
    QList<QByteArray> m_cells; // of the row that it is followed from
    ReferenceSearch m_search;
};

} // namespace seedbed
