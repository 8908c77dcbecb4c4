// SPDX-License-Identifier: MIT
#include "gui/run/logmodel.h"

#include "gui/look/longtext.h"
#include "gui/look/theme.h"

#include <algorithm>
#include <utility>

namespace seedbed {

namespace {

QString levelName(LogEntry::Level level)
{
    switch (level) {
    case LogEntry::Level::Debug:
        return LogModel::tr("debug");
    case LogEntry::Level::Info:
        return LogModel::tr("info");
    case LogEntry::Level::Warning:
        return LogModel::tr("warning");
    case LogEntry::Level::Error:
        return LogModel::tr("error");
    }
    Q_UNREACHABLE();
}

QVariant levelColor(LogEntry::Level level)
{
    switch (level) {
    case LogEntry::Level::Debug:
    case LogEntry::Level::Info:
        return {};
    case LogEntry::Level::Warning:
        return stateColor(State::Problem);
    case LogEntry::Level::Error:
        return stateColor(State::Failed);
    }
    Q_UNREACHABLE();
}

} // namespace

LogModel::LogModel(QObject *parent, qsizetype capacity)
    : QAbstractTableModel(parent)
    , m_capacity(capacity)
{
}

void LogModel::append(QList<LogEntry> entries)
{
    if (entries.size() > m_capacity)
        entries.remove(0, entries.size() - m_capacity);
    if (entries.isEmpty())
        return;
    const qsizetype tooMany = m_entries.size() + entries.size() - m_capacity;
    if (tooMany > 0) {
        beginRemoveRows({}, 0, static_cast<int>(tooMany) - 1);
        m_entries.remove(0, tooMany);
        endRemoveRows();
    }
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(entries.size()) - 1);
    m_entries += std::move(entries);
    endInsertRows();
}

void LogModel::append(LogEntry::Level level, const QString &text)
{
    append({ { QDateTime::currentDateTimeUtc(), level, text } });
}

void LogModel::clear()
{
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    const LogEntry &entry = m_entries.at(index.row());
    if (role == LevelRole)
        return static_cast<int>(entry.level);
    if (role == Qt::ForegroundRole)
        return levelColor(entry.level);
    if (role == Qt::ToolTipRole)
        return plainToolTip(entry.text);
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    switch (index.column()) {
    case Time:
        return entry.time.toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz"));
    case Level:
        return levelName(entry.level);
    default:
        return QString(role == Qt::EditRole ? entry.text : beginningOf(entry.text))
            .replace(QLatin1Char('\n'), QLatin1Char(' '));
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Time ? tr("Time") : section == Level ? tr("Level") : tr("Text");
}

void LogFilter::setLowest(LogEntry::Level level)
{
    m_lowest = level;
    invalidateFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const int level = sourceModel()->index(row, 0, parent).data(LogModel::LevelRole).toInt();
    return level >= static_cast<int>(m_lowest);
}

} // namespace seedbed
