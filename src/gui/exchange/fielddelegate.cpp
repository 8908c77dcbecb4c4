// SPDX-License-Identifier: MIT
#include "gui/exchange/fielddelegate.h"

#include "gui/exchange/importpreviewmodel.h"

#include <QApplication>
#include <QComboBox>
#include <QPainter>

namespace seedbed {

void FieldDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.row() != ImportPreviewModel::FieldRow)
        return QStyledItemDelegate::paint(painter, option, index);
    const QStyle &style = option.widget ? *option.widget->style() : *QApplication::style();
    QStyleOptionComboBox box;
    box.rect = option.rect.adjusted(1, 1, -1, -1);
    box.state = option.state & ~QStyle::State_Selected;
    box.palette = option.palette;
    const QVariant muted = index.data(Qt::ForegroundRole);
    if (muted.isValid())
        box.palette.setColor(QPalette::ButtonText, muted.value<QColor>());
    box.fontMetrics = option.fontMetrics;
    box.currentText = index.data().toString();
    style.drawComplexControl(QStyle::CC_ComboBox, &box, painter, option.widget);
    style.drawControl(QStyle::CE_ComboBoxLabel, &box, painter, option.widget);
}

QWidget *FieldDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem & /*option*/,
                                     const QModelIndex &index) const
{
    auto *editor = new QComboBox(parent);
    editor->setObjectName(QStringLiteral("fieldEditor"));
    editor->addItems(static_cast<const ImportPreviewModel *>(index.model())->fieldChoices());
    auto *self = const_cast<FieldDelegate *>(this);
    auto *model = const_cast<QAbstractItemModel *>(index.model());
    // The choice resets the model, which takes the editors that are open with it: this one is closed before.
    const auto choose = [self, editor, model, cell = QPersistentModelIndex(index)] {
        const QModelIndex chosen = cell;
        Q_EMIT self->closeEditor(editor);
        self->setModelData(editor, model, chosen);
    };
    connect(editor, &QComboBox::activated, self, choose, Qt::QueuedConnection);
    QMetaObject::invokeMethod(editor, &QComboBox::showPopup, Qt::QueuedConnection);
    return editor;
}

void FieldDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    static_cast<QComboBox *>(editor)->setCurrentIndex(index.data(Qt::EditRole).toInt() + 1);
}

void FieldDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    model->setData(index, static_cast<QComboBox *>(editor)->currentIndex() - 1, Qt::EditRole);
}

} // namespace seedbed
