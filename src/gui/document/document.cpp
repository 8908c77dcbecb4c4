// SPDX-License-Identifier: MIT
#include "gui/document/document.h"

#include "gui/document/editcommands.h"
#include "gui/document/freekeys.h"

#include <algorithm>
#include <utility>

namespace seedbed {

Document::Document(Dataset dataset, QObject *parent)
    : QObject(parent)
    , m_dataset(std::move(dataset))
{
    clearMarks();
    connect(&m_reader, &TargetReader::finished, this, &Document::takeExisting);
    connect(&m_reader, &TargetReader::failed, this, &Document::keepExisting);
    connect(&m_service, &ValidationService::finished, this, &Document::takeValidation);
    connect(&m_previews, &UpdatePreviewService::finished, this,
            [this](const QList<TableChanges> &changes) { takeChanges(changes, std::nullopt); });
    connect(&m_previews, &UpdatePreviewService::failed, this,
            [this](const Error &error) { takeChanges(QList<TableChanges>(tableCount()), error); });
    validate();
}

void Document::replaceDataset(const Dataset &dataset)
{
    Q_EMIT aboutToReset();
    m_isHeld = false;
    m_service.cancel();
    m_undoStack.clear();
    m_disposal.take(std::exchange(m_dataset, dataset));
    clearMarks();
    Q_EMIT reset();
}

void Document::setDataset(const Dataset &dataset)
{
    m_isLoading = false;
    replaceDataset(dataset);
    validate();
}

void Document::beginLoading(const Dataset &dataset)
{
    m_isLoading = true;
    replaceDataset(dataset);
}

void Document::grow(const QList<Table> &tables)
{
    for (int table = 0; table < tableCount(); ++table) {
        const qsizetype rows = this->table(table).rowCount();
        const qsizetype more = tables.at(table).rowCount() - rows;
        if (more <= 0)
            continue;
        Q_EMIT rowsAboutToBeInserted(table, rows, rows + more - 1);
        m_dataset.tables[table] = tables.at(table);
        Q_EMIT rowsInserted(table);
    }
}

void Document::endLoading(const Dataset &dataset)
{
    grow(dataset.tables);
    m_dataset = dataset;
    m_isLoading = false;
    Q_EMIT loadingEnded();
    validate();
}

void Document::setHeld(bool isHeld)
{
    if (std::exchange(m_isHeld, isHeld) != isHeld)
        Q_EMIT editableChanged();
}

void Document::setSavedAs(const Dataset &dataset)
{
    m_dataset.package = dataset.package;
    validate();
}

void Document::clearMarks()
{
    m_reader.cancel();
    m_disposal.take(std::make_tuple(std::exchange(m_validation, nullptr), std::exchange(m_marks, {}),
                                    std::exchange(m_existing, {})));
    m_existing.fill({}, tableCount());
    m_isExistingOld = false;
    m_previews.cancel();
    m_changes.fill({}, tableCount());
    m_changesError.reset();
    m_marks.fill({}, tableCount());
    for (int table = 0; table < tableCount(); ++table)
        m_marks[table].table = table;
    m_isRunOver = true;
}

void Document::clearRunMarks()
{
    for (RowMarks &marks : m_marks)
        marks.run = {};
}

// --- the databases

void Document::setTarget(const QString &folder)
{
    if (std::exchange(m_target, folder) != folder) // what was elsewhere is not there
        m_disposal.take(std::exchange(m_existing, QList<ExistingRows>(tableCount())));
    clearRunMarks();
    Q_EMIT targetChanged(folder);
    readTarget();
}

void Document::readTarget()
{
    m_reader.request(m_dataset.package, m_target);
}

void Document::takeExisting(const QList<ExistingRows> &existing)
{
    m_isExistingOld = false;
    m_disposal.take(std::exchange(m_existing, existing));
    validate();
}

void Document::keepExisting(const Error &error)
{
    m_isExistingOld = true;
    Q_EMIT targetRefused(error);
    validate();
}

void Document::setOnConflict(ConflictPolicy policy)
{
    if (policy == m_onConflict)
        return;
    m_onConflict = policy;
    validate();
}

const RowChange *Document::change(int table, qsizetype row) const
{
    const QList<RowChange> &changes = m_changes.at(table).first;
    const auto found = std::ranges::find(changes, this->table(table).rowId(row), &RowChange::id);
    return found == changes.cend() ? nullptr : &*found;
}

// --- what is known of the rows

void Document::validate()
{
    if (m_isLoading)
        return;
    m_service.request(m_dataset, m_existing, m_onConflict);
    Q_EMIT validationStarted();
}

void Document::takeValidation(const std::shared_ptr<const Validation> &validation)
{
    m_disposal.take(std::exchange(m_validation, validation)); // the marks let go of it below
    for (RowMarks &marks : m_marks)
        marks.see(validation, m_isRunOver && !m_reader.isBusy() && !m_isExistingOld);
    m_previews.request(validation, m_target);
    Q_EMIT marksChanged();
}

void Document::takeChanges(const QList<TableChanges> &changes, const std::optional<Error> &error)
{
    m_changes = changes;
    m_changesError = error;
    Q_EMIT changesFound();
}

QList<Problem> Document::problems(int table, qsizetype row) const
{
    const qsizetype position = m_marks.at(table).validatedPosition(this->table(table).rowId(row), row);
    return position < 0 ? QList<Problem>() : m_validation->problemsOf(table, position);
}

RowMark Document::mark(int table, qsizetype row) const
{
    return m_marks.at(table).mark(this->table(table).rowId(row), row);
}

QString Document::failure(int table, qsizetype row) const
{
    return m_marks.at(table).run.failed.value(this->table(table).rowId(row));
}

RowCounts Document::counts(int table) const
{
    RowCounts counts = m_marks.at(table).counts();
    counts.rows = this->table(table).rowCount();
    return counts;
}

qsizetype Document::readyRows() const
{
    qsizetype rows = 0;
    for (int table = 0; table < tableCount(); ++table)
        rows += counts(table).ready;
    return rows;
}

qsizetype Document::failedRows() const
{
    qsizetype rows = 0;
    for (const RowMarks &marks : m_marks)
        rows += marks.run.failed.size();
    return rows;
}

// --- runs

void Document::beginRun()
{
    clearRunMarks();
    m_isRunOver = false;
    Q_EMIT runningChanged();
    Q_EMIT marksChanged();
}

void Document::followRun(const RunUpdate &update)
{
    for (int table = 0; table < std::min<int>(tableCount(), static_cast<int>(update.tables.size())); ++table)
        m_marks[table].run.follow(update, table);
    Q_EMIT marksChanged();
}

void Document::endRun()
{
    m_isRunOver = true;
    Q_EMIT runningChanged();
    readTarget();
}

// --- edits

EditSession Document::newSession()
{
    return EditSession { ++m_sessions };
}

void Document::setCell(int table, qsizetype row, int column, const QByteArray &text, EditSession session)
{
    if (this->table(table).cell(row, column) != text)
        m_undoStack.push(new SetCell(*this, { table, row, column }, text, session));
}

void Document::setCells(int table, const std::vector<CellText> &cells, const QString &name)
{
    if (!cells.empty())
        m_undoStack.push(new SetCells(*this, table, cells, name));
}

void Document::setTables(const QList<EditedTable> &edits, const QString &name)
{
    if (std::ranges::all_of(edits, [](const EditedTable &edit) { return edit.count == 0; }))
        return;
    m_undoStack.beginMacro(name);
    for (const EditedTable &edit : edits) {
        if (edit.count > 0)
            m_undoStack.push(new SetCells(*this, edit, name));
    }
    m_undoStack.endMacro();
}

void Document::addRow(int table, qsizetype before)
{
    insertNewRow(table, before, QList<QByteArray>(this->table(table).columnCount()), EditSession::None);
}

void Document::addRow(int table, int column, const QByteArray &text, EditSession session)
{
    QList<QByteArray> cells(this->table(table).columnCount());
    cells[column] = text;
    insertNewRow(table, this->table(table).rowCount(), std::move(cells), session);
}

void Document::insertNewRow(int table, qsizetype before, QList<QByteArray> cells, EditSession session)
{
    if (this->table(table).rowCount() >= ReadLimits::MostRows)
        return;
    const QList<int> &key = resource(table).schema.primaryKey;
    if (key.size() == 1 && cells.at(key.constFirst()).isEmpty())
        cells[key.constFirst()] = freeKeys(table, 1).constFirst();
    Table row(static_cast<int>(cells.size()));
    row.append(cells);
    const QString name = tr("Add %Ln Row(s) to %1", nullptr, 1).arg(resource(table).title);
    m_undoStack.push(new InsertRows(*this, table, before, row, name, session));
}

void Document::pasteRows(int table, const Table &rows)
{
    if (rows.isEmpty())
        return;
    const QString name = tr("Paste %Ln Row(s)", nullptr, static_cast<int>(rows.rowCount()));
    m_undoStack.push(new InsertRows(*this, table, this->table(table).rowCount(), rows, name));
}

void Document::removeRows(int table, const QList<RowSpan> &rows, EditSession session)
{
    if (!rows.isEmpty())
        m_undoStack.push(new RemoveRows(*this, table, rows, session));
}

QString Document::removalText(int table, qsizetype count) const
{
    return tr("Remove %Ln Row(s) from %1", nullptr, static_cast<int>(count)).arg(resource(table).title);
}

QList<QByteArray> Document::freeKeys(int table, qsizetype count) const
{
    return seedbed::freeKeys(this->table(table), resource(table).schema, m_existing.at(table), count);
}

QByteArray Document::exchangeCell(int table, qsizetype row, int column, const QByteArray &text)
{
    Table &rows = m_dataset.tables[table];
    QByteArray old = rows.cell(row, column).toByteArray();
    rows.setCell(row, column, text);
    RowIdSet edited;
    edited.add(rows.rowId(row));
    m_marks[table].run.forget(edited, isRunning());
    Q_EMIT cellChanged(table, row, column);
    validate();
    return old;
}

void Document::exchangeTable(int table, Table &other, const RowIdSet &rows)
{
    const bool isReplaced = other.rowCount() != this->table(table).rowCount();
    if (isReplaced)
        Q_EMIT rowsAboutToBeReplaced(table);
    other.skipIdsOf(this->table(table));
    std::swap(m_dataset.tables[table], other);
    m_marks[table].run.forget(rows, isRunning());
    if (isReplaced)
        Q_EMIT rowsReplaced(table);
    else
        Q_EMIT cellsChanged(table);
    validate();
}

std::optional<RaggedRow> Document::exchangeRagged(int table, qsizetype row, const std::optional<RaggedRow> &ragged)
{
    Table &rows = m_dataset.tables[table];
    const RowId id = rows.rowId(row);
    std::optional<RaggedRow> old = rows.ragged(id);
    if (old != ragged)
        rows.setRagged(id, ragged);
    return old;
}

void Document::insertRows(int table, qsizetype before, const Table &rows, RowIds ids)
{
    Q_EMIT rowsAboutToBeInserted(table, before, before + rows.rowCount() - 1);
    if (ids == RowIds::New)
        m_dataset.tables[table].insertAsNew(before, rows);
    else
        m_dataset.tables[table].insert(before, rows);
    Q_EMIT rowsInserted(table);
    validate();
}

Table Document::takeRows(int table, qsizetype first, qsizetype count)
{
    Table taken = this->table(table).sliced(first, count);
    Q_EMIT rowsAboutToBeRemoved(table, first, first + count - 1);
    m_dataset.tables[table].remove(first, count);
    Q_EMIT rowsRemoved(table);
    validate();
    return taken;
}

} // namespace seedbed
