// SPDX-License-Identifier: MIT
#include "gui/run/changespanel.h"

#include "gui/look/theme.h"
#include "ui_changespanel.h"

#include <QHeaderView>

namespace seedbed {

namespace {

QString sentence(qsizetype rows, ConflictPolicy onConflict)
{
    const auto count = static_cast<int>(rows);
    switch (onConflict) {
    case ConflictPolicy::Skip:
        return ChangesPanel::tr("%Ln row(s) in the databases with other values, to be skipped", nullptr, count);
    case ConflictPolicy::Update:
        return ChangesPanel::tr("%Ln row(s) in the databases with other values, to be updated", nullptr, count);
    case ConflictPolicy::Fail:
        return ChangesPanel::tr("%Ln row(s) in the databases with other values: a run would write nothing", nullptr,
                                count);
    }
    Q_UNREACHABLE();
}

} // namespace

ChangesPanel::ChangesPanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ChangesPanel>())
{
    m_ui->setupUi(this);
    setFocusProxy(m_ui->changesView);
    m_ui->changesView->setModel(&m_changes);
    m_ui->changesView->setSelectionMode(QAbstractItemView::SingleSelection);
    m_ui->changesView->horizontalHeader()->setStretchLastSection(true);
    fitColumns();
    connect(m_ui->changesView, &QTableView::activated, this, [this](const QModelIndex &index) {
        const int line = index.row();
        Q_EMIT cellWanted(m_changes.tableAt(line), m_changes.rowIdAt(line), m_changes.cellAt(line).field);
    });
}

ChangesPanel::~ChangesPanel() = default;

void ChangesPanel::setChanges(const Package &package, const QList<TableChanges> &changes, ConflictPolicy onConflict)
{
    qsizetype rows = 0;
    qsizetype shown = 0;
    for (const TableChanges &table : changes) {
        rows += table.rows;
        shown += table.first.size();
    }
    m_changes.setChanges(package, changes);
    QString text = rows > 0 ? sentence(rows, onConflict) : tr("Nothing to update");
    if (shown < rows)
        text = tr("%1 (%L2 of them are shown)").arg(text).arg(shown);
    m_ui->changesLabel->setLine(text, rows > 0 ? std::optional(State::Changed) : std::nullopt);
    m_ui->changesView->setPlaceholder(
        tr("No row is in a database with other values.\nWhere one is, you see here what an update changes, cell by "
           "cell; a double click shows the cell."));
}

void ChangesPanel::showError(const Package &package, const Error &error)
{
    m_changes.setChanges(package, {});
    m_ui->changesLabel->setLine(tr("What an update changes is not known"), State::Failed);
    m_ui->changesView->setPlaceholder(error.message);
}

void ChangesPanel::fitColumns()
{
    const QFontMetrics metrics(font());
    QHeaderView &header = *m_ui->changesView->horizontalHeader();
    header.resizeSection(ChangesModel::Title, metrics.averageCharWidth() * 12 + 24);
    header.resizeSection(ChangesModel::Row, metrics.horizontalAdvance(QStringLiteral("1 000 000")) + 8);
    header.resizeSection(ChangesModel::Key, metrics.averageCharWidth() * 10);
    header.resizeSection(ChangesModel::Field, metrics.averageCharWidth() * 14);
    header.resizeSection(ChangesModel::Before, metrics.averageCharWidth() * 26);
}

} // namespace seedbed
