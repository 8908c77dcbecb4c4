// SPDX-License-Identifier: MIT
#include "gui/run/reportpanel.h"

#include "gui/look/theme.h"
#include "gui/run/runsummary.h"
#include "gui/run/sharebar.h"
#include "ui_reportpanel.h"

#include <QHeaderView>

#include <algorithm>

namespace seedbed {

namespace {

constexpr int MostProgressRows = 6;

// Where no row is to be told of one by one.
QString placeholderFor(const RunReport &report)
{
    if (!report.auditFindings.isEmpty())
        return report.auditFindings.join(u'\n');
    if (const qsizetype cancelled = report.totals().cancelled; cancelled > 0)
        return ReportPanel::tr("%Ln row(s) not reached.", nullptr, static_cast<int>(cancelled));
    return report.isDryRun ? ReportPanel::tr("Every row would go in.")
                           : ReportPanel::tr("Every row is in its database.");
}

// What is no figure yet, or cannot be one.
Summary sentence(const QString &word)
{
    return { .state = {}, .figures = {}, .word = word, .details = {}, .line = word };
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
    m_ui->summary->setSummary(sentence(tr("Nothing has run yet")));
    m_ui->rejectsView->setPlaceholder(
        tr("Run Inserts puts the valid rows into their databases.\nRows that do not go in are listed here, "
           "each with its reasons; a double click shows the cell."));
}

void ReportPanel::begin(bool isDryRun)
{
    m_hasReport = false;
    m_isDryRun = isDryRun;
    m_rejects.clear();
    m_progress.setProgress(QList<TableProgress>(m_progress.rowCount()));
    m_ui->rejectsView->setPlaceholder(tr("Nothing so far."));
    m_ui->summary->setSummary(sentence(isDryRun ? tr("Dry run…") : tr("Starting…")));
}

void ReportPanel::follow(const RunUpdate &update)
{
    m_progress.setProgress(update.tables);
    m_rejects.append(update.rejected);
    m_ui->summary->setSummary(summaryOf(update, m_isDryRun));
}

void ReportPanel::showReport(const RunReport &report)
{
    m_hasReport = true;
    m_progress.setReport(report);
    m_rejects.setReport(report);
    fitTables();
    m_ui->summary->setSummary(summaryOf(report));
    m_ui->rejectsView->setPlaceholder(placeholderFor(report));
}

void ReportPanel::showError(const Error &error)
{
    m_ui->summary->setSummary(
        { .state = State::Failed, .figures = {}, .word = {}, .details = error.message, .line = error.message });
    m_ui->rejectsView->setPlaceholder(error.message); // where it has room to the end
}

QString ReportPanel::headline() const
{
    return m_ui->summary->summary().line;
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
    fitProgress();
    QHeaderView &rejects = *m_ui->rejectsView->horizontalHeader();
    rejects.resizeSection(RejectsModel::Title, std::min(200, widestTitle + 40));
    rejects.resizeSection(RejectsModel::Row, metrics.horizontalAdvance(QStringLiteral("1 000 000")) + 8);
    rejects.resizeSection(RejectsModel::Key, metrics.averageCharWidth() * 14);
}

// As high as its rows, up to many.
void ReportPanel::fitProgress()
{
    QTableView &view = *m_ui->progressView;
    const int rows = std::clamp(m_progress.rowCount(), 1, MostProgressRows);
    const int header = view.horizontalHeader()->sizeHint().height();
    view.setFixedHeight(header + rows * view.verticalHeader()->defaultSectionSize() + 2 * view.frameWidth());
}

void ReportPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    // Another theme has other lines; the header has them a moment later.
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        QMetaObject::invokeMethod(this, &ReportPanel::fitProgress, Qt::QueuedConnection);
}

void ReportPanel::jump(const QModelIndex &index)
{
    const RejectedRow &rejected = m_rejects.rejectedAt(index.row());
    const auto reason = std::ranges::find_if(rejected.reasons, [](const Reason &r) { return !r.field.isEmpty(); });
    const QString field = reason == rejected.reasons.cend() ? QString() : reason->field;
    Q_EMIT cellWanted(m_rejects.tableAt(index.row()), rejected.id, field);
}

} // namespace seedbed
