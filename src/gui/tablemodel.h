// SPDX-License-Identifier: MIT
#pragma once

// One table of the document for a grid: cells as text, problems as sign, tint and sentence. It holds no rows.

#include "gui/document.h"

#include <QAbstractTableModel>

namespace seedbed {

/// The rows × fields of a table. All text is plain.
/// Thread: GUI thread.
class TableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    TableModel(Document &document, int table, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

    /// As setData, as a part of what is typed in one visit of an editor.
    void setText(const QModelIndex &index, const QString &text, EditSession session);
    [[nodiscard]] EditSession newSession() { return m_document.newSession(); }

    [[nodiscard]] const Resource &resource() const { return m_document.resource(m_table); }
    /// Whether the column holds numbers, which are right-aligned.
    [[nodiscard]] bool isNumeric(int column) const;
    /// Whether the column names a row: it stays narrow.
    [[nodiscard]] bool isKey(int column) const;
    [[nodiscard]] RowMark mark(int row) const { return m_document.mark(m_table, row); }
    /// What is wrong at a cell, or, with column -1, with its whole row; sentences, joined by " · ".
    [[nodiscard]] QString reasons(int row, int column) const;

private:
    void retell();
    [[nodiscard]] bool hasProblem(const QModelIndex &index) const;

    Document &m_document;
    int m_table;
};

} // namespace seedbed
