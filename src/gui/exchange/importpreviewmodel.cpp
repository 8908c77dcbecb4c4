// SPDX-License-Identifier: MIT
#include "gui/exchange/importpreviewmodel.h"

#include "gui/look/theme.h"
#include "rows/csv/decimalcomma.h"

#include <QGuiApplication>
#include <QLocale>

namespace seedbed {

void ImportPreviewModel::setFile(ImportFile &file)
{
    beginResetModel();
    if (m_file)
        disconnect(m_file, nullptr, this, nullptr);
    m_file = &file;
    connect(m_file, &ImportFile::changed, this, [this] {
        beginResetModel();
        endResetModel();
    });
    endResetModel();
}

QStringList ImportPreviewModel::fieldChoices() const
{
    QStringList choices { tr("not used") };
    for (const Field &field : m_file->resource().schema.fields)
        choices.append(field.name);
    return choices;
}

int ImportPreviewModel::rowCount(const QModelIndex &parent) const
{
    const bool isEmpty = parent.isValid() || !m_file || m_file->preview().columns.isEmpty();
    return isEmpty ? 0 : 1 + static_cast<int>(m_file->preview().rows.size());
}

int ImportPreviewModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_file ? 0 : static_cast<int>(m_file->preview().columns.size());
}

QString ImportPreviewModel::text(const QModelIndex &index) const
{
    const int field = m_file->recipe().fields.at(index.column());
    if (index.row() == FieldRow)
        return fieldChoices().at(field + 1);
    const QString cell = m_file->preview().rows.at(index.row() - 1).value(index.column());
    const bool isNumber = field != NoField && hasDecimalPoint(m_file->resource().schema.fields.at(field));
    const auto number = m_file->recipe().hasDecimalComma && isNumber ? withDecimalPoint(cell.toUtf8()) : std::nullopt;
    return number ? QString::fromUtf8(*number) : cell;
}

QVariant ImportPreviewModel::data(const QModelIndex &index, int role) const
{
    const int field = m_file->recipe().fields.at(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::EditRole:
        return index.row() == FieldRow ? QVariant(field) : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(text(index));
    case Qt::AccessibleTextRole:
        return index.row() == FieldRow
            ? QVariant(tr("Field of column %1: %2").arg(m_file->preview().columns.at(index.column()), text(index)))
            : QVariant();
    case Qt::ForegroundRole:
        return field == NoField ? QVariant(QGuiApplication::palette().color(QPalette::PlaceholderText)) : QVariant();
    default:
        return {};
    }
}

bool ImportPreviewModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (index.row() != FieldRow || role != Qt::EditRole)
        return false;
    m_file->setField(index.column(), value.toInt());
    return true;
}

QVariant ImportPreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Horizontal)
        return m_file->preview().columns.at(section);
    return section == FieldRow ? tr("Field") : QLocale().toString(section);
}

Qt::ItemFlags ImportPreviewModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.row() == FieldRow ? flags | Qt::ItemIsEditable : flags;
}

} // namespace seedbed
