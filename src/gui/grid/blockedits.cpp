// SPDX-License-Identifier: MIT
#include "gui/grid/blockedits.h"

#include "base/background.h"
#include "rows/rowreader.h"

#include <QItemSelectionModel>
#include <algorithm>
#include <concepts>
#include <utility>

namespace seedbed {

namespace {

constexpr qsizetype ManyCells = 20'000; // more would be felt
constexpr qsizetype ManySpans = 200;    // as would be more places where rows are removed

qsizetype cellCount(const QItemSelection &selection)
{
    qsizetype count = 0;
    for (const QItemSelectionRange &range : selection)
        count += qsizetype { range.height() } * range.width();
    return count;
}

/// For the plural of a text.
int asNumber(std::integral auto count)
{
    return static_cast<int>(count);
}

} // namespace

BlockEdits::BlockEdits(Document &document, int table, TableModel &model, GridView &grid, RowClipboard &clipboard,
                       QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_table(table)
    , m_model(model)
    , m_grid(grid)
    , m_clipboard(clipboard)
{
    m_pool.setMaxThreadCount(1);
    connect(&m_grid, &GridView::clearingWanted, this, &BlockEdits::clear);
    for (const auto changed :
         { &Document::cellsChanged, &Document::rowsInserted, &Document::rowsRemoved, &Document::rowsReplaced })
        connect(&document, changed, this, &BlockEdits::countChange);
    connect(&document, &Document::cellChanged, this, &BlockEdits::countChange);
}

QItemSelection BlockEdits::selection() const
{
    return m_model.withoutBlankLine(m_grid.selectionModel()->selection());
}

QList<CellBlock> BlockEdits::selectedBlocks() const
{
    QList<CellBlock> blocks;
    for (const QItemSelectionRange &range : selection()) {
        CellBlock block { {}, range.left(), range.right() };
        for (int row = range.top(); row <= range.bottom(); ++row)
            block.rows.push_back(static_cast<qint32>(m_model.positionOf(row)));
        if (range.top() > 0)
            block.above = static_cast<qint32>(m_model.positionOf(range.top() - 1));
        blocks.append(std::move(block));
    }
    return blocks;
}

void BlockEdits::edit(const CellsOf &cellsOf, const char *name)
{
    if (!canEdit())
        return;
    const auto work = [index = m_table, blocks = selectedBlocks(), cellsOf](const Table &table) {
        return editedTable(index, table, changesAmong(cellsOf(blocks, table), table));
    };
    edit(cellCount(selection()) > ManyCells, work, [this, name](const EditedTable &edit) {
        m_document.setTables({ edit }, tr(name, nullptr, asNumber(edit.count)));
    });
}

void BlockEdits::edit(bool isMuch, const Work &work, const Put &put)
{
    if (isMuch)
        editInBackground(work, put);
    else
        put(work(m_document.table(m_table)));
}

void BlockEdits::editInBackground(const Work &work, const Put &put)
{
    if (m_isEditing)
        return refuse(tr("Many rows are being changed already; do it again when that is done"));
    m_isEditing = true;
    using Edit = Result<std::shared_ptr<const EditedTable>>;
    const auto make = [rows = m_document.table(m_table), work]() -> Edit {
        return std::make_shared<const EditedTable>(work(rows));
    };
    const auto take = [this, put, changes = m_changes](const Edit &edit) {
        m_isEditing = false;
        if (!edit)
            refuse(edit.error().message);
        else if (changes != m_changes)
            refuse(tr("The rows changed while the edit was being prepared. Nothing was changed; please try again."));
        else
            put(**edit);
        for (const auto &act : std::exchange(m_afterwards, {}))
            whenEdited(act);
    };
    doInBackground(m_pool, *this, make, take);
}

void BlockEdits::whenEdited(const std::function<void()> &act)
{
    if (m_isEditing)
        m_afterwards.append(act);
    else
        act();
}

void BlockEdits::refuse(const QString &message)
{
    Q_EMIT refused({ Error::Kind::Stopped, message });
}

void BlockEdits::countChange(int table)
{
    if (table == m_table)
        ++m_changes;
}

void BlockEdits::clear()
{
    fill({}, QT_TR_NOOP("Clear %Ln Cell(s)"));
}

void BlockEdits::removeRows()
{
    if (!canEdit())
        return;
    std::vector<bool> isSelected(static_cast<size_t>(m_model.tableRowCount()));
    for (const QItemSelectionRange &range : selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            isSelected[static_cast<size_t>(m_model.positionOf(row))] = true;
    }
    QList<RowSpan> spans;
    for (auto begin = std::ranges::find(isSelected, true); begin != isSelected.end();) {
        const auto end = std::find(begin, isSelected.end(), false);
        spans.append({ begin - isSelected.begin(), end - begin });
        begin = std::find(end, isSelected.end(), true);
    }
    if (spans.size() <= ManySpans)
        return m_document.removeRows(m_table, spans);
    editInBackground([index = m_table, spans](const Table &rows) { return withoutRows(index, rows, spans); },
                     [this](const EditedTable &edit) {
                         m_document.setTables({ edit }, m_document.removalText(m_table, edit.count));
                     });
}

void BlockEdits::fill(const QByteArray &text, const char *name)
{
    edit([text](const QList<CellBlock> &blocks, const Table &) { return filled(blocks, text); }, name);
}

void BlockEdits::copy(Headers headers)
{
    std::vector<bool> isSelected(static_cast<size_t>(m_model.shownRowCount()));
    QList<int> columns;
    for (const QItemSelectionRange &range : selection()) {
        std::fill(isSelected.begin() + range.top(), isSelected.begin() + range.bottom() + 1, true);
        for (int column = range.left(); column <= range.right(); ++column)
            columns.append(column);
    }
    std::ranges::sort(columns);
    columns.erase(std::ranges::unique(columns).begin(), columns.end());
    RowPositions rows;
    for (size_t row = 0; row < isSelected.size(); ++row) {
        if (isSelected[row])
            rows.push_back(static_cast<qint32>(m_model.positionOf(static_cast<int>(row))));
    }
    QStringList names;
    for (const int column : std::as_const(columns))
        names.append(m_model.resource().schema.fields.at(column).name);
    if (!rows.empty())
        m_clipboard.copy(m_document.table(m_table), rows, columns, headers == Headers::With ? names : QStringList());
}

void BlockEdits::cut()
{
    if (!canEdit())
        return;
    copy(Headers::Without);
    fill({}, QT_TR_NOOP("Cut %Ln Cell(s)"));
}

void BlockEdits::paste()
{
    if (canEdit())
        m_clipboard.pasteCells(*this, whatIsPasted(&BlockEdits::putOver));
}

void BlockEdits::pasteAsNewRows()
{
    if (canEdit())
        m_clipboard.pasteRows(m_model.resource(), *this, whatIsPasted(&BlockEdits::addRows));
}

RowClipboard::Pasted BlockEdits::whatIsPasted(void (BlockEdits::*take)(const Table &rows))
{
    return [this, take](const Result<std::shared_ptr<const Table>> &rows) {
        if (rows)
            whenEdited([this, take, pasted = *rows] { (this->*take)(*pasted); }); // what is cut is cut first
        else
            Q_EMIT refused(rows.error());
    };
}

bool BlockEdits::mayAdd(qsizetype rows)
{
    const ReadLimits &limits = m_clipboard.limits();
    if (rows <= limits.rows - m_document.table(m_table).rowCount())
        return true;
    refuse(tooManyRows(m_document.resource(m_table).title, limits));
    return false;
}

void BlockEdits::addRows(const Table &rows)
{
    if (rows.isEmpty() || !canEdit() || !mayAdd(rows.rowCount()))
        return;
    m_document.pasteRows(m_table, withKeys(rows));
    const int row = m_model.rowOf(m_model.tableRowCount() - rows.rowCount());
    if (row >= 0)
        m_grid.goTo(m_model.index(row, 0));
}

void BlockEdits::putOver(const Table &cells)
{
    const QItemSelection selection = this->selection();
    const QModelIndex current = m_grid.currentIndex();
    if (cells.isEmpty() || !canEdit() || (selection.isEmpty() && !current.isValid()))
        return;
    if (cells.rowCount() == 1 && cells.columnCount() == 1 && cellCount(selection) > 1)
        return fill(cells.cell(0, 0).toByteArray(), QT_TR_NOOP("Paste into %Ln Cell(s)"));
    int top = current.row();
    int left = current.column();
    for (const QItemSelectionRange &range : selection) {
        top = std::min(top, range.top());
        left = std::min(left, range.left());
    }
    const int room = m_model.columnCount() - left;
    if (cells.columnCount() > room) {
        const Error error { Error::Kind::Unreadable,
                            tr("The clipboard has %1 columns, and there are %2 from here on; begin further left")
                                .arg(cells.columnCount())
                                .arg(room) };
        return Q_EMIT refused(error);
    }
    RowPositions over;
    const qsizetype below = std::min<qsizetype>(top + cells.rowCount(), m_model.shownRowCount());
    for (int row = top; row < below; ++row)
        over.push_back(static_cast<qint32>(m_model.positionOf(row)));
    const auto work = [index = m_table, cells, over, left](const Table &table) {
        return editedTable(index, table, changesAmong(pasted(cells, over, left), table));
    };
    const auto put = [this, cells, over, top, left](const EditedTable &edit) {
        const Table added = withKeys(rowsOf(cells, std::ssize(over), left));
        if ((edit.count == 0 && added.isEmpty()) || !mayAdd(added.rowCount()))
            return;
        const QString name = tr("Paste %Ln Row(s)", nullptr, asNumber(cells.rowCount()));
        m_document.undoStack().beginMacro(name);
        m_document.setTables({ edit }, name);
        m_document.pasteRows(m_table, added);
        m_document.undoStack().endMacro();
        if (!over.empty() && m_model.rowOf(over.front()) != top)
            return; // sorted or filtered meanwhile
        const int bottom = std::min(m_model.shownRowCount(), top + asNumber(cells.rowCount())) - 1;
        const int right = left + cells.columnCount() - 1;
        m_grid.selectionModel()->select({ m_model.index(top, left), m_model.index(bottom, right) },
                                        QItemSelectionModel::ClearAndSelect);
    };
    edit(std::ssize(over) * cells.columnCount() > ManyCells, work, put);
}

Table BlockEdits::rowsOf(const Table &cells, qsizetype first, int left) const
{
    Table rows(m_model.columnCount());
    for (qsizetype row = first; row < cells.rowCount(); ++row) {
        std::vector<QByteArrayView> texts(static_cast<size_t>(m_model.columnCount()), QByteArrayView(""));
        for (int column = 0; column < cells.columnCount(); ++column)
            texts[static_cast<size_t>(left + column)] = cells.cell(row, column);
        rows.append(texts);
    }
    return rows;
}

Table BlockEdits::withKeys(const Table &rows) const
{
    const int key = m_model.resource().schema.primaryKey.value(0, -1);
    if (key < 0)
        return rows;
    RowReader reader(rows);
    for (qsizetype row = 0; row < rows.rowCount(); ++row) {
        if (!reader.cell(row, key).isEmpty())
            return rows;
    }
    const QList<QByteArray> keys = m_document.freeKeys(m_table, rows.rowCount());
    std::vector<CellText> cells;
    for (qsizetype row = 0; row < keys.size(); ++row)
        cells.push_back({ row, key, keys.at(row) });
    Table keyed = rows;
    keyed.setCells(cells);
    return keyed;
}

void BlockEdits::fillDown()
{
    edit(&filledDown, QT_TR_NOOP("Fill Down %Ln Cell(s)"));
}

} // namespace seedbed
