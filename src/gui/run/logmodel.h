// SPDX-License-Identifier: MIT
#pragma once

// The log: what runs and the window said, the oldest lines going as new ones come.

#include "insertion/runprogress.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace seedbed {

/// Lines × (time, level, text).
/// Thread: GUI thread.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Level, Text, ColumnCount };
    static constexpr int LevelRole = Qt::UserRole; ///< a LogEntry::Level as int
    static constexpr qsizetype DefaultCapacity = 10'000;

    explicit LogModel(QObject *parent = nullptr, qsizetype capacity = DefaultCapacity);

    void append(QList<LogEntry> entries);
    void append(LogEntry::Level level, const QString &text);
    void clear();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<LogEntry> m_entries; // a QList gives and takes cheaply at both ends
    qsizetype m_capacity;
};

/// The lines of a LogModel from a level upwards.
/// Thread: GUI thread.
class LogFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setLowest(LogEntry::Level level);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    LogEntry::Level m_lowest = LogEntry::Level::Info;
};

} // namespace seedbed
