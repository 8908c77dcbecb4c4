// SPDX-License-Identifier: MIT
#include "gui/panes/tablepane.h"

#include "gui/database/databaseview.h"
#include "gui/look/theme.h"
#include "ui_tablepane.h"

#include <QHeaderView>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace seedbed {

TablePane::TablePane(Document &document, int table, RowClipboard &clipboard, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::TablePane>())
    , m_document(document)
    , m_table(table)
    , m_clipboard(clipboard)
    , m_model(document, table)
    , m_edits(document, table, m_model, setUp(), clipboard)
    , m_filter(*m_ui, m_model, this)
    , m_jump(document, table)
{
    const Resource &resource = document.resource(table);
    setAccessibleName(resource.title);
    QFont bold = m_ui->titleLabel->font();
    bold.setWeight(QFont::DemiBold);
    m_ui->titleLabel->setFont(bold);
    m_ui->titleLabel->setLine(tr("%1 → %2").arg(resource.title, resource.database));
    m_ui->gridView->setAccessibleName(tr("Rows of %1").arg(resource.title));
    m_ui->filterEdit->setAccessibleName(tr("Filter the rows of %1").arg(resource.title));
    m_ui->gridView->setModel(&m_model);
    m_ui->countsLabel->setForegroundRole(QPalette::PlaceholderText);
    connect(m_ui->addButton, &QToolButton::clicked, this, &TablePane::addRow);
    connect(m_ui->removeButton, &QToolButton::clicked, &m_edits, &BlockEdits::removeRows);
    connect(m_ui->rowsSwitch, &RowsSwitch::switched, this, &TablePane::showRows);
    connect(m_ui->gridView, &GridView::currentMoved, this, [this] {
        say({});
        Q_EMIT currentMoved();
    });
    connect(m_ui->causeButton, &QToolButton::clicked, this, &TablePane::goToCause);
    connect(&m_model, &TableModel::marksChanged, m_ui->gridView->verticalHeader()->viewport(),
            qOverload<>(&QWidget::update));
    connect(&m_edits, &BlockEdits::refused, this, &TablePane::refuse);
    connect(m_ui->gridView, &GridView::referenceClicked, this,
            [this](const QModelIndex &cell) { m_jump.follow(m_model.positionOf(cell.row()), cell.column()); });
    connect(&m_jump, &ReferenceJump::found, this, &TablePane::cellWanted);
    connect(&m_jump, &ReferenceJump::notFound, this, &TablePane::say);
    connect(&m_filter, &PaneFilter::left, this, &TablePane::focusGrid);
    connect(&m_model, &TableModel::aboutToReorder, this, &TablePane::keepCurrent);
    connect(&m_model, &TableModel::reordered, this, &TablePane::findCurrent);
    connect(&document, &Document::loadingEnded, this, &TablePane::allowEdits);
    connect(&document, &Document::editableChanged, this, &TablePane::allowEdits);
    connect(&document, &Document::loadingEnded, m_ui->gridView, &GridView::fitColumns);
    connect(&document, &Document::marksChanged, this, &TablePane::updateView);
    connect(&document, &Document::changesFound, this, &TablePane::showReason);
    connect(&document, &Document::rowsInserted, this, &TablePane::updateView);
    connect(&document, &Document::rowsRemoved, this, &TablePane::updateView);
    connect(&document, &Document::rowsReplaced, this, &TablePane::updateView);
    allowEdits();
    updateView();
}

TablePane::~TablePane() = default;

void TablePane::allowEdits()
{
    const bool isOff = !m_document.isEditable() || isDatabaseShown();
    const QString reason = isDatabaseShown() ? tr("What is in the database is here to be looked at")
                                             : tr("Rows can be edited when all are read");
    for (QToolButton *button : { m_ui->addButton, m_ui->removeButton })
        button->setEnabled(!isOff);
    m_ui->addButton->setToolTip(isOff ? reason : tr("Add a row (Ctrl+Return)"));
    m_ui->removeButton->setToolTip(isOff ? reason : tr("Remove the selected rows (Ctrl+Delete)"));
    m_edits.setPaused(isDatabaseShown());
    if (!m_document.isEditable()) // despite its name it closes any editor
        m_ui->gridView->closePersistentEditor(m_ui->gridView->currentIndex());
}

GridView &TablePane::setUp()
{
    m_ui->setupUi(this);
    return *m_ui->gridView;
}

GridView &TablePane::grid()
{
    return *m_ui->gridView;
}

void TablePane::addRow()
{
    showSeedRows();
    m_document.appendRow(m_table);
    editRow(m_model.shownRowCount() - 1);
}

