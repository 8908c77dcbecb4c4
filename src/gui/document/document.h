// SPDX-License-Identifier: MIT
#pragma once

// What the window edits: the rows of a package with the history of their edits, the folder of their databases, and what
// is known of every row. It reads no packages and starts no runs: that is FileActions and RunController.

#include "base/result.h"
#include "gui/document/disposal.h"
#include "gui/document/editedtable.h"
#include "gui/document/rowmarks.h"
#include "gui/document/targetreader.h"
#include "gui/document/updatepreviewservice.h"
#include "rows/dataset.h"
#include "validation/existingrows.h"
#include "validation/validationservice.h"

#include <QObject>
#include <QUndoStack>

#include <memory>
#include <optional>

namespace seedbed {

/// One visit of an editor to a cell: what is typed in it is one step of undo.
enum class EditSession : quint64 { None = 0 };

/// The dataset being edited. Rows are given by position, which the undo history keeps true.
/// Thread: GUI thread.
class Document final : public QObject
{
    Q_OBJECT

public:
    explicit Document(Dataset dataset, QObject *parent = nullptr);

    [[nodiscard]] const Dataset &dataset() const { return m_dataset; }
    [[nodiscard]] const Package &package() const { return *m_dataset.package; }
    [[nodiscard]] const Resource &resource(int table) const { return package().resources.at(table); }
    [[nodiscard]] const Table &table(int table) const { return m_dataset.tables.at(table); }
    [[nodiscard]] int tableCount() const { return static_cast<int>(m_dataset.tables.size()); }
    [[nodiscard]] QUndoStack &undoStack() { return m_undoStack; }

    /// Another dataset takes the place of this one; the history begins anew.
    void setDataset(const Dataset &dataset);
    /// Another dataset is being read: what there is of it is shown, and can be neither edited nor validated yet.
    void beginLoading(const Dataset &dataset);
    /// More of it; \a tables go on from those that there are.
    void grow(const QList<Table> &tables);
    /// All of it.
    void endLoading(const Dataset &dataset);
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    /// Another dataset is on its way, though there is nothing of it yet: until it comes, or does not after all, the
    /// rows of this one can be neither edited nor inserted.
    void setHeld(bool isHeld);
    [[nodiscard]] bool isEditable() const { return !m_isLoading && !m_isHeld; }
    /// The same rows were written elsewhere: \a dataset has the same row ids. The history goes on.
    void setSavedAs(const Dataset &dataset);

    /// The folder of the databases. Setting it reads what is in them.
    [[nodiscard]] QString target() const { return m_target; }
    void setTarget(const QString &folder);
    /// Reads the databases again and validates against what they hold; where they cannot be read, against what they
    /// held before.
    void readTarget();

    /// What a run does with rows that are in the databases with other values. Setting it validates anew.
    [[nodiscard]] ConflictPolicy onConflict() const { return m_onConflict; }
    void setOnConflict(ConflictPolicy policy);
    /// These rows as they are in the databases, per table; a moment behind the validation. Empty where there is an
    /// error.
    [[nodiscard]] const QList<TableChanges> &changes() const { return m_changes; }
    [[nodiscard]] const std::optional<Error> &changesError() const { return m_changesError; }
    /// What would change in a row; null where it is not known to be one of these.
    [[nodiscard]] const RowChange *change(int table, qsizetype row) const;

    /// The latest validation; empty before the first. It may be a moment behind the rows.
    [[nodiscard]] const std::shared_ptr<const Validation> &validation() const { return m_validation; }
    [[nodiscard]] bool isValidating() const { return m_reader.isBusy() || m_service.isBusy(); }
    /// How far the validation under way is; null where there is none.
    [[nodiscard]] const ValidationProgress *validationProgress() const { return m_service.progress(); }
    /// Until the next edit all stays as the latest validation found it.
    void cancelValidation() { m_service.cancel(); }
    /// What is wrong with a row, in the order of the rules.
    [[nodiscard]] QList<Problem> problems(int table, qsizetype row) const;
    [[nodiscard]] RowMark mark(int table, qsizetype row) const;
    /// What marks are made of, as it stands.
    [[nodiscard]] const RowMarks &marks(int table) const { return m_marks.at(table); }
    /// Why the last run could not get the row in; empty if it could, or was not asked to.
    [[nodiscard]] QString failure(int table, qsizetype row) const;
    /// How many rows it could not get in that were not edited since.
    [[nodiscard]] qsizetype failedRows() const;
    [[nodiscard]] RowCounts counts(int table) const;
    [[nodiscard]] qsizetype readyRows() const;

