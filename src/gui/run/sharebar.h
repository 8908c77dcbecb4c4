// SPDX-License-Identifier: MIT
#pragma once

// The progress bar of a table: one bar in the colours of what became of its rows.

#include <QStyledItemDelegate>

namespace seedbed {

/// For ProgressModel::Bar.
/// Thread: GUI thread.
class ShareBar final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace seedbed
