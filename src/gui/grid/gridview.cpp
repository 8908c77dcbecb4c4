// SPDX-License-Identifier: MIT
#include "gui/grid/gridview.h"

#include "gui/editors/celldelegate.h"
#include "gui/look/placeholder.h"
#include "gui/model/tablemodel.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <numeric>

namespace seedbed {

namespace {

constexpr int RowHeight = 24;
constexpr int MarkWidth = 16;
constexpr int Margin = 8;
constexpr int WidestColumn = 320;
constexpr int LeastText = 120;   // of a column that gives way
constexpr int MeasuredRows = 64; // in sight and near it, for the widths of columns
constexpr int SampledRows = 32;  // and from the first to the last

// Columns that stretch are all as wide as the widest of them has to be.
QList<int> equalShares(QList<int> widths, const QList<int> &stretched)
{
    int widest = 0;
    for (const int column : stretched)
        widest = std::max(widest, widths.at(column));
    for (const int column : stretched)
        widths[column] = widest;
    return widths;
}

// How many cells further, row after row, a key leads.
int stepOf(const QKeyEvent &key, int width)
{
    if (key.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return 0;
    switch (key.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return key.modifiers() & Qt::ShiftModifier ? -width : width;
    case Qt::Key_Tab:
        return 1;
    case Qt::Key_Backtab:
        return -1;
    default:
        return 0;
    }
}

// A header whose thickness is fixed: it need not lay out its texts to tell it, which it is asked for at every change.
class FixedHeader final : public QHeaderView
{
public:
    FixedHeader(Qt::Orientation orientation, QWidget *parent)
        : QHeaderView(orientation, parent)
    {
        setSectionsClickable(true);
        setHighlightSections(false);
    }

    [[nodiscard]] QSize sizeHint() const override { return minimumSize(); }
};

} // namespace

GridView::GridView(QWidget *parent)
    : QTableView(parent)
{
    setHorizontalHeader(new FixedHeader(Qt::Horizontal, this));
    setVerticalHeader(new FixedHeader(Qt::Vertical, this));
    auto *delegate = new CellDelegate(this);
    setItemDelegate(delegate);
    connect(delegate, &CellDelegate::editorLeft, this, &GridView::keyPressEvent);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    horizontalHeader()->setMinimumSectionSize(48);
    horizontalHeader()->setFixedHeight(RowHeight + 2);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    horizontalHeader()->setSortIndicatorClearable(true); // by the third click
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(RowHeight);
    verticalHeader()->setDefaultSectionSize(RowHeight);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column, int /*before*/, int width) {
        if (!m_isSharing && !m_stretched.contains(column))
            m_chosen.insert(column, width);
    });
}

void GridView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        if (last - first + 1 == rowsOfTable())
            fitColumns(); // until now there was nothing to measure
        else
            fitRowHeader();
    });
    connect(model, &QAbstractItemModel::rowsRemoved, this, &GridView::fitRowHeader);
    setSortingEnabled(true);
    fitColumns();
}

int GridView::rowsOfTable() const
{
    const auto *table = qobject_cast<const TableModel *>(model());
    return table ? table->shownRowCount() : model()->rowCount();
}

void GridView::fitRowHeader()
{
    const auto *table = qobject_cast<const TableModel *>(model());
    const qsizetype tableRows = table ? table->tableRowCount() : model()->rowCount();
    // Of a fixed width, so that a mark that comes moves nothing.
    QString widest = QLocale().toString(std::max<qsizetype>(99, tableRows));
    std::ranges::replace_if(
        widest, [](QChar sign) { return sign.isDigit(); }, QLatin1Char('8'));
    verticalHeader()->setFixedWidth(MarkWidth + fontMetrics().horizontalAdvance(widest) + 2 * Margin);
}

QList<int> GridView::measuredRows() const
{
    QList<int> rows;
    const int count = rowsOfTable();
    const int top = std::max(0, rowAt(0));
    for (int row = top; row < std::min(count, top + MeasuredRows); ++row)
        rows.append(row);
    for (qint64 sample = 0; sample <= SampledRows && count > MeasuredRows; ++sample)
        rows.append(static_cast<int>((count - 1) * sample / SampledRows));
    return rows;
}

int GridView::contentWidth(int column, const QList<int> &rows) const
{
    QModelIndex widest;
    int width = -1;
    qsizetype longest = 0;
    for (const int row : rows) {
        const QModelIndex cell = model()->index(row, column);
        const QString text = cell.data().toString();
        if (3 * text.size() < 2 * longest)
            continue; // hardly the widest, and measuring takes long
        longest = std::max(longest, text.size());
        const int advance = fontMetrics().horizontalAdvance(text);
        if (advance > width) {
            width = advance;
            widest = cell;
        }
    }
    return widest.isValid() ? std::min(WidestColumn, sizeHintForIndex(widest).width() + 1) : 0; // 1: the grid's line
}

void GridView::fitColumns()
{
    m_least.clear();
    m_widths.clear();
    const QList<int> rows = measuredRows();
    for (int column = 0; column < model()->columnCount(); ++column) {
        const int content = contentWidth(column, rows);
        const int header = horizontalHeader()->sectionSizeHint(column);
        m_least.append(std::max(content, header));
        m_widths.append(std::max(content + MarkWidth + Margin, header));
    }
    fitRowHeader();
    shareWidth();
}

void GridView::setChosenWidths(const QHash<int, int> &widths)
{
    m_chosen = widths;
    shareWidth();
}

QList<int> GridView::withChosen(QList<int> widths) const
{
    for (int column = 0; column < widths.size(); ++column)
        widths[column] = m_chosen.value(column, widths.at(column));
    return widths;
}

