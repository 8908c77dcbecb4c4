// SPDX-License-Identifier: MIT
#include "gui/run/changesmodel.h"

#include "gui/look/longtext.h"
#include "gui/look/theme.h"

#include <QLocale>

#include <array>

namespace seedbed {

void ChangesModel::setChanges(const Package &package, const QList<TableChanges> &changes)
{
    beginResetModel();
    m_lines.clear();
    for (int table = 0; table < changes.size(); ++table) {
        for (const RowChange &row : changes.at(table).first) {
            for (const CellChange &cell : row.cells)
                m_lines.append({ table, package.resources.at(table).title, row.id, row.row, row.key, cell });
        }
    }
    endResetModel();
}

int ChangesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int ChangesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ChangesModel::text(const Line &line, int column)
{
    switch (column) {
    case Title:
        return line.title;
    case Row:
        return QLocale().toString(line.row);
    case Key:
        return line.key;
    case Field:
        return line.cell.field;
    case Before:
        return shownValue(line.cell.before);
    case After:
        return shownValue(line.cell.after);
    default:
        return {};
    }
}

QVariant ChangesModel::data(const QModelIndex &index, int role) const
{
    const Line &line = m_lines.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return beginningOf(text(line, index.column()));
    case Qt::ToolTipRole:
        return plainToolTip(text(line, index.column()));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (index.column() == Row ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::DecorationRole:
        return index.column() == Title ? QVariant(stateIcon(State::Changed)) : QVariant();
    default:
        return {};
    }
}

QVariant ChangesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section == Row ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> titles {
        tr("Table"), tr("Row"), tr("Key"), tr("Field"), tr("In the database"), tr("After an update")
    };
    return titles.at(static_cast<size_t>(section));
}

} // namespace seedbed
