// SPDX-License-Identifier: MIT
#include "gui/tablemodel.h"

#include "gui/theme.h"

#include <QIcon>
#include <QLocale>

#include <algorithm>

namespace seedbed {

TableModel::TableModel(Document &document, int table, QObject *parent)
    : QAbstractTableModel(parent)
    , m_document(document)
    , m_table(table)
{
    connect(&document, &Document::cellChanged, this, [this](int changed, qsizetype row, int column) {
        const QModelIndex cell = index(static_cast<int>(row), column);
        if (changed == m_table)
            Q_EMIT dataChanged(cell, cell);
    });
    connect(&document, &Document::rowsAboutToBeInserted, this, [this](int changed, qsizetype first, qsizetype last) {
        if (changed == m_table)
            beginInsertRows({}, static_cast<int>(first), static_cast<int>(last));
    });
    connect(&document, &Document::rowsInserted, this, [this](int changed) {
        if (changed == m_table)
            endInsertRows();
    });
    connect(&document, &Document::rowsAboutToBeRemoved, this, [this](int changed, qsizetype first, qsizetype last) {
        if (changed == m_table)
            beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last));
    });
    connect(&document, &Document::rowsRemoved, this, [this](int changed) {
        if (changed == m_table)
            endRemoveRows();
    });
    connect(&document, &Document::validated, this, &TableModel::retell);
}

int TableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_document.table(m_table).rowCount());
}

int TableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_document.table(m_table).columnCount();
}

QVariant TableModel::data(const QModelIndex &index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return QString::fromUtf8(m_document.table(m_table).cell(index.row(), index.column()));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: {
        const QString text = reasons(index.row(), index.column());
        return text.isEmpty() ? QVariant() : role == Qt::ToolTipRole ? plainToolTip(text) : text;
    }
    case Qt::DecorationRole:
        return hasProblem(index) ? QVariant(stateIcon(State::Problem)) : QVariant();
    case Qt::BackgroundRole:
        return hasProblem(index) ? QVariant(stateTint(State::Problem)) : QVariant();
    case Qt::ForegroundRole:
        return hasProblem(index) ? QVariant(stateColor(State::Problem)) : QVariant();
    default:
        return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal) {
        if (role == Qt::DisplayRole)
            return resource().schema.fields.at(section).name;
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft));
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return QLocale().toString(section + 1);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | Qt::AlignRight);
    case Qt::DecorationRole: {
        const std::optional<State> state = stateOf(mark(section));
        return state ? stateIcon(*state) : QVariant();
    }
    case Qt::ToolTipRole:
        return mark(section) == RowMark::In ? plainToolTip(tr("In %1").arg(resource().database))
                                            : plainToolTip(reasons(section, -1));
    default:
        return {};
    }
}

Qt::ItemFlags TableModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsEditable | Qt::ItemNeverHasChildren : flags;
}

bool TableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid())
        return false;
    setText(index, value.toString(), EditSession::None);
    return true;
}

void TableModel::setText(const QModelIndex &index, const QString &text, EditSession session)
{
    m_document.setCell(m_table, index.row(), index.column(), text.toUtf8(), session);
}

bool TableModel::isNumeric(int column) const
{
    const FieldType type = resource().schema.fields.at(column).type;
    return type == FieldType::Integer || type == FieldType::Number;
}

bool TableModel::isKey(int column) const
{
    return resource().schema.primaryKey.contains(column);
}

bool TableModel::hasProblem(const QModelIndex &index) const
{
    const QList<Problem> problems = m_document.problems(m_table, index.row());
    return std::ranges::any_of(problems, [&](const Problem &problem) { return problem.field == index.column(); });
}

QString TableModel::reasons(int row, int column) const
{
    QStringList texts;
    for (const Problem &problem : m_document.problems(m_table, row)) {
        if (column < 0 || problem.field == column)
            texts.append(m_document.validation()->describeWithCause(problem, m_table));
    }
    if (const QString failure = m_document.failure(m_table, row); column < 0 && !failure.isEmpty())
        texts.prepend(failure);
    return texts.join(tr(" · ", "between reasons"));
}

void TableModel::retell()
{
    if (rowCount() == 0 || columnCount() == 0)
        return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1),
                       { Qt::DecorationRole, Qt::BackgroundRole, Qt::ForegroundRole, Qt::ToolTipRole,
                         Qt::AccessibleDescriptionRole });
    Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
}

} // namespace seedbed
