// SPDX-License-Identifier: MIT
#include "gui/exports.h"

#include "gui/folderdialog.h"
#include "report/rejects.h"
#include "ui_mainwindow.h"
#include "validation/background.h"

#include <QDir>
#include <QFileDialog>
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace seedbed {

namespace {

constexpr std::array Formats { ExportFormat::Csv, ExportFormat::Spreadsheet, ExportFormat::Tsv, ExportFormat::Json };

QString nameOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
        return Exports::tr("CSV");
    case ExportFormat::Spreadsheet:
        return Exports::tr("CSV for spreadsheets, formulas defused by an apostrophe");
    case ExportFormat::Tsv:
        return Exports::tr("TSV");
    case ExportFormat::Json:
        return Exports::tr("JSON");
    }
    Q_UNREACHABLE();
}

QString filterOf(ExportFormat format)
{
    return Exports::tr("%1 (*.%2)", "file dialog").arg(nameOf(format), suffixOf(format));
}

ExportFormat formatOf(const QString &filter)
{
    const auto format = std::ranges::find(Formats, filter, filterOf);
    return format == Formats.end() ? ExportFormat::Csv : *format;
}

QString sentenceOf(const ExportOutcome &outcome)
{
    const QString path = QDir::toNativeSeparators(outcome.path);
    const QString rows = Exports::tr("%1: %Ln row(s) written", nullptr, static_cast<int>(outcome.rows)).arg(path);
    if (outcome.defused == 0)
        return rows;
    return Exports::tr("%1; %Ln apostrophe(s) put before what looks like a formula", nullptr,
                       static_cast<int>(outcome.defused))
        .arg(rows);
}

QAction *addAction(QMenu &menu, const QString &text, const QString &name)
{
    QAction *action = menu.addAction(text);
    action->setObjectName(name);
    return action;
}

} // namespace

Exports::Exports(Document &document, RunController &run, QWidget &window)
    : QObject(&window)
    , m_document(document)
    , m_window(window)
{
    m_pool.setMaxThreadCount(1);
    connect(&run, &RunController::started, this, [this] {
        m_report.reset();
        m_snapshot = m_document.dataset();
        Q_EMIT rejectsChanged();
    });
    connect(&run, &RunController::finished, this, [this](const RunReport &report) {
        m_report = report;
        Q_EMIT rejectsChanged();
    });
    connect(&document, &Document::reset, this, [this] {
        m_report.reset();
        m_document.disposal().take(std::exchange(m_snapshot, {}));
        Q_EMIT rejectsChanged();
    });
}

Exports::~Exports()
{
    cancel();
}

bool Exports::hasRejects() const
{
    return m_report && std::ranges::any_of(m_report->tables, [](const TableReport &table) {
               return !table.rejected.isEmpty() || !table.cancelled.isEmpty();
           });
}

void Exports::askForFile(int table)
{
    auto *dialog = new QFileDialog(&m_window, tr("Export %1").arg(m_document.resource(table).title));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const ExportFormat format : Formats)
        filters.append(filterOf(format));
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(suffixOf(Formats.front()));
    dialog->selectFile(exportFileName(m_document.resource(table)));
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog](const QString &filter) { dialog->setDefaultSuffix(suffixOf(formatOf(filter))); });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, table](const QString &path) {
        exportTable(table, path, formatOf(dialog->selectedNameFilter()));
    });
    connect(&m_document, &Document::aboutToReset, dialog, &QFileDialog::reject);
    dialog->open();
}

void Exports::askForFolder(ExportFormat format)
{
    chooseFolder(m_window, tr("Export All Tables to Folder"), {},
                 [this, format](const QString &folder) { exportTables(folder, format); });
}

void Exports::askForRejectsFolder()
{
    chooseFolder(m_window, tr("Export Rejected Rows to Folder"), {},
                 [this](const QString &folder) { exportRejects(folder); });
}

void Exports::exportTable(int table, const QString &path, ExportFormat format)
{
    start([rows = m_document.table(table), resource = m_document.resource(table), path, format,
           package = m_document.dataset().package, into = m_document.target()](const std::stop_token &stop) -> Outcome {
        const PackageFiles kept(*package, into);
        const Result<ExportOutcome> outcome = seedbed::exportTable(path, rows, resource, format, stop, kept);
        if (!outcome)
            return { {}, outcome.error() };
        return { { sentenceOf(*outcome) }, {} };
    });
}

