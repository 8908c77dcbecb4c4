// SPDX-License-Identifier: MIT
#include "gui/panes/rowsswitch.h"

#include <QButtonGroup>
#include <QHBoxLayout>

namespace seedbed {

namespace {

constexpr int ButtonHeight = 28; // as the buttons beside it

} // namespace

RowsSwitch::RowsSwitch(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_seed = addButton(QStringLiteral("seedRowsButton"), tr("Seed rows"), tr("The rows to be inserted (Ctrl+T)"));
    m_database = addButton(QStringLiteral("inDatabaseButton"), tr("In database"),
                           tr("The rows that are in the database, to look at (Ctrl+T)"));
    m_seed->setChecked(true);
    auto *group = new QButtonGroup(this);
    group->addButton(m_seed);
    group->addButton(m_database);
    connect(m_database, &QToolButton::toggled, this, &RowsSwitch::switched);
}

QToolButton *RowsSwitch::addButton(const QString &name, const QString &text, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setText(text);
    button->setToolTip(tip);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(ButtonHeight);
    layout()->addWidget(button);
    return button;
}

void RowsSwitch::setDatabase(bool isDatabase)
{
    (isDatabase ? m_database : m_seed)->setChecked(true);
}

} // namespace seedbed
