// SPDX-License-Identifier: MIT
#include "gui/editors/celleditor.h"

#include "gui/look/quietstyle.h"
#include "gui/look/theme.h"

#include <QPainter>

#include <limits>

namespace seedbed {

namespace {

constexpr int OwnMargin = 2; // what a QLineEdit leaves free itself

} // namespace

CellEditor::CellEditor(TableModel &model, const QModelIndex &cell, QWidget *parent)
    : QLineEdit(parent)
    , m_model(model)
    , m_cell(cell)
    , m_wasBlankLine(model.isBlankLine(cell.row()))
    , m_before(cell.data(Qt::EditRole).toString())
    , m_session(model.newSession())
{
    setMaxLength(std::numeric_limits<int>::max()); // or what is beyond 32,767 characters would be cut off
    setText(m_before);
    setObjectName(QStringLiteral("cellEditor"));
    setAccessibleName(model.headerData(cell.column(), Qt::Horizontal, Qt::DisplayRole).toString());
    setFrame(false);
    setAutoFillBackground(true);
    setTextMargins(TextMargin - OwnMargin, 0, TextMargin - OwnMargin, 0);
    setAlignment(Qt::AlignVCenter | (model.isNumeric(cell.column()) ? Qt::AlignRight : Qt::AlignLeft));
    reflect();
    connect(this, &QLineEdit::textEdited, this, &CellEditor::edited);
    connect(&model, &TableModel::dataChanged, this, &CellEditor::reflect);
}

void CellEditor::put(const QString &text)
{
    setText(text);
    Q_EMIT edited();
}

void CellEditor::revert()
{
    if (!m_wasBlankLine)
        put(m_before);
    else if (!m_model.isBlankLine(m_cell.row()))
        m_model.takeBackRow(m_cell.row(), m_session);
}

void CellEditor::reflect()
{
    const bool isWrong = m_cell.data(Qt::BackgroundRole).isValid();
    QPalette colors = parentWidget()->palette();
    if (isWrong)
        colors.setColor(QPalette::Base, stateTint(State::Problem));
    setPalette(colors);
    setToolTip(m_cell.data(Qt::ToolTipRole).toString());
}

void CellEditor::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Link));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace seedbed
