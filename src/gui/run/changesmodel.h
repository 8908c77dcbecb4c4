// SPDX-License-Identifier: MIT
#pragma once

// What an update would change, a line for each cell.

#include "package/package.h"
#include "report/rowchange.h"

#include <QAbstractTableModel>

namespace seedbed {

/// The changes in all tables, one after another.
/// Thread: GUI thread.
class ChangesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column : quint8 { Title, Row, Key, Field, Before, After, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setChanges(const Package &package, const QList<TableChanges> &changes);

    [[nodiscard]] int tableAt(int line) const { return m_lines.at(line).table; }
    [[nodiscard]] RowId rowIdAt(int line) const { return m_lines.at(line).id; }
    [[nodiscard]] const CellChange &cellAt(int line) const { return m_lines.at(line).cell; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        int table = 0;
        QString title;
        RowId id = RowId::None;
        qsizetype row = 0;
        QString key;
        CellChange cell;
    };

    [[nodiscard]] static QString text(const Line &line, int column);

    QList<Line> m_lines;
};

} // namespace seedbed
