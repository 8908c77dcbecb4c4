// SPDX-License-Identifier: MIT
#include "gui/run/progressmodel.h"

#include "gui/look/theme.h"

#include <QLocale>

#include <array>
#include <cmath>

namespace seedbed {

void ProgressModel::setPackage(const Package &package)
{
    beginResetModel();
    m_lines.clear();
    for (const Resource &resource : package.resources)
        m_lines.append({ resource.title, {}, false });
    endResetModel();
}

void ProgressModel::setProgress(const QList<TableProgress> &progress)
{
    for (qsizetype table = 0; table < std::min(progress.size(), m_lines.size()); ++table) {
        m_lines[table].progress = progress.at(table);
        m_lines[table].hasRun = true;
    }
    updateView();
}

void ProgressModel::setReport(const RunReport &report)
{
    for (qsizetype table = 0; table < std::min(report.tables.size(), m_lines.size()); ++table) {
        const TableReport &done = report.tables.at(table);
        m_lines[table].hasRun = true;
        m_lines[table].progress = { .read = done.read,
                                    .counts = done.counts,
                                    .seconds = done.seconds.count(),
                                    .inFlight = 0,
                                    .peakInFlight = done.peakInFlight,
                                    .lockRetries = done.lockRetries,
                                    .lockWaitSeconds = done.lockWait.count(),
                                    .isRunning = false };
    }
    updateView();
}

void ProgressModel::updateView()
{
    if (!m_lines.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ProgressModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int ProgressModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ProgressModel::text(const Line &line, int column) const
{
    const QLocale locale;
    const TableProgress &progress = line.progress;
    if (column == Title)
        return line.title;
    if (!line.hasRun)
        return column == Bar ? QString() : tr("–", "no number yet");
    const auto decided = static_cast<double>(progress.counts.sum());
    switch (column) {
    case Bar:
        return tr("%1 %").arg(progress.read > 0 ? std::floor(100 * decided / static_cast<double>(progress.read)) : 100);
    case Inserted:
        return locale.toString(progress.counts.inserted + progress.counts.updated);
    case Unchanged:
        return locale.toString(progress.counts.unchanged);
    case Skipped:
        return locale.toString(progress.counts.skipped);
    case Failed:
        return locale.toString(progress.counts.failed);
    case Rate:
        return progress.seconds > 0 ? locale.toString(std::llround(
                   static_cast<double>(progress.counts.inserted + progress.counts.updated) / progress.seconds))
                                    : tr("–", "no number yet");
    case Peak:
        return locale.toString(progress.peakInFlight);
    case LockWaits:
        return progress.lockRetries > 0
            ? tr("%L1 (%2 s)").arg(progress.lockRetries).arg(locale.toString(progress.lockWaitSeconds, 'f', 1))
            : locale.toString(0);
    default:
        return {};
    }
}

QVariant ProgressModel::data(const QModelIndex &index, int role) const
{
    const Line &line = m_lines.at(index.row());
    const OutcomeCounts &counts = line.progress.counts;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(line, index.column());
    case ShareRole:
        return QVariant::fromValue(ProgressShare { line.progress.read, counts });
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (index.column() > Bar ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ForegroundRole:
        if (index.column() == Inserted && counts.inserted + counts.updated > 0)
            return stateColor(State::In);
        if (index.column() == Skipped && counts.skipped > 0)
            return stateColor(State::Problem);
        if (index.column() == Failed && counts.failed > 0)
            return stateColor(State::Failed);
        return {};
    default:
        return {};
    }
}

QVariant ProgressModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section > Bar ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == Peak)
        return tr("Insertions under way at once, at most");
    if (role == Qt::ToolTipRole && section == LockWaits)
        return tr("How often another program's lock had to be waited for");
    if (role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> titles { tr("Table"),     QString(),     tr("Inserted"),
                                                    tr("Unchanged"), tr("Skipped"), tr("Failed"),
                                                    tr("Rows/s"),    tr("Peak"),    tr("Lock waits") };
    return titles.at(static_cast<size_t>(section));
}

} // namespace seedbed
