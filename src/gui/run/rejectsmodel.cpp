// SPDX-License-Identifier: MIT
#include "gui/run/rejectsmodel.h"

#include "gui/look/longtext.h"
#include "gui/look/theme.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <utility>

namespace seedbed {

void RejectsModel::setPackage(const Package &package)
{
    beginResetModel();
    m_titles.clear();
    for (const Resource &resource : package.resources)
        m_titles.append(resource.title);
    drop();
    endResetModel();
}

void RejectsModel::clear()
{
    beginResetModel();
    drop();
    endResetModel();
}

void RejectsModel::drop()
{
    m_count = 0;
    m_disposal.take(std::exchange(m_portions, {}));
}

void RejectsModel::add(int table, const QList<RejectedRow> &rows)
{
    if (rows.isEmpty())
        return;
    m_portions.append({ table, m_count, rows });
    m_count += rows.size();
}

const RejectsModel::Portion &RejectsModel::portionOf(int row) const
{
    const auto next = std::ranges::upper_bound(m_portions, row, {}, &Portion::first);
    return *(next - 1);
}

void RejectsModel::append(const QList<QList<RejectedRow>> &rejected)
{
    qsizetype more = 0;
    for (const QList<RejectedRow> &rows : rejected)
        more += rows.size();
    if (more == 0)
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(more) - 1);
    for (int table = 0; table < rejected.size(); ++table)
        add(table, rejected.at(table));
    endInsertRows();
}

void RejectsModel::setReport(const RunReport &report)
{
    beginResetModel();
    drop();
    for (int table = 0; table < report.tables.size(); ++table)
        add(table, report.tables.at(table).rejected);
    endResetModel();
}

int RejectsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_count);
}

int RejectsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RejectsModel::text(int row, int column) const
{
    const RejectedRow &rejected = rejectedAt(row);
    switch (column) {
    case Title:
        return m_titles.value(tableAt(row));
    case Row:
        return QLocale().toString(rejected.row);
    case Key:
        return rejected.key;
    default:
        break;
    }
    QStringList reasons;
    for (const Reason &reason : rejected.reasons)
        reasons.append(reason.text());
    return reasons.join(tr(" · ", "between reasons"));
}

QVariant RejectsModel::data(const QModelIndex &index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return beginningOf(text(index.row(), index.column()));
    case Qt::ToolTipRole:
        return plainToolTip(text(index.row(), Reasons));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (index.column() == Row ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::DecorationRole:
        if (index.column() != Title)
            return {};
        return stateIcon(rejectedAt(index.row()).outcome == RowOutcome::Failed ? State::Failed : State::Problem);
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
