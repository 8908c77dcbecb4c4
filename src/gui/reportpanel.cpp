// SPDX-License-Identifier: MIT
#include "gui/reportpanel.h"

#include "gui/sharebar.h"
#include "gui/theme.h"
#include "ui_reportpanel.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QLocale>

#include <algorithm>

namespace seedbed {

namespace {

constexpr int MostProgressRows = 6;

QString phaseText(const RunUpdate &update)
{
    qsizetype read = 0;
    qsizetype decided = 0;
    for (const TableProgress &table : update.tables) {
        read += table.read;
        decided += table.counts.sum();
    }
    switch (update.phase) {
    case RunUpdate::Phase::Starting:
    case RunUpdate::Phase::Checking:
        return ReportPanel::tr("Checking the databases…");
    case RunUpdate::Phase::Validating:
        return ReportPanel::tr("Validating…");
    case RunUpdate::Phase::Inserting:
        return ReportPanel::tr("Inserting… %L1 of %L2 rows").arg(decided).arg(read);
    case RunUpdate::Phase::Closing:
    case RunUpdate::Phase::Done:
        return ReportPanel::tr("Closing the databases…");
    }
    Q_UNREACHABLE();
}

State stateOf(const RunReport &report)
{
    const bool isBad = report.outcome == RunReport::Outcome::Failed || report.totals().failed > 0
        || !report.auditFindings.isEmpty();
    if (isBad)
        return State::Failed;
    return report.outcome == RunReport::Outcome::Cancelled ? State::Problem : State::In;
}

} // namespace

ReportPanel::ReportPanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ReportPanel>())
{
    m_ui->setupUi(this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_ui->rejectsLabel->setFont(bold);
    bold.setPointSizeF(bold.pointSizeF() * 1.15);
    m_ui->headlineLabel->setFont(bold);

    setFocusProxy(m_ui->rejectsView);
    m_ui->progressView->setModel(&m_progress);
    m_ui->progressView->setItemDelegateForColumn(ProgressModel::Bar, new ShareBar(this));
    m_ui->progressView->setSelectionMode(QAbstractItemView::NoSelection);
    m_ui->progressView->setFocusPolicy(Qt::NoFocus);
    m_ui->rejectsView->setModel(&m_rejects);
    m_ui->rejectsView->setSelectionMode(QAbstractItemView::SingleSelection);
    m_ui->rejectsView->horizontalHeader()->setStretchLastSection(true);
    connect(m_ui->rejectsView, &QTableView::activated, this, &ReportPanel::jump);
}

ReportPanel::~ReportPanel() = default;

void ReportPanel::setPackage(const Package &package)
{
    m_hasReport = false;
    m_progress.setPackage(package);
    m_rejects.setPackage(package);
    fitTables();
    m_ui->headlineLabel->setLine(tr("Nothing has run yet"));
    m_ui->rejectsView->setPlaceholder(
        tr("Run Inserts puts the valid rows into their databases.\nRows that do not go in are listed here, "
           "each with its reasons; a double click shows the cell."));
}

void ReportPanel::begin(bool isDryRun)
{
    m_hasReport = false;
    m_rejects.clear();
    m_progress.setProgress(QList<TableProgress>(m_progress.rowCount()));
    m_ui->rejectsView->setPlaceholder(tr("Nothing so far."));
    m_ui->headlineLabel->setLine(isDryRun ? tr("Dry run…") : tr("Starting…"));
}

void ReportPanel::follow(const RunUpdate &update)
{
    m_progress.setProgress(update.tables);
    m_rejects.append(update.rejected);
    m_ui->headlineLabel->setLine(phaseText(update));
}

void ReportPanel::showReport(const RunReport &report)
{
    m_hasReport = true;
    m_progress.setReport(report);
    m_rejects.setReport(report);
    fitTables();
    m_ui->headlineLabel->setLine(headlineOf(report), stateOf(report));
    m_ui->rejectsView->setPlaceholder(tr("Every row is in its database."));
}

void ReportPanel::showError(const Error &error)
{
    m_ui->headlineLabel->setLine(error.message, State::Failed);
    m_ui->rejectsView->setPlaceholder(error.message); // where it has room to the end
}

QString ReportPanel::headline() const
{
    return m_ui->headlineLabel->text();
}

void ReportPanel::fitTables()
{
    const QFontMetrics metrics(font());
    QHeaderView &progress = *m_ui->progressView->horizontalHeader();
    progress.setSectionResizeMode(QHeaderView::Fixed);
    progress.setSectionResizeMode(ProgressModel::Bar, QHeaderView::Stretch);
    int widestTitle = metrics.averageCharWidth() * 8;
    for (int row = 0; row < m_progress.rowCount(); ++row) {
        const QString title = m_progress.index(row, ProgressModel::Title).data().toString();
        widestTitle = std::max(widestTitle, metrics.horizontalAdvance(title));
    }
    progress.resizeSection(ProgressModel::Title, std::min(200, widestTitle + 16));
    for (int column = ProgressModel::Inserted; column < ProgressModel::ColumnCount; ++column)
        progress.resizeSection(column, progress.sectionSizeHint(column) + 8);
    const int rows = std::clamp(m_progress.rowCount(), 1, MostProgressRows);
    const int rowHeight = m_ui->progressView->verticalHeader()->defaultSectionSize();
    m_ui->progressView->setFixedHeight(progress.height() + rows * rowHeight + 2 * m_ui->progressView->frameWidth());
    QHeaderView &rejects = *m_ui->rejectsView->horizontalHeader();
    rejects.resizeSection(RejectsModel::Title, std::min(200, widestTitle + 40));
    rejects.resizeSection(RejectsModel::Row, metrics.horizontalAdvance(QStringLiteral("1 000 000")) + 8);
    rejects.resizeSection(RejectsModel::Key, metrics.averageCharWidth() * 14);
}

void ReportPanel::jump(const QModelIndex &index)
{
    const RejectedRow &rejected = m_rejects.rejectedAt(index.row());
    const auto reason = std::ranges::find_if(rejected.reasons, [](const Reason &r) { return !r.field.isEmpty(); });
    const QString field = reason == rejected.reasons.cend() ? QString() : reason->field;
    Q_EMIT cellWanted(m_rejects.tableAt(index.row()), rejected.id, field);
}

QString headlineOf(const RunReport &report)
{
    const OutcomeCounts totals = report.totals();
    QStringList parts { ReportPanel::tr("%L1 inserted").arg(totals.inserted) };
    if (totals.unchanged > 0)
        parts.append(ReportPanel::tr("%L1 unchanged").arg(totals.unchanged));
    if (totals.updated > 0)
        parts.append(ReportPanel::tr("%L1 updated").arg(totals.updated));
    parts.append(ReportPanel::tr("%L1 skipped").arg(totals.skipped));
    parts.append(ReportPanel::tr("%L1 failed").arg(totals.failed));
    if (totals.cancelled > 0)
        parts.append(ReportPanel::tr("%L1 not reached").arg(totals.cancelled));
    const int digits = report.seconds.count() < 1 ? 2 : 1;
    const QString line = ReportPanel::tr("%1 in %2 s")
                             .arg(parts.join(ReportPanel::tr(" · ", "between counts")),
                                  QLocale().toString(report.seconds.count(), 'f', digits));
    if (!report.auditFindings.isEmpty())
        return ReportPanel::tr("%1: %2").arg(line, report.auditFindings.join(QLatin1String("; ")));
    if (report.isDryRun)
        return ReportPanel::tr("Dry run, nothing written: %1").arg(line);
    return report.outcome == RunReport::Outcome::Cancelled ? ReportPanel::tr("Stopped: %1").arg(line) : line;
}

} // namespace seedbed
