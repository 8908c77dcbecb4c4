// SPDX-License-Identifier: MIT
#include "gui/panes/panefilter.h"

#include "gui/look/theme.h"
#include "gui/model/tablemodel.h"
#include "ui_tablepane.h"

#include <QKeyEvent>

namespace seedbed {

PaneFilter::PaneFilter(const Ui::TablePane &ui, TableModel &model, QObject *parent)
    : QObject(parent)
    , m_ui(ui)
    , m_model(model)
{
    setSigns();
    // The Escape that shows all rows again is not the one that stops a run.
    m_ui.filterEdit->installEventFilter(this);
    m_ui.gridView->installEventFilter(this);
    connect(m_ui.filterEdit, &QLineEdit::textChanged, this, &PaneFilter::ask);
    connect(m_ui.filterEdit, &QLineEdit::returnPressed, this, &PaneFilter::left);
    connect(m_ui.problemsButton, &QToolButton::toggled, this, &PaneFilter::ask);
    connect(m_ui.notInButton, &QToolButton::toggled, this, &PaneFilter::ask);
}

void PaneFilter::setSigns()
{
    m_ui.problemsButton->setIcon(stateIcon(State::Problem));
    m_ui.notInButton->setIcon(notInIcon());
}

void PaneFilter::setDatabase(bool isDatabase)
{
    m_ui.filterWidget->setEnabled(!isDatabase);
    m_ui.filterEdit->setPlaceholderText(isDatabase ? tr("Only seed rows can be filtered")
                                                   : tr("Filter: text, column:text"));
}

void PaneFilter::ask()
{
    RowQuestion question = m_model.question();
    question.text = m_ui.filterEdit->text();
    question.onlyProblems = m_ui.problemsButton->isChecked();
    question.onlyNotIn = m_ui.notInButton->isChecked();
    if (question != m_model.question())
        m_model.ask(question);
}

void PaneFilter::focus()
{
    m_ui.filterEdit->setFocus();
    m_ui.filterEdit->selectAll();
}

void PaneFilter::clear()
{
    m_ui.problemsButton->setChecked(false);
    m_ui.notInButton->setChecked(false);
    m_ui.filterEdit->clear();
}

bool PaneFilter::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (!isKey || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape || !m_model.question().isFiltering())
        return QObject::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::KeyPress) {
        clear();
        Q_EMIT left();
    }
    return true;
}

} // namespace seedbed
