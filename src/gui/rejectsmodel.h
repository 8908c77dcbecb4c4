// SPDX-License-Identifier: MIT
#pragma once

// What did not go in: every such row of a run, with its reasons.

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

    [[nodiscard]] int tableAt(int row) const { return m_entries.at(row).table; }
    [[nodiscard]] const RejectedRow &rejectedAt(int row) const { return m_entries.at(row).rejected; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Entry {
        int table = 0;
        RejectedRow rejected;
    };

    [[nodiscard]] QString text(const Entry &entry, int column) const;

    QStringList m_titles;
    QList<Entry> m_entries;
};

} // namespace seedbed
