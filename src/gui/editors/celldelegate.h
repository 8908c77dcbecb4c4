// SPDX-License-Identifier: MIT
#pragma once

// Paints and edits the cells of a grid. What is typed is in the rows at once, so that its problems show while typing.
// An editor offers what the schema knows of: the rows of another table, the values of a list, a calendar.

#include <QStyledItemDelegate>

class QKeyEvent;

namespace seedbed {

class ReferenceSearch;

/// For views of a TableModel.
/// Thread: GUI thread.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit CellDelegate(QObject *parent = nullptr);

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;
    /// A cell's sign is left out where its text would have no room beside it, and the text where a check box says it.
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

Q_SIGNALS:
    /// An editor was closed by Enter or Tab: it is the view's to say where that leads.
    void editorLeft(QKeyEvent *key);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    ReferenceSearch *m_search;
};

} // namespace seedbed
