// SPDX-License-Identifier: MIT
#include "gui/tablepane.h"

#include "gui/theme.h"
#include "ui_tablepane.h"

#include <algorithm>
#include <utility>

namespace seedbed {

TablePane::TablePane(Document &document, int table, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::TablePane>())
    , m_document(document)
    , m_table(table)
    , m_model(document, table)
{
    m_ui->setupUi(this);
    const Resource &resource = document.resource(table);
    setAccessibleName(resource.title);
    QFont bold = m_ui->titleLabel->font();
    bold.setWeight(QFont::DemiBold);
    m_ui->titleLabel->setFont(bold);
    m_ui->titleLabel->setLine(tr("%1 → %2").arg(resource.title, resource.database));
    m_ui->gridView->setAccessibleName(tr("Rows of %1").arg(resource.title));
    m_ui->gridView->setModel(&m_model);
    m_ui->countsLabel->setForegroundRole(QPalette::PlaceholderText);
    connect(m_ui->addButton, &QToolButton::clicked, this, &TablePane::addRow);
    connect(m_ui->removeButton, &QToolButton::clicked, this, &TablePane::removeSelectedRows);
    connect(m_ui->gridView, &GridView::clearingWanted, this, &TablePane::clearSelectedCells);
    connect(m_ui->gridView, &GridView::currentMoved, this, &TablePane::showReason);
    connect(&document, &Document::validated, this, &TablePane::retell);
    connect(&document, &Document::rowsInserted, this, &TablePane::retell);
    connect(&document, &Document::rowsRemoved, this, &TablePane::retell);
    retell();
}

TablePane::~TablePane() = default;

void TablePane::addRow()
{
    m_document.appendRow(m_table);
    const int row = m_model.rowCount() - 1;
    int column = 0;
    while (column + 1 < m_model.columnCount() && !m_model.index(row, column).data(Qt::EditRole).toString().isEmpty())
        ++column;
    const QModelIndex cell = m_model.index(row, column);
    m_ui->gridView->setFocus();
    m_ui->gridView->setCurrentIndex(cell);
    m_ui->gridView->scrollTo(cell);
    m_ui->gridView->edit(cell);
}

void TablePane::removeSelectedRows()
{
    QSet<qsizetype> rows;
    for (const QItemSelectionRange &range : m_ui->gridView->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.insert(row);
    }
    m_document.removeRows(m_table, rows.values());
}

void TablePane::clearSelectedCells()
{
    QModelIndexList cells = m_ui->gridView->selectionModel()->selectedIndexes();
    cells.removeIf([](const QModelIndex &cell) { return cell.data(Qt::EditRole).toString().isEmpty(); });
    if (cells.isEmpty())
        return;
    m_document.undoStack().beginMacro(tr("Clear %Ln cell(s)", nullptr, static_cast<int>(cells.size())));
    for (const QModelIndex &cell : std::as_const(cells))
        m_model.setText(cell, {}, EditSession::None);
    m_document.undoStack().endMacro();
}

void TablePane::focusGrid()
{
    m_ui->gridView->setFocus();
}

void TablePane::showCell(RowId row, const QString &field)
{
    const qsizetype position = m_document.table(m_table).indexOf(row);
    if (position < 0)
        return;
    const int column = std::max(0, m_model.resource().schema.indexOf(field));
    const QModelIndex cell = m_model.index(static_cast<int>(position), column);
    m_ui->gridView->setFocus();
    m_ui->gridView->setCurrentIndex(cell);
    m_ui->gridView->scrollTo(cell);
}

void TablePane::retell()
{
    const RowCounts counts = m_document.counts(m_table);
    QStringList texts { tr("%Ln row(s)", nullptr, static_cast<int>(counts.rows)) };
    if (counts.in > 0)
        texts.append(tr("%L1 in").arg(counts.in));
    if (counts.wrong > 0)
        texts.append(tr("%Ln problem(s)", nullptr, static_cast<int>(counts.wrong)));
    m_ui->countsLabel->setLine(texts.join(tr(" · ", "between counts")));
    showReason();
}

void TablePane::showReason()
{
    const QModelIndex cell = m_ui->gridView->currentIndex();
    if (!cell.isValid())
        return m_ui->reasonLabel->setLine({});
    const RowMark mark = m_model.mark(cell.row());
    QString text = m_model.reasons(cell.row(), cell.column());
    if (text.isEmpty())
        text = m_model.reasons(cell.row(), -1);
    if (mark == RowMark::In)
        text = tr("Row %L1 is in %2").arg(cell.row() + 1).arg(m_model.resource().database);
    m_ui->reasonLabel->setForegroundRole(QPalette::WindowText);
    m_ui->reasonLabel->setLine(text, text.isEmpty() ? std::nullopt : stateOf(mark));
}

} // namespace seedbed
