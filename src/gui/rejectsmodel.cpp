// SPDX-License-Identifier: MIT
#include "gui/rejectsmodel.h"

#include "gui/theme.h"

#include <QLocale>

#include <array>

namespace seedbed {

void RejectsModel::setPackage(const Package &package)
{
    beginResetModel();
    m_titles.clear();
    for (const Resource &resource : package.resources)
        m_titles.append(resource.title);
    m_entries.clear();
    endResetModel();
}

void RejectsModel::clear()
{
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

void RejectsModel::append(const QList<QList<RejectedRow>> &rejected)
{
    QList<Entry> entries;
    for (int table = 0; table < rejected.size(); ++table) {
        for (const RejectedRow &row : rejected.at(table))
            entries.append({ table, row });
    }
    if (entries.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(entries.size()) - 1);
    m_entries += entries;
    endInsertRows();
}

void RejectsModel::setReport(const RunReport &report)
{
    beginResetModel();
    m_entries.clear();
    for (int table = 0; table < report.tables.size(); ++table) {
        for (const RejectedRow &row : report.tables.at(table).rejected)
            m_entries.append({ table, row });
    }
    endResetModel();
}

int RejectsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int RejectsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RejectsModel::text(const Entry &entry, int column) const
{
    switch (column) {
    case Title:
        return m_titles.value(entry.table);
    case Row:
        return QLocale().toString(entry.rejected.row);
    case Key:
        return entry.rejected.key;
    default:
        break;
    }
    QStringList reasons;
    for (const Reason &reason : entry.rejected.reasons)
        reasons.append(reason.text());
    return reasons.join(tr(" · ", "between reasons"));
}

QVariant RejectsModel::data(const QModelIndex &index, int role) const
{
    const Entry &entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(text(entry, Reasons));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (index.column() == Row ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::DecorationRole:
        if (index.column() != Title)
            return {};
        return stateIcon(entry.rejected.outcome == RowOutcome::Failed ? State::Failed : State::Problem);
    default:
        return {};
    }
}

QVariant RejectsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section == Row ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> titles { tr("Table"), tr("Row"), tr("Key"), tr("Reasons") };
    return titles.at(static_cast<size_t>(section));
}

} // namespace seedbed
