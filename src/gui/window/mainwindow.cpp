// SPDX-License-Identifier: MIT
#include "gui/window/mainwindow.h"

#include "gui/files/recentmenu.h"
#include "gui/lanes/lanesview.h"
#include "gui/look/pathtext.h"
#include "gui/look/quietstyle.h"
#include "gui/panes/tablepane.h"
#include "gui/window/aboutbox.h"
#include "gui/window/columnmemory.h"
#include "gui/window/conflicts.h"
#include "gui/window/exportmenu.h"
#include "gui/window/filemessages.h"
#include "gui/window/finding.h"
#include "gui/window/importmenu.h"
#include "gui/window/paneactions.h"
#include "gui/window/panelmenu.h"
#include "gui/window/shortcutoverview.h"
#include "gui/window/thememenu.h"
#include "gui/window/windowlayout.h"
#include "gui/window/worksources.h"
#include "ui_mainwindow.h"

#include <QCloseEvent>
#include <QDir>

#include <algorithm>
#include <utility>

namespace seedbed {

namespace {

constexpr int ManyRows = 9'999'999; // for which the Run button has room

QString runText(qsizetype rows)
{
    return MainWindow::tr("Run Inserts (%Ln row(s))", nullptr, static_cast<int>(rows));
}

} // namespace

MainWindow::MainWindow(Document &document, Settings &settings, QWidget *parent)
    : QMainWindow(parent)
    , m_ui(std::make_unique<Ui::MainWindow>())
    , m_document(document)
    , m_settings(settings)
    , m_files(document, settings, *this)
    , m_autosave(document, m_files, settings.recoveryFolder())
{
    m_ui->setupUi(this);
    m_ui->runButton->setProperty(AccentProperty, true);
    m_ui->stopButton->setDefaultAction(m_ui->stopAction);
    m_ui->dryRunButton->setDefaultAction(m_ui->dryRunAction);
    m_ui->undoButton->setDefaultAction(m_ui->undoAction);
    m_ui->redoButton->setDefaultAction(m_ui->redoAction);
    m_ui->targetLabel->setElideMode(Qt::ElideMiddle);
    m_ui->logTabs->setCornerWidget(&m_ui->logPane->tools());
    connect(m_ui->logTabs, &QTabWidget::currentChanged, this,
            [this] { m_ui->logPane->tools().setVisible(m_ui->logTabs->currentWidget() == m_ui->logPane); });
    connectActions();
    connectDocument();
    connectRun();
    addLanes(*m_ui->resultTabs, m_run, m_document);
    showWork(*m_ui->progressStrip, m_files, m_run, m_document);
    fillRecentMenu(*m_ui->recentMenu, m_files, m_document, m_settings);
    fillThemeMenu(*m_ui->themeMenu, m_settings);
    connectConflicts(*m_ui, m_document, m_settings);
    m_ui->viewMenu->addSeparator();
    addPanels(*m_ui->viewMenu, *m_ui->logTabs, addPanels(*m_ui->viewMenu, *m_ui->resultTabs, 1));
    connectImports(*m_ui, m_document, m_settings, *this);
    connectExports(*m_ui, m_document, m_run, *this);
    addShortcutOverview(*m_ui->helpMenu, *this);
    restoreLayout(*this, *m_ui, m_settings);
    showPackage();
}

MainWindow::~MainWindow() = default;

void MainWindow::open(const QString &path, const QString &into)
{
    const QString wanted = path.isEmpty() && into.isEmpty() ? m_autosave.abandonedPackage() : path;
    if (wanted.isEmpty())
        m_files.openSample(into);
    else
        m_files.openPackage(wanted, into);
}

void MainWindow::warn(const QString &sentence)
{
    m_ui->logPane->model().append(LogEntry::Level::Warning, sentence);
}

void MainWindow::connectActions()
{
    connect(m_ui->openAction, &QAction::triggered, &m_files, &FileActions::askForPackage);
    connect(m_ui->saveAction, &QAction::triggered, &m_files, [this] { m_files.save(); });
    connect(m_ui->saveAsAction, &QAction::triggered, &m_files, [this] { m_files.saveAs(); });
    connect(m_ui->revertAction, &QAction::triggered, &m_files, &FileActions::revertToSample);
    connect(m_ui->quitAction, &QAction::triggered, this, &MainWindow::close);
    connectHistory(*m_ui, m_document.undoStack());
    connectPaneActions(*m_ui);
    connect(m_ui->runAction, &QAction::triggered, this, [this] { startRun(false); });
    connect(m_ui->dryRunAction, &QAction::triggered, this, [this] { startRun(true); });
    connect(m_ui->stopAction, &QAction::triggered, &m_run, &RunController::stop);
    connect(m_ui->runButton, &QPushButton::clicked, m_ui->runAction, &QAction::trigger);
    connect(m_ui->chooseButton, &QToolButton::clicked, &m_files, &FileActions::chooseTarget);
    connect(m_ui->openTargetButton, &QToolButton::clicked, &m_files, &FileActions::openTarget);
    connect(m_ui->aboutAction, &QAction::triggered, this, [this] { showAbout(*this); });
}

void MainWindow::connectDocument()
{
    rememberColumns(*m_ui->paneSplitter, m_document, m_settings);
    m_ui->paneSplitter->setLimits(m_settings.readLimits());
    m_ui->paneSplitter->setDocument(m_document);
    connect(m_ui->paneSplitter, &PaneSplitter::refused, this,
            [this](const Error &error) { m_ui->logPane->model().append(LogEntry::Level::Error, error.message); });
    connect(&m_files, &FileActions::unsavedChanged, this, &MainWindow::setWindowModified);
    connect(&m_document.undoStack(), &QUndoStack::indexChanged, this, [this] { m_mayClose = false; });
    connect(&m_document, &Document::reset, this, &MainWindow::showPackage);
    connect(&m_document, &Document::loadingEnded, this, &MainWindow::updateRunActions);
    connect(&m_document, &Document::editableChanged, this, &MainWindow::updateRunActions);
    connect(&m_document, &Document::marksChanged, this, &MainWindow::updateRunActions);
    connect(&m_document, &Document::targetChanged, this, &MainWindow::updateTarget);
    connect(&m_document, &Document::targetRefused, this, [this](const Error &error) {
        if (!m_ui->reportPanel->hasReport()) // what a run did matters more
            m_ui->reportPanel->showError(error);
        m_ui->logPane->model().append(LogEntry::Level::Error, error.message);
    });
    m_ui->logPane->setKept([this] { return PackageFiles(m_document.package(), m_document.target()); });
    showFileMessages(m_files, m_autosave, *m_ui->messageBar, m_ui->logPane->model());
    connect(&m_files, &FileActions::opened, this, [this] {
        for (const QString &warning : m_document.dataset().warnings)
            m_ui->logPane->model().append(LogEntry::Level::Warning, warning);
    });
    connect(m_ui->reportPanel, &ReportPanel::cellWanted, this,
            [this](int table, RowId row, const QString &field) { m_ui->paneSplitter->showCell(table, row, field); });
    connectFinding(*m_ui, m_document);
}

void MainWindow::connectRun()
{
    connect(&m_run, &RunController::started, m_ui->reportPanel, &ReportPanel::begin);
    connect(&m_run, &RunController::updated, this, [this](const RunUpdate &update) {
        m_ui->logPane->model().append(update.log);
        m_ui->reportPanel->follow(update);
        if (!m_run.isDryRun())
            m_document.followRun(update);
    });
    connect(&m_run, &RunController::finished, m_ui->reportPanel, &ReportPanel::showReport);
    connect(&m_run, &RunController::refused, this, &MainWindow::showError);
    connect(&m_run, &RunController::finished, this, &MainWindow::endRun);
    connect(&m_run, &RunController::refused, this, &MainWindow::endRun);
    m_ui->runButton->setText(runText(ManyRows));
    m_ui->runButton->setMinimumWidth(m_ui->runButton->sizeHint().width());
    updateRunActions();
}

void MainWindow::showPackage()
{
    m_ui->reportPanel->setPackage(m_document.package());
    setWindowTitle(tr("%1[*] — Seedbed").arg(m_document.package().title));
    setWindowModified(m_files.hasUnsavedEdits());
    updateRunActions();
}

void MainWindow::startRun(bool isDryRun)
{
    RunOptions options;
    options.into = m_document.target();
    options.isDryRun = isDryRun;
    options.onConflict = m_document.onConflict();
    options.allowTriggers = m_ui->allowTriggersAction->isChecked();
    if (!isDryRun)
        m_document.beginRun();
    m_run.start(m_document.dataset(), options);
    updateRunActions();
}

void MainWindow::showError(const Error &error)
{
    m_ui->reportPanel->showError(error);
    m_ui->logPane->model().append(LogEntry::Level::Error, error.message);
}

void MainWindow::endRun()
{
    m_document.endRun();
    updateRunActions();
    if (std::exchange(m_isClosing, false))
        close(); // which asks for what was edited meanwhile
}

void MainWindow::updateRunActions()
{
    const bool isRunning = m_run.isRunning();
    const bool isWhole = !m_ui->paneSplitter->isEmpty() && m_document.isEditable();
    for (QAction *action : { m_ui->openAction, m_ui->recentMenu->menuAction(), m_ui->revertAction })
        action->setEnabled(!isRunning);
    for (QAction *action : { m_ui->runAction, m_ui->dryRunAction })
        action->setEnabled(!isRunning && isWhole);
    for (QAction *action : { m_ui->saveAction, m_ui->saveAsAction })
        action->setEnabled(isWhole);
    enableEdits(*m_ui, m_document.undoStack(), isWhole);
    m_ui->stopAction->setEnabled(isRunning);
    m_ui->chooseButton->setEnabled(!isRunning && isWhole);
    m_ui->runButton->setEnabled(!isRunning && isWhole);
    m_ui->runButton->setToolTip(m_document.isEditable() ? tr("Put every valid row into its database (Ctrl+R)")
                                                        : tr("Rows can be inserted when all are read"));
    m_ui->runButton->setText(m_document.validation() ? runText(m_document.readyRows()) : tr("Run Inserts"));
    // It does not shrink, nor, up to many rows, grow: what stands beside it keeps its place.
    m_ui->runButton->setMinimumWidth(std::max(m_ui->runButton->minimumWidth(), m_ui->runButton->sizeHint().width()));
}

void MainWindow::updateTarget()
{
    m_ui->targetLabel->setWholeText(pathText(m_document.target()), QDir::toNativeSeparators(m_document.target()));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const bool isSafe = m_mayClose || !m_files.hasUnsavedEdits();
    if (!isSafe || m_run.isRunning())
        event->ignore();
    if (!isSafe) {
        m_files.whenSafe([this] {
            m_mayClose = true;
            close();
        });
    } else if (m_run.isRunning()) {
        m_isClosing = true;
        m_run.stop();
    } else {
        saveLayout(*this, *m_ui, m_settings);
        saveColumns(*m_ui->paneSplitter, m_document, m_settings);
    }
}

} // namespace seedbed