void TablePane::insertRow()
{
    showSeedRows();
    const QModelIndex current = m_ui->gridView->currentIndex();
    if (!current.isValid())
        return addRow();
    const qsizetype before = m_model.positionOf(current.row());
    m_document.addRow(m_table, before);
    editRow(m_model.rowOf(before));
}

void TablePane::editRow(int row)
{
    int column = 0;
    while (column + 1 < m_model.columnCount() && !m_model.index(row, column).data(Qt::EditRole).toString().isEmpty())
        ++column;
    const QModelIndex cell = m_model.index(row, column);
    m_ui->gridView->setFocus();
    m_ui->gridView->goTo(cell);
    m_ui->gridView->scrollTo(cell);
    m_ui->gridView->edit(cell);
}

void TablePane::sortByCurrentColumn()
{
    m_ui->gridView->sortByNext(std::max(0, m_ui->gridView->currentIndex().column()));
}

void TablePane::followReference()
{
    const QModelIndex cell = m_ui->gridView->currentIndex();
    if (cell.isValid() && !isDatabaseShown() && !m_model.isBlankLine(cell.row()))
        m_jump.follow(m_model.positionOf(cell.row()), cell.column());
}

bool TablePane::isAtReference() const
{
    return m_model.isReference(m_ui->gridView->currentIndex());
}

int TablePane::wantedWidth() const
{
    return m_ui->gridView->wantedWidth();
}

void TablePane::copy(BlockEdits::Headers headers)
{
    if (isDatabaseShown())
        m_database->copy(headers);
    else
        m_edits.copy(headers);
}

// --- which rows are shown

void TablePane::focusGrid()
{
    m_ui->rowsStack->currentWidget()->setFocus();
}

bool TablePane::isDatabaseShown() const
{
    return m_ui->rowsSwitch->isDatabase();
}

void TablePane::switchRows()
{
    m_ui->rowsSwitch->setDatabase(!isDatabaseShown());
}

void TablePane::showSeedRows()
{
    m_ui->rowsSwitch->setDatabase(false);
}

void TablePane::showRows()
{
    const bool isDatabase = isDatabaseShown();
    if (isDatabase && !m_database) {
        m_database = new DatabaseView(m_document, m_table, m_clipboard, m_ui->rowsStack);
        m_database->setObjectName(QStringLiteral("databaseView"));
        m_ui->rowsStack->addWidget(m_database);
        connect(m_database, &DatabaseView::updated, this, &TablePane::updateView);
        connect(m_database, &DatabaseView::blobsLeftOut, this, [this](qsizetype cells) {
            say(tr("Copied as empty: %Ln cell(s) of binary data", nullptr, static_cast<int>(cells)));
        });
        connect(m_database, &DatabaseView::refused, this, &TablePane::refuse);
        connect(m_database->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { say({}); });
    }
    m_note.clear(); // of the other rows
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    m_ui->rowsStack->setCurrentWidget(isDatabase ? static_cast<QWidget *>(m_database) : m_ui->gridView);
    if (hadFocus)
        focusGrid(); // before the filter passes it on to another pane
    m_filter.setDatabase(isDatabase);
    allowEdits();
    updateView();
}

bool TablePane::isEditing() const
{
    const QWidget *focus = window()->focusWidget();
    return focus != m_ui->gridView && m_ui->gridView->isAncestorOf(focus);
}

bool TablePane::hasGridFocus() const
{
    return m_ui->gridView->hasFocus();
}

void TablePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_filter.setSigns();
}

void TablePane::keepCurrent()
{
    if (isEditing())
        focusGrid(); // else the focus would go on to another grid when the editor goes
    const QModelIndex current = m_ui->gridView->currentIndex();
    if (!current.isValid())
        return; // it went with its row, and comes back with it
    m_current = {};
    if (!m_model.isBlankLine(current.row()))
        m_current = { m_document.table(m_table).rowId(m_model.positionOf(current.row())), current.column() };
}

void TablePane::findCurrent()
{
    const qsizetype position = m_document.table(m_table).indexOf(m_current.first);
    const int row = position < 0 ? -1 : m_model.rowOf(position);
    if (row >= 0)
        m_ui->gridView->goTo(m_model.index(row, m_current.second));
    updateView();
    showWantedCell();
}

void TablePane::filterBy(const QString &text)
{
    showSeedRows();
    m_filter.clear();
    m_ui->filterEdit->setText(text);
}

CellPlace TablePane::currentCell() const
{
    const QModelIndex current = m_ui->gridView->currentIndex();
    const bool isRow = current.isValid() && !m_model.isBlankLine(current.row());
    return { m_table, isRow ? m_model.positionOf(current.row()) : -1, std::max(0, current.column()) };
}