void Exports::exportTables(const QString &folder, ExportFormat format)
{
    start([dataset = m_document.dataset(), folder, format, into = m_document.target()](const std::stop_token &stop) {
        const PackageFiles kept(*dataset.package, into);
        const ExportOutcomes outcomes = seedbed::exportTables(folder, dataset, format, stop, kept);
        QStringList sentences;
        std::ranges::transform(outcomes.written, std::back_inserter(sentences), sentenceOf);
        return Outcome { sentences, outcomes.error };
    });
}

void Exports::exportRejects(const QString &folder)
{
    if (!hasRejects())
        return;
    start([report = *m_report, snapshot = m_snapshot, folder](const std::stop_token &stop) {
        const RejectFiles files = writeRejects(report, snapshot, folder, stop);
        QStringList sentences;
        for (const QString &file : files.written)
            sentences.append(tr("%1: rejected rows written").arg(QDir::toNativeSeparators(file)));
        return Outcome { sentences, files.error };
    });
}

void Exports::start(const Job &job)
{
    ++m_working;
    const auto work = [job, stop = m_stop.get_token()]() -> Result<Outcome> { return job(stop); };
    doInBackground(m_pool, *this, work, [this](const Result<Outcome> &outcome) {
        --m_working;
        const auto error = outcome ? outcome->error : std::optional(outcome.error());
        for (const QString &sentence : outcome ? outcome->sentences : QStringList())
            Q_EMIT written(sentence);
        if (error)
            Q_EMIT failed(*error);
    });
    Q_EMIT started();
}

void Exports::cancel()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
}

void connectExports(const Ui::MainWindow &ui, Document &document, RunController &run, QWidget &window)
{
    auto *exports = new Exports(document, run, window);
    QMenu &menu = *ui.exportMenu;
    QAction *current = addAction(menu, Exports::tr("&Current Table…"), QStringLiteral("exportTableAction"));
    QObject::connect(current, &QAction::triggered, exports,
                     [exports, panes = ui.paneSplitter] { exports->askForFile(panes->currentTable()); });
    QMenu *all = menu.addMenu(Exports::tr("&All Tables as"));
    for (const ExportFormat format : Formats) {
        QObject::connect(all->addAction(Exports::tr("%1…").arg(nameOf(format))), &QAction::triggered, exports,
                         [exports, format] { exports->askForFolder(format); });
    }
    QAction *rejects = addAction(menu, Exports::tr("&Rejected Rows…"), QStringLiteral("exportRejectsAction"));
    QObject::connect(rejects, &QAction::triggered, exports, &Exports::askForRejectsFolder);

    const auto retell = [exports, &document, current, all, rejects] {
        const bool isWhole = document.tableCount() > 0 && !document.isLoading();
        current->setEnabled(isWhole);
        all->setEnabled(isWhole);
        rejects->setEnabled(exports->hasRejects());
    };
    QObject::connect(&document, &Document::reset, exports, retell);
    QObject::connect(&document, &Document::loadingEnded, exports, retell);
    QObject::connect(exports, &Exports::rejectsChanged, exports, retell);
    retell();

    LogPane *log = ui.logPane;
    QObject::connect(exports, &Exports::written, log,
                     [log](const QString &sentence) { log->model().append(LogEntry::Level::Info, sentence); });
    QObject::connect(exports, &Exports::failed, log, [log, tabs = ui.logTabs](const Error &error) {
        log->model().append(LogEntry::Level::Error, error.message);
        tabs->setCurrentWidget(log);
    });
    const auto look = [exports]() -> std::optional<Work> {
        return exports->isWorking() ? std::optional(Work { Exports::tr("Exporting") }) : std::nullopt;
    };
    ui.progressStrip->add({ look, [exports] { exports->cancel(); } });
    QObject::connect(exports, &Exports::started, ui.progressStrip, &ProgressStrip::wake);
}

} // namespace seedbed