    /// Edits, each a step of undo. Edits of a cell in one session are one step.
    void setCell(int table, qsizetype row, int column, const QByteArray &text, EditSession session);
    [[nodiscard]] EditSession newSession();
    /// Other texts for many cells, ordered by row, none twice: one step with the name \a name; none is no step.
    void setCells(int table, const std::vector<CellText> &cells, const QString &name);
    /// The same for several tables, which were worked out from what the document has now; those in which nothing is
    /// other are left as they are.
    void setTables(const QList<EditedTable> &edits, const QString &name);
    /// Adds a row before another, or at the end, its integer key the next free one.
    void addRow(int table, qsizetype before);
    void appendRow(int table) { addRow(table, this->table(table).rowCount()); }
    /// The same at the end with a text in one of its cells; what else is typed in the session is a part of it.
    void addRow(int table, int column, const QByteArray &text, EditSession session);
    /// Adds rows at the end, under new ids; none is no step.
    void pasteRows(int table, const Table &rows);
    /// \a rows: ascending, none touching another. In the session in which a row was added it leaves no trace.
    void removeRows(int table, const QList<RowSpan> &rows, EditSession session = EditSession::None);
    /// What removing so many rows is called.
    [[nodiscard]] QString removalText(int table, qsizetype count) const;
    /// As freekeys.h.
    [[nodiscard]] QList<QByteArray> freeKeys(int table, qsizetype count) const;

    [[nodiscard]] bool isRunning() const { return !m_isRunOver; }
    /// What a run says of the rows of the snapshot that it was started with.
    void beginRun();
    void followRun(const RunUpdate &update);
    void endRun();

    /// The undo commands' hands: they change rows and tell of it, and leave no trace in the history.
    [[nodiscard]] QByteArray exchangeCell(int table, qsizetype row, int column, const QByteArray &text);
    /// \a rows: those of which the other table has other texts. It may lack rows, or have more.
    void exchangeTable(int table, Table &other, const RowIdSet &rows);
    [[nodiscard]] std::optional<RaggedRow> exchangeRagged(int table, qsizetype row,
                                                          const std::optional<RaggedRow> &ragged);
    /// Rows without ids of this table get new ones; the others come back under those they had.
    enum class RowIds : quint8 { New, Own };
    void insertRows(int table, qsizetype before, const Table &rows, RowIds ids);
    [[nodiscard]] Table takeRows(int table, qsizetype first, qsizetype count);
    /// For what is large and not needed any more.
    [[nodiscard]] Disposal &disposal() { return m_disposal; }

Q_SIGNALS:
    void aboutToReset();
    void reset();
    /// Reading has ended: rows can be edited now.
    void loadingEnded();
    /// The same rows can be edited now, or cannot any more.
    void editableChanged();
    void validationStarted();
    void cellChanged(int table, qsizetype row, int column);
    /// Any cells, and no more and no fewer rows.
    void cellsChanged(int table);
    void rowsAboutToBeInserted(int table, qsizetype first, qsizetype last);
    void rowsInserted(int table);
    void rowsAboutToBeRemoved(int table, qsizetype first, qsizetype last);
    void rowsRemoved(int table);
    /// Very many rows come or go at once, at many places.
    void rowsAboutToBeReplaced(int table);
    void rowsReplaced(int table);
    /// Marks, problems or counts are new.
    void marksChanged();
    /// changes() are new, or their error.
    void changesFound();
    void targetChanged(const QString &folder);
    /// A run began to write, or is over.
    void runningChanged();
    /// The databases could not be read.
    void targetRefused(const seedbed::Error &error);

private:
    void replaceDataset(const Dataset &dataset);
    void clearMarks();
    void clearRunMarks();
    void validate();
    void takeValidation(const std::shared_ptr<const Validation> &validation);
    void takeChanges(const QList<TableChanges> &changes, const std::optional<Error> &error);
    void takeExisting(const QList<ExistingRows> &existing);
    void keepExisting(const Error &error);
    void insertNewRow(int table, qsizetype before, QList<QByteArray> cells, EditSession session);

    Disposal m_disposal; // the first member: the last to go
    Dataset m_dataset;
    QUndoStack m_undoStack;
    ValidationService m_service;
    std::shared_ptr<const Validation> m_validation;
    QList<RowMarks> m_marks; // what they say of a run goes when a validation has seen what it wrote
    bool m_isRunOver = true;
    QString m_target;
    TargetReader m_reader;
    QList<ExistingRows> m_existing;
    bool m_isExistingOld = false; // the last reading failed: what a run says is newer
    ConflictPolicy m_onConflict = ConflictPolicy::Skip;
    UpdatePreviewService m_previews;
    QList<TableChanges> m_changes;
    std::optional<Error> m_changesError;
    bool m_isLoading = false; // the package
    bool m_isHeld = false;    // until there is something of another package
    quint64 m_sessions = 0;
};

} // namespace seedbed
