// SPDX-License-Identifier: MIT
#include "gui/editors/choicelist.h"

#include "gui/editors/celleditor.h"
#include "gui/look/popupplace.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace seedbed {

namespace {

constexpr int MostVisible = 8;
constexpr int WidestList = 400;

} // namespace

ChoiceList::ChoiceList(CellEditor &editor)
    : QListWidget(&editor)
    , m_editor(editor)
{
    setObjectName(QStringLiteral("choiceList"));
    setAccessibleName(tr("Choices"));
    setWindowFlags(Qt::ToolTip); // neither it nor its window takes the focus
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFocusPolicy(Qt::NoFocus);
    setFrameStyle(QFrame::Box | QFrame::Plain);
    setForegroundRole(QPalette::PlaceholderText);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    m_editor.installEventFilter(this);
    connect(this, &QListWidget::itemClicked, this, [this](const QListWidgetItem *item) {
        m_editor.put(item->data(Qt::UserRole).toString());
        hide();
        Q_EMIT m_editor.picked();
    });
}

void ChoiceList::offer(const QList<Choice> &choices)
{
    clear();
    for (const Choice &choice : choices) {
        auto *item = new QListWidgetItem(choice.label, this);
        item->setData(Qt::UserRole, choice.text);
        if (choice.text == m_editor.text())
            setCurrentItem(item);
    }
    const bool isWanted = !choices.isEmpty() && m_editor.isVisible();
    if (isWanted)
        place();
    setVisible(isWanted);
}

void ChoiceList::place()
{
    const int frame = 2 * frameWidth();
    const int height = std::min(count(), MostVisible) * sizeHintForRow(0) + frame;
    const int content =
        sizeHintForColumn(0) + frame + (count() > MostVisible ? verticalScrollBar()->sizeHint().width() : 0);
    resize(std::max(m_editor.width(), std::min(content, WidestList)), height);
    move(popupPlace(m_editor, size()));
}

bool ChoiceList::takeKey(int key)
{
    int row = currentRow();
    switch (key) {
    case Qt::Key_Down:
        ++row;
        break;
    case Qt::Key_Up:
        --row;
        break;
    case Qt::Key_PageDown:
        row += MostVisible;
        break;
    case Qt::Key_PageUp:
        row -= MostVisible;
        break;
    default:
        return false;
    }
    setCurrentRow(std::clamp(row, 0, count() - 1));
    m_editor.put(currentItem()->data(Qt::UserRole).toString());
    return true;
}

bool ChoiceList::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress: {
        const auto *key = static_cast<const QKeyEvent *>(event);
        if (key->modifiers() == Qt::AltModifier && key->key() == Qt::Key_Down) {
            Q_EMIT wanted();
            return true;
        }
        return isVisible() && takeKey(key->key());
    }
    case QEvent::Show:
        Q_EMIT wanted();
        break;
    case QEvent::FocusOut:
    case QEvent::Hide:
        hide();
        break;
    case QEvent::Move:
    case QEvent::Resize:
        if (isVisible())
            place();
        break;
    default:
        break;
    }
    return QListWidget::eventFilter(watched, event);
}

} // namespace seedbed
