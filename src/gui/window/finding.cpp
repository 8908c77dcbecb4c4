// SPDX-License-Identifier: MIT
#include "gui/window/finding.h"

#include "gui/document/document.h"
#include "gui/finding/problemwalk.h"
#include "gui/model/rowfilter.h"
#include "gui/panes/tablepane.h"
#include "ui_mainwindow.h"

#include <QCoreApplication>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Finding)
};

/// The cell as it was validated, for one as it is now; the row above where it is newer than that.
CellPlace validated(const Document &document, CellPlace cell)
{
    const Table &rows = document.table(cell.table);
    for (; cell.row >= 0; --cell.row, cell.column = document.table(cell.table).columnCount()) {
        const qsizetype seenAt = document.marks(cell.table).validatedPosition(rows.rowId(cell.row), cell.row);
        if (seenAt >= 0)
            return { cell.table, seenAt, cell.column };
    }
    return cell;
}

void goToProblem(PaneSplitter &panes, const Document &document, Direction direction)
{
    TablePane *pane = panes.current();
    const std::shared_ptr<const Validation> validation = document.validation();
    if (!pane || !validation)
        return;
    const std::optional<WalkStep> step = nextProblem(*validation, validated(document, panes.currentCell()), direction);
    if (!step) {
        const auto failed = static_cast<int>(document.failedRows());
        return pane->say(failed > 0 ? Text::tr("No problems, but %Ln row(s) failed in the last run", nullptr, failed)
                                    : Text::tr("No problems: every row can go in"));
    }
    const QString again = direction == Direction::Forwards ? Text::tr("From the first problem again")
                                                           : Text::tr("From the last problem again");
    const Dataset &seen = validation->dataset;
    panes.showCell(step->cell.table, seen.tables.at(step->cell.table).rowId(step->cell.row),
                   seen.package->resources.at(step->cell.table).schema.fields.at(step->cell.column).name,
                   step->isWrapped ? again : QString());
}

void connectFindBar(const Ui::MainWindow &ui, Document &document)
{
    ui.findBar->watch(document, *ui.paneSplitter);
    QObject::connect(ui.findAction, &QAction::triggered, ui.findBar, &FindBar::openToFind);
    QObject::connect(ui.replaceAction, &QAction::triggered, ui.findBar, &FindBar::openToReplace);
    QObject::connect(ui.findNextAction, &QAction::triggered, ui.findBar, &FindBar::findNext);
    QObject::connect(ui.findPreviousAction, &QAction::triggered, ui.findBar, &FindBar::findPrevious);
}

void connectProblems(const Ui::MainWindow &ui, const Document &document)
{
    PaneSplitter *panes = ui.paneSplitter;
    QObject::connect(ui.nextProblemAction, &QAction::triggered, panes,
                     [panes, &document] { goToProblem(*panes, document, Direction::Forwards); });
    QObject::connect(ui.previousProblemAction, &QAction::triggered, panes,
                     [panes, &document] { goToProblem(*panes, document, Direction::Backwards); });
    QObject::connect(ui.causeAction, &QAction::triggered, panes, [panes] {
        if (TablePane *pane = panes->current())
            pane->goToCause();
    });
    QObject::connect(ui.problemsPanel, &ProblemsPanel::rowsWanted, panes, [panes](int table, const QString &words) {
        if (TablePane *pane = panes->pane(table))
            pane->filterBy(problemTerm(words));
    });
    QObject::connect(ui.problemsPanel, &ProblemsPanel::cellWanted, panes,
                     [panes](int table, RowId row, const QString &field) { panes->showCell(table, row, field); });
    QObject::connect(ui.problemsPanel, &ProblemsPanel::counted, ui.resultTabs,
                     [tabs = ui.resultTabs, panel = ui.problemsPanel](qsizetype rows) {
                         tabs->setTabText(tabs->indexOf(panel),
                                          rows == 0 ? Text::tr("Problems") : Text::tr("Problems (%L1)").arg(rows));
                     });
    ui.problemsPanel->watch(document);
}

} // namespace

void connectFinding(const Ui::MainWindow &ui, Document &document)
{
    connectFindBar(ui, document);
    connectProblems(ui, document);
}

} // namespace seedbed
