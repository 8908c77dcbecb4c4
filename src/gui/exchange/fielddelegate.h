// SPDX-License-Identifier: MIT
#pragma once

// The first line of an import's preview, in which the field of a column is chosen.

#include <QStyledItemDelegate>

namespace seedbed {

/// Paints that line as combo boxes, and opens one to edit.
/// Thread: GUI thread.
class FieldDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
};

} // namespace seedbed
