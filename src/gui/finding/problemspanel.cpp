// SPDX-License-Identifier: MIT
#include "gui/finding/problemspanel.h"

#include "gui/document/document.h"
#include "gui/look/theme.h"
#include "ui_problemspanel.h"

namespace seedbed {

ProblemsPanel::ProblemsPanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ProblemsPanel>())
{
    m_ui->setupUi(this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    bold.setPointSizeF(bold.pointSizeF() * 1.15); // as the report's
    m_ui->problemsLabel->setFont(bold);
    setFocusProxy(m_ui->problemsView);
    m_ui->hintLabel->setForegroundRole(QPalette::PlaceholderText);
    m_ui->problemsView->setModel(&m_model);
    connect(m_ui->problemsView, &QTreeView::clicked, this, &ProblemsPanel::wantRows);
    connect(m_ui->problemsView, &QTreeView::activated, this, &ProblemsPanel::activate);
    connect(&m_model, &ProblemsModel::modelAboutToBeReset, this, &ProblemsPanel::keepExpanded);
    connect(&m_model, &ProblemsModel::modelReset, this, &ProblemsPanel::expandAgain);
}

ProblemsPanel::~ProblemsPanel() = default;

void ProblemsPanel::watch(const Document &document)
{
    connect(&document, &Document::marksChanged, this, [this, &document] { follow(document); });
    connect(&document, &Document::reset, this, [this, &document] { follow(document); });
    follow(document);
}

void ProblemsPanel::follow(const Document &document)
{
    if (document.validation() != m_shown || !m_shown) {
        m_shown = document.validation();
        m_model.show(m_shown);
    }
    qsizetype rows = 0;
    for (int table = 0; table < document.tableCount(); ++table)
        rows += document.counts(table).wrong;
    m_ui->problemsView->setVisible(rows > 0);
    m_ui->hintLabel->setVisible(rows > 0);
    tell(rows, document.failedRows());
    Q_EMIT counted(rows);
}

void ProblemsPanel::tell(qsizetype wrong, qsizetype failed)
{
    QStringList texts;
    if (wrong > 0)
        texts.append(tr("%Ln row(s) cannot go in", nullptr, static_cast<int>(wrong)));
    if (failed > 0)
        texts.append(tr("%Ln row(s) failed in the last run", nullptr, static_cast<int>(failed)));
    if (!m_shown)
        m_ui->problemsLabel->setLine(tr("Rows are checked as soon as all are read"));
    else if (texts.isEmpty())
        m_ui->problemsLabel->setLine(tr("No problems: every row can go in."));
    else
        m_ui->problemsLabel->setLine(texts.join(tr(" · ", "between counts")),
                                     wrong > 0 ? State::Problem : State::Failed);
}

void ProblemsPanel::wantRows(const QModelIndex &index)
{
    const ProblemGroup &group = m_model.groupAt(index);
    if (!m_model.problemAt(index))
        Q_EMIT rowsWanted(group.table, group.words);
}

void ProblemsPanel::activate(const QModelIndex &index)
{
    const int table = m_model.groupAt(index).table;
    if (const Problem *problem = m_model.problemAt(index))
        Q_EMIT cellWanted(table, problem->row, m_model.fieldOf(*problem, table));
    else
        wantRows(index);
}

void ProblemsPanel::keepExpanded()
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        const std::pair key(m_model.groupAt(index).table, m_model.groupAt(index).words);
        if (m_ui->problemsView->isExpanded(index))
            m_expanded.insert(key);
        else
            m_expanded.erase(key);
    }
}

void ProblemsPanel::expandAgain()
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        const ProblemGroup &group = m_model.groupAt(index);
        m_ui->problemsView->setExpanded(index, m_expanded.contains({ group.table, group.words }));
    }
}

} // namespace seedbed
