// SPDX-License-Identifier: MIT
#include "gui/gridview.h"

#include "gui/celldelegate.h"
#include "gui/tablemodel.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>

#include <algorithm>
#include <numeric>

namespace seedbed {

namespace {

constexpr int RowHeight = 24;
constexpr int MarkWidth = 16;
constexpr int Margin = 8;
constexpr int WidestColumn = 320;

} // namespace

GridView::GridView(QWidget *parent)
    : QTableView(parent)
{
    setItemDelegate(new CellDelegate(this));
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(48);
    horizontalHeader()->setFixedHeight(RowHeight + 2);
    verticalHeader()->setHighlightSections(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(RowHeight);
    verticalHeader()->setDefaultSectionSize(RowHeight);
}

void GridView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, &GridView::fitRowHeader);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &GridView::fitRowHeader);
    fitColumns();
}

void GridView::fitRowHeader()
{
    // Of a fixed width, so that a mark that comes moves nothing.
    const QString widest(QLocale().toString(std::max(99, model()->rowCount())).size(), QLatin1Char('8'));
    verticalHeader()->setFixedWidth(MarkWidth + fontMetrics().horizontalAdvance(widest) + 2 * Margin);
}

void GridView::fitColumns()
{
    m_widths.clear();
    for (int column = 0; column < model()->columnCount(); ++column) {
        const int content = sizeHintForColumn(column) + MarkWidth + Margin;
        const int header = horizontalHeader()->sectionSizeHint(column);
        m_widths.append(std::min(WidestColumn, std::max(content, header)));
        horizontalHeader()->setSectionResizeMode(column, QHeaderView::Interactive);
        horizontalHeader()->resizeSection(column, m_widths.constLast());
    }
    fitRowHeader();
    shareWidth();
}

QList<int> GridView::stretching() const
{
    const auto *table = qobject_cast<const TableModel *>(model());
    QList<int> columns;
    if (!table)
        return columns;
    for (int column = table->columnCount() - 1; column >= 0; --column) {
        if (!table->isNumeric(column) && !table->isKey(column))
            return { column };
        if (!table->isKey(column))
            columns.append(column);
    }
    return columns;
}

void GridView::shareWidth()
{
    const bool fits = std::accumulate(m_widths.cbegin(), m_widths.cend(), 0) <= viewport()->width();
    for (const int column : stretching()) {
        if (column >= m_widths.size())
            continue;
        const auto mode = fits ? QHeaderView::Stretch : QHeaderView::Interactive;
        if (horizontalHeader()->sectionResizeMode(column) == mode)
            continue;
        horizontalHeader()->setSectionResizeMode(column, mode);
        if (!fits)
            horizontalHeader()->resizeSection(column, m_widths.at(column));
    }
}

void GridView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT currentMoved(current);
}

void GridView::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    QTableView::closeEditor(editor, hint);
    if (hint == QAbstractItemDelegate::SubmitModelCache)
        moveDown();
}

void GridView::moveDown()
{
    const QModelIndex below = currentIndex().siblingAtRow(currentIndex().row() + 1);
    if (below.isValid())
        setCurrentIndex(below);
}

void GridView::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && state() != EditingState)
        moveDown();
    else
        QTableView::keyPressEvent(event);
}

void GridView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    shareWidth();
}

void GridView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange && model())
        fitColumns();
}

} // namespace seedbed
