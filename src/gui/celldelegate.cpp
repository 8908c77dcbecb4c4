// SPDX-License-Identifier: MIT
#include "gui/celldelegate.h"

#include "gui/quietstyle.h"
#include "gui/tablemodel.h"
#include "gui/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

namespace seedbed {

namespace {

constexpr int OwnMargin = 2; // what a QLineEdit leaves free itself

/// The editor of one cell for one visit; it remembers what Escape brings back.
class CellEditor final : public QLineEdit
{
public:
    CellEditor(const QString &text, EditSession visit, QWidget *parent)
        : QLineEdit(text, parent)
        , before(text)
        , session(visit)
    {
        setObjectName(QStringLiteral("cellEditor"));
        setFrame(false);
        setAutoFillBackground(true);
        setTextMargins(TextMargin - OwnMargin, 0, TextMargin - OwnMargin, 0);
    }

    void reflect(const QModelIndex &index)
    {
        const bool isWrong = index.data(Qt::BackgroundRole).isValid();
        QPalette colors = parentWidget()->palette();
        if (isWrong)
            colors.setColor(QPalette::Base, stateTint(State::Problem));
        setPalette(colors);
        setToolTip(index.data(Qt::ToolTipRole).toString());
    }

    const QString before;
    const EditSession session;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QLineEdit::paintEvent(event);
        QPainter painter(this);
        painter.setPen(palette().color(QPalette::Link));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
};

} // namespace

QWidget *CellDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem & /*option*/,
                                    const QModelIndex &index) const
{
    auto *model = qobject_cast<TableModel *>(const_cast<QAbstractItemModel *>(index.model()));
    Q_ASSERT_X(model, "CellDelegate", "is for views of a TableModel");
    auto *editor = new CellEditor(index.data(Qt::EditRole).toString(), model->newSession(), parent);
    editor->setAlignment(Qt::AlignVCenter | (model->isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    editor->reflect(index);
    auto *self = const_cast<CellDelegate *>(this);
    connect(editor, &QLineEdit::textEdited, self, [self, editor] { Q_EMIT self->commitData(editor); });
    connect(model, &TableModel::dataChanged, editor,
            [editor, cell = QPersistentModelIndex(index)] { editor->reflect(cell); });
    return editor;
}

void CellDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *line = static_cast<CellEditor *>(editor);
    const QString text = index.data(Qt::EditRole).toString();
    if (line->text() != text) // keeps the cursor while typing
        line->setText(text);
}

void CellDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    const auto *line = static_cast<const CellEditor *>(editor);
    static_cast<TableModel *>(model)->setText(index, line->text(), line->session);
}

void CellDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                        const QModelIndex & /*index*/) const
{
    editor->setGeometry(option.rect);
}

bool CellDelegate::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        auto *editor = static_cast<CellEditor *>(watched);
        editor->setText(editor->before);
        Q_EMIT commitData(editor);
    }
    return QStyledItemDelegate::eventFilter(watched, event);
}

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->decorationSize = QSize(16, 16);
    // The sign stands where it pushes no text aside: at the far end of the cell.
    const bool isRight = option->displayAlignment & Qt::AlignRight;
    option->decorationPosition = isRight ? QStyleOptionViewItem::Left : QStyleOptionViewItem::Right;
    option->decorationAlignment = Qt::AlignCenter;
    // Where there is no room for both the text matters more: the tint is there all the same.
    const int needed = option->fontMetrics.horizontalAdvance(option->text) + option->decorationSize.width() + 3 * TextMargin;
    if (!option->icon.isNull() && needed > option->rect.width()) {
        option->icon = QIcon();
        option->features &= ~QStyleOptionViewItem::HasDecoration;
    }
    if (index.data(Qt::BackgroundRole).isValid())
        option->palette.setColor(QPalette::HighlightedText, option->palette.color(QPalette::Text));
}

} // namespace seedbed
