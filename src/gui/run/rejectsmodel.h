// SPDX-License-Identifier: MIT
#pragma once

// What did not go in: every such row of a run, with its reasons.

#include "gui/document/disposal.h"
#include "package/package.h"
#include "report/runreport.h"

#include <QAbstractTableModel>

namespace seedbed {

/// Rows × (table, row, key, reasons). All text is plain.
/// Thread: GUI thread.
class RejectsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Title, Row, Key, Reasons, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// No rows, and the names of the tables that are to come.
    void setPackage(const Package &package);
    void clear();
    /// Adds what came, per table.
    void append(const QList<QList<RejectedRow>> &rejected);
    /// The rows of a whole run, by table and row.
    void setReport(const RunReport &report);

    [[nodiscard]] int tableAt(int row) const { return portionOf(row).table; }
    [[nodiscard]] const RejectedRow &rejectedAt(int row) const
    {
        const Portion &portion = portionOf(row);
        return portion.rows.at(row - portion.first);
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// Rows as they came, shared with the report or update that they are of.
    struct Portion {
        int table = 0;
        qsizetype first = 0; ///< where its rows begin here
        QList<RejectedRow> rows;
    };

    [[nodiscard]] const Portion &portionOf(int row) const;
    void add(int table, const QList<RejectedRow> &rows);
    void drop();
    [[nodiscard]] QString text(int row, int column) const;

    QStringList m_titles;
    QList<Portion> m_portions;
    qsizetype m_count = 0;
    Disposal m_disposal;
};

} // namespace seedbed
