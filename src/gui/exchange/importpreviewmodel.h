// SPDX-License-Identifier: MIT
#pragma once

// What an import shows: in the first line the field of each column, below it the first rows of the file.

#include "gui/exchange/importfile.h"

#include <QAbstractTableModel>

namespace seedbed {

/// (the fields, then rows) × columns of the file. A column that is not used is muted.
/// Thread: GUI thread.
class ImportPreviewModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int FieldRow = 0; ///< its Qt::EditRole is the position of the field, or NoField

    using QAbstractTableModel::QAbstractTableModel;

    /// It must outlive the model, or its next call of this.
    void setFile(ImportFile &file);
    /// The choices of the first line: "not used", then the fields.
    [[nodiscard]] QStringList fieldChoices() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    [[nodiscard]] QString text(const QModelIndex &index) const;

    ImportFile *m_file = nullptr;
};

} // namespace seedbed