int GridView::wantedWidth() const
{
    const int scrollBar = verticalScrollBar()->maximum() > 0 ? verticalScrollBar()->sizeHint().width() : 0;
    return std::accumulate(m_least.cbegin(), m_least.cend(), verticalHeader()->width() + scrollBar + 2 * frameWidth());
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
    const auto fits = [this](const QList<int> &widths) {
        return std::accumulate(widths.cbegin(), widths.cend(), 0) <= viewport()->width();
    };
    const QList<int> least = withChosen(m_least);
    const QList<int> wide = withChosen(m_widths);
    QList<int> widths = fits(wide) ? wide : least;
    QList<int> stretched = stretching();
    stretched.removeIf([this](int column) { return m_chosen.contains(column); });
    // A long text is better elided than the columns beside it out of sight.
    if (stretched.size() == 1)
        widths[stretched.constFirst()] = std::min(widths.at(stretched.constFirst()), LeastText);
    if (!fits(widths)) {
        widths = least;
        stretched.clear();
    }
    if (stretched.size() > 1 && !fits(equalShares(widths, stretched)))
        stretched = { stretched.constFirst() };
    if (widths == m_shared && stretched == m_stretched)
        return;
    m_isSharing = true;
    m_shared = widths;
    m_stretched = stretched;
    for (int column = 0; column < widths.size(); ++column) {
        const bool stretches = stretched.contains(column);
        horizontalHeader()->setSectionResizeMode(column, stretches ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (!stretches)
            horizontalHeader()->resizeSection(column, widths.at(column));
    }
    m_isSharing = false;
}

QString GridView::emptyText() const
{
    const auto *table = qobject_cast<const TableModel *>(model());
    if (!table || table->shownRowCount() > 0)
        return {};
    if (table->tableRowCount() > 0)
        return tr("No row is as the filter wants it.\nEscape shows all rows.");
    return tr("No rows yet.\nType in the line above; Ctrl+Shift+V takes rows from a spreadsheet.");
}

void GridView::sortByNext(int column)
{
    const QHeaderView &header = *horizontalHeader();
    if (header.sortIndicatorSection() != column)
        sortByColumn(column, Qt::AscendingOrder);
    else if (header.sortIndicatorOrder() == Qt::AscendingOrder)
        sortByColumn(column, Qt::DescendingOrder);
    else
        sortByColumn(-1, Qt::AscendingOrder);
}

void GridView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (const QString text = emptyText(); !text.isEmpty())
        paintPlaceholder(*this, text);
}

void GridView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT currentMoved(current);
}

void GridView::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    if (state() == EditingState)
        setFocus(); // else it would go on to another grid when the editor goes
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

// --- keys and clicks

QModelIndex GridView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const QModelIndex current = currentIndex();
    if (!(modifiers & Qt::ControlModifier) || !current.isValid())
        return QTableView::moveCursor(action, modifiers);
    const int lastColumn = model()->columnCount() - 1;
    const int lastRow = std::max(0, rowsOfTable() - 1);
    switch (action) {
    case MoveUp:
        return current.siblingAtRow(0);
    case MoveDown:
        return current.siblingAtRow(current.row() < lastRow ? lastRow : model()->rowCount() - 1);
    case MoveLeft:
        return current.siblingAtColumn(0);
    case MoveRight:
        return current.siblingAtColumn(lastColumn);
    case MoveHome:
        return model()->index(0, 0);
    case MoveEnd:
        return model()->index(lastRow, lastColumn);
    case MovePageUp:
    case MovePageDown:
    case MoveNext:
    case MovePrevious:
        return QTableView::moveCursor(action, modifiers);
    }
    Q_UNREACHABLE();
}

QItemSelectionModel::SelectionFlags GridView::selectionCommand(const QModelIndex &index, const QEvent *event) const
{
    if (m_isGoing)
        return QItemSelectionModel::ClearAndSelect;
    const bool isKey = event && event->type() == QEvent::KeyPress;
    const Qt::KeyboardModifiers modifiers = isKey ? static_cast<const QKeyEvent *>(event)->modifiers() : Qt::NoModifier;
    if (!(modifiers & Qt::ControlModifier) || static_cast<const QKeyEvent *>(event)->key() == Qt::Key_Space)
        return QTableView::selectionCommand(index, event);
    // The base class would leave the selection where it was.
    return modifiers & Qt::ShiftModifier ? QItemSelectionModel::SelectCurrent : QItemSelectionModel::ClearAndSelect;
}

void GridView::goTo(const QModelIndex &cell)
{
    const QScopedValueRollback going(m_isGoing, true);
    setCurrentIndex(cell);
}

bool GridView::moveBy(qint64 cells)
{
    const int width = model()->columnCount();
    const QModelIndex current = currentIndex();
    const qint64 cell = qint64(current.row()) * width + current.column() + cells;
    if (!current.isValid() || cell < 0 || cell >= qint64(model()->rowCount()) * width)
        return false;
    goTo(model()->index(static_cast<int>(cell / width), static_cast<int>(cell % width)));
    return true;
}

void GridView::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex cell = indexAt(event->position().toPoint());
    const auto *table = qobject_cast<const TableModel *>(model());
    const bool isCtrlClick = event->button() == Qt::LeftButton && event->modifiers() == Qt::ControlModifier;
    if (isCtrlClick && table && table->isReference(cell))
        Q_EMIT referenceClicked(cell);
    else
        QTableView::mousePressEvent(event);
}

void GridView::keyPressEvent(QKeyEvent *event)
{
    const int step = stepOf(*event, model() ? model()->columnCount() : 0);
    if (state() == EditingState)
        QTableView::keyPressEvent(event);
    else if (step != 0)
        event->setAccepted(moveBy(step));
    else if (event->matches(QKeySequence::Delete))
        Q_EMIT clearingWanted();
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
