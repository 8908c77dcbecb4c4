// SPDX-License-Identifier: MIT
#include "gui/editors/celldelegate.h"

#include "gui/editors/celleditor.h"
#include "gui/editors/celloffers.h"
#include "gui/editors/referencesearch.h"
#include "gui/look/quietstyle.h"

#include <QKeyEvent>

namespace seedbed {

CellDelegate::CellDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_search(new ReferenceSearch(this))
{
}

QWidget *CellDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem & /*option*/,
                                    const QModelIndex &index) const
{
    auto *model = qobject_cast<TableModel *>(const_cast<QAbstractItemModel *>(index.model()));
    Q_ASSERT_X(model, "CellDelegate", "is for views of a TableModel");
    auto *editor = new CellEditor(*model, index, parent);
    offerHelp(*editor, *model, *m_search);
    auto *self = const_cast<CellDelegate *>(this);
    connect(editor, &CellEditor::edited, self, [self, editor] { Q_EMIT self->commitData(editor); });
    connect(editor, &CellEditor::picked, self, [self, editor] { Q_EMIT self->closeEditor(editor); });
    return editor;
}

void CellDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *line = static_cast<CellEditor *>(editor);
    const QString text = index.data(Qt::EditRole).toString();
    if (line->text() != text) // keeps the cursor while typing
        line->setText(text);
}

void CellDelegate::setModelData(QWidget *editor, QAbstractItemModel * /*model*/, const QModelIndex & /*index*/) const
{
    static_cast<CellEditor *>(editor)->commit();
}

void CellDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                        const QModelIndex & /*index*/) const
{
    editor->setGeometry(option.rect);
}

bool CellDelegate::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) // others come also while the editor is going
        return QStyledItemDelegate::eventFilter(watched, event);
    auto *editor = static_cast<CellEditor *>(watched);
    auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Escape:
        editor->revert();
        if (!editor->cell().isValid())
            return true; // it went with its row
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        Q_EMIT commitData(editor);
        Q_EMIT closeEditor(editor);
        Q_EMIT editorLeft(key);
        return true;
    default:
        break;
    }
    return QStyledItemDelegate::eventFilter(watched, event);
}

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->decorationSize = QSize(16, 16);
    if (option->features & QStyleOptionViewItem::HasCheckIndicator)
        option->text.clear();
    // The sign stands where it pushes no text aside: at the far end of the cell.
    const bool isRight = option->displayAlignment & Qt::AlignRight;
    option->decorationPosition = isRight ? QStyleOptionViewItem::Left : QStyleOptionViewItem::Right;
    option->decorationAlignment = Qt::AlignCenter;
    // Where there is no room for both the text matters more: the tint is there all the same.
    const int needed =
        option->fontMetrics.horizontalAdvance(option->text) + option->decorationSize.width() + 4 * TextMargin;
    if (!option->icon.isNull() && needed > option->rect.width()) {
        option->icon = QIcon();
        option->features &= ~QStyleOptionViewItem::HasDecoration;
    }
    if (index.data(Qt::BackgroundRole).isValid())
        option->palette.setColor(QPalette::HighlightedText, option->palette.color(QPalette::Text));
}

} // namespace seedbed
