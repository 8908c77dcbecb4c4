// SPDX-License-Identifier: MIT
#include "gui/exchange/exports.h"

#include "base/background.h"
#include "export/rejects.h"
#include "gui/look/folderdialog.h"

#include <QDir>
#include <QFileDialog>
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace seedbed {

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

namespace {

QString filterOf(ExportFormat format)
{
    return Exports::tr("%1 (*.%2)", "file dialog").arg(nameOf(format), suffixOf(format));
}

ExportFormat formatOf(const QString &filter)
{
    const auto format = std::ranges::find(ExportFormats, filter, filterOf);
    return format == ExportFormats.end() ? ExportFormat::Csv : *format;
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
    for (const ExportFormat format : ExportFormats)
        filters.append(filterOf(format));
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(suffixOf(ExportFormats.front()));
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

} // namespace seedbed
