// SPDX-License-Identifier: MIT
#pragma once

// A run in numbers, a row per table: while it is under way and when it is done.

#include "insertion/runprogress.h"
#include "package/package.h"
#include "report/runreport.h"

#include <QAbstractTableModel>

namespace seedbed {

/// What became of the rows of a table so far: what the progress bar is drawn from.
/// Thread: any (a value).
struct ProgressShare {
    qsizetype read = 0;
    OutcomeCounts counts;
};

/// Tables × numbers.
/// Thread: GUI thread.
class ProgressModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Title, Bar, Inserted, Unchanged, Skipped, Failed, Rate, Peak, LockWaits, ColumnCount };
    static constexpr int ShareRole = Qt::UserRole; ///< of Bar: a ProgressShare

    using QAbstractTableModel::QAbstractTableModel;

    /// The tables of \a package, before any run.
    void setPackage(const Package &package);
    void setProgress(const QList<TableProgress> &progress);
    void setReport(const RunReport &report);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        QString title;
        TableProgress progress;
        bool hasRun = false;
    };

    [[nodiscard]] QString text(const Line &line, int column) const;
    void updateView();

    QList<Line> m_lines;
};

} // namespace seedbed

Q_DECLARE_METATYPE(seedbed::ProgressShare)
