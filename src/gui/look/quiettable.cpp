// SPDX-License-Identifier: MIT
#include "gui/look/quiettable.h"

#include "gui/look/placeholder.h"

#include <QHeaderView>
#include <QKeyEvent>

namespace seedbed {

namespace {

constexpr int RowHeight = 22;

} // namespace

QuietTable::QuietTable(QWidget *parent)
    : QTableView(parent)
{
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(16);
    verticalHeader()->setDefaultSectionSize(RowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setFixedHeight(RowHeight + 4);
    horizontalHeader()->setMinimumSectionSize(24);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void QuietTable::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    viewport()->update();
}

void QuietTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_placeholder.isEmpty() || (model() && model()->rowCount() > 0))
        return;
    paintPlaceholder(*this, m_placeholder);
}

void QuietTable::keyPressEvent(QKeyEvent *event)
{
    // The base class leaves Enter to the dialog's default button.
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentIndex().isValid())
        Q_EMIT activated(currentIndex());
    else
        QTableView::keyPressEvent(event);
}

} // namespace seedbed