void TablePane::showCell(RowId row, const QString &field, const QString &note)
{
    want({ .row = row, .field = field, .note = note });
}

void TablePane::revealCell(RowId row, const QString &field)
{
    want({ .row = row, .field = field, .takesFocus = false });
}

void TablePane::want(const WantedCell &cell)
{
    showSeedRows();
    m_wanted = cell;
    showWantedCell();
    if (m_wanted)
        m_filter.clear(); // and it is shown when all rows are
}

void TablePane::showWantedCell()
{
    const qsizetype position = m_wanted ? m_document.table(m_table).indexOf(m_wanted->row) : -1;
    if (position < 0)
        return m_wanted.reset();
    const int row = m_model.rowOf(position);
    if (row < 0)
        return;
    const WantedCell wanted = *std::exchange(m_wanted, std::nullopt);
    const QModelIndex cell = m_model.index(row, std::max(0, m_model.resource().schema.indexOf(wanted.field)));
    if (wanted.takesFocus)
        m_ui->gridView->setFocus();
    m_ui->gridView->goTo(cell);
    m_ui->gridView->scrollTo(cell);
    say(wanted.note);
}

// --- what is said

QString TablePane::rowsText(qsizetype rows) const
{
    if (!m_model.question().isFiltering())
        return tr("%Ln row(s)", nullptr, static_cast<int>(rows));
    return tr("%L2 of %Ln row(s)", nullptr, static_cast<int>(rows)).arg(m_model.shownRowCount());
}

void TablePane::updateView()
{
    if (isDatabaseShown()) {
        m_ui->countsLabel->setLine(m_database->countText());
        return showReason();
    }
    const RowCounts counts = m_document.counts(m_table);
    QStringList texts { rowsText(counts.rows) };
    if (counts.in > 0)
        texts.append(tr("%L1 in").arg(counts.in));
    if (counts.changed > 0)
        texts.append(tr("%L1 changed").arg(counts.changed));
    if (counts.wrong > 0)
        texts.append(tr("%Ln problem(s)", nullptr, static_cast<int>(counts.wrong)));
    m_ui->countsLabel->setLine(texts.join(tr(" · ", "between counts")));
    showReason();
}

void TablePane::say(const QString &note)
{
    m_note = note;
    showReason();
}

void TablePane::refuse(const Error &error)
{
    say(error.message);
    Q_EMIT refused(error);
}

void TablePane::showReason()
{
    m_ui->causeButton->setVisible(currentCause().has_value());
    if (isDatabaseShown())
        return m_ui->reasonLabel->setLine(withNote(m_database->note()));
    const QModelIndex cell = m_ui->gridView->currentIndex();
    if (!cell.isValid() || m_model.isBlankLine(cell.row()))
        return m_ui->reasonLabel->setLine(m_note);
    const RowMark mark = m_model.mark(cell.row());
    QString text = m_model.reasons(cell.row(), cell.column());
    if (text.isEmpty())
        text = m_model.reasons(cell.row(), -1);
    if (mark == RowMark::In)
        text = tr("Row %L1 is in %2").arg(m_model.positionOf(cell.row()) + 1).arg(m_model.resource().database);
    if (mark == RowMark::Changed)
        text = m_model.presence(cell.row());
    const std::optional<State> state = text.isEmpty() ? std::nullopt : stateOf(mark);
    m_ui->reasonLabel->setForegroundRole(QPalette::WindowText);
    m_ui->reasonLabel->setLine(withNote(text), state);
}

QString TablePane::withNote(const QString &text) const
{
    if (m_note.isEmpty() || text.isEmpty())
        return m_note + text;
    return tr("%1 · %2", "a note and what is wrong").arg(m_note, text);
}

// --- where a problem comes from

std::optional<Cause> TablePane::currentCause() const
{
    const CellPlace cell = currentCell();
    if (cell.row < 0 || isDatabaseShown())
        return std::nullopt;
    const QList<Problem> problems = m_document.problems(m_table, cell.row);
    if (problems.isEmpty())
        return std::nullopt;
    return causeOfCell(problems, cell.column, *m_document.validation(), m_table);
}

void TablePane::goToCause()
{
    const std::optional<Cause> cause = currentCause();
    if (!cause)
        return say(tr("Nothing here has its cause in another row"));
    const QList<Field> &fields = m_document.resource(cause->table).schema.fields;
    Q_EMIT cellWanted(cause->table, cause->row, cause->field < 0 ? QString() : fields.at(cause->field).name);
}

} // namespace seedbed
