// SPDX-License-Identifier: MIT
#include "gui/finding/problemsmodel.h"

#include "base/background.h"
#include "gui/look/longtext.h"
#include "gui/look/theme.h"
#include "validation/causes.h"

#include <QSize>
#include <algorithm>
#include <utility>

namespace seedbed {

namespace {

constexpr qsizetype MostListed = 100; // of a group; the others are seen in its grid
constexpr int RowHeight = 22;
constexpr quintptr IsGroup = 0; // the id of a group's index; that of a row's is its group, counted from 1

} // namespace

ProblemsModel::ProblemsModel(QObject *parent)
    : QAbstractItemModel(parent)
{
    m_pool.setMaxThreadCount(1);
}

ProblemsModel::~ProblemsModel()
{
    m_stop.request_stop();
}

void ProblemsModel::show(const std::shared_ptr<const Validation> &validation)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    if (!validation)
        return take(std::make_shared<const Grouped>());
    const auto work = [validation, stop = m_stop.get_token()]() -> std::shared_ptr<const Grouped> {
        std::optional<QList<ProblemGroup>> groups = groupProblems(*validation, stop);
        return groups ? std::make_shared<const Grouped>(Grouped { validation, std::move(*groups) }) : nullptr;
    };
    doInBackground(m_pool, *this, work,
                   [this, stop = m_stop.get_token()](const std::shared_ptr<const Grouped> &grouped) {
                       if (grouped && !stop.stop_requested())
                           take(grouped);
                   });
}

void ProblemsModel::take(const std::shared_ptr<const Grouped> &grouped)
{
    beginResetModel();
    m_disposal.take(
        std::make_pair(std::exchange(m_validation, grouped->validation), std::exchange(m_groups, grouped->groups)));
    endResetModel();
}

qsizetype ProblemsModel::groupOf(const QModelIndex &index)
{
    return index.internalId() == IsGroup ? index.row() : static_cast<qsizetype>(index.internalId()) - 1;
}

const Problem *ProblemsModel::problemAt(const QModelIndex &index) const
{
    const ProblemGroup &group = groupAt(index);
    if (index.internalId() == IsGroup || index.row() >= MostListed)
        return nullptr;
    return &m_validation->tables.at(group.table).problems.at(group.problems.at(static_cast<size_t>(index.row())));
}

QString ProblemsModel::fieldOf(const Problem &problem, int table) const
{
    const QList<Field> &fields = m_validation->dataset.package->resources.at(table).schema.fields;
    return problem.field < 0 ? QString() : fields.at(problem.field).name;
}

QModelIndex ProblemsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : IsGroup);
}

QModelIndex ProblemsModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == IsGroup)
        return {};
    return createIndex(static_cast<int>(groupOf(index)), 0, IsGroup);
}

int ProblemsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != IsGroup)
        return 0;
    // The line after the last says how many more there are.
    return static_cast<int>(std::min(static_cast<qsizetype>(groupAt(parent).problems.size()), MostListed + 1));
}

int ProblemsModel::columnCount(const QModelIndex & /*parent*/) const
{
    return 1;
}

QString ProblemsModel::text(const QModelIndex &index) const
{
    const ProblemGroup &group = groupAt(index);
    const auto count = static_cast<qsizetype>(group.problems.size());
    if (index.internalId() == IsGroup) {
        return tr("%1 · %2 · %L3", "what is wrong, the table, how many rows")
            .arg(group.words, m_validation->dataset.package->resources.at(group.table).title)
            .arg(count);
    }
    const Problem *problem = problemAt(index);
    if (!problem)
        return tr("%Ln more row(s): press Enter for all of them", nullptr, static_cast<int>(count - MostListed));
    const qsizetype position = m_validation->dataset.tables.at(group.table).indexOf(problem->row);
    return tr("row %L1: %2").arg(position + 1).arg(describeWithCauses(*problem, *m_validation, group.table));
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return beginningOf(text(index));
    case Qt::ToolTipRole:
        return plainToolTip(text(index));
    case Qt::SizeHintRole:
        return QSize(0, RowHeight);
    default:
        return {};
    }
}

} // namespace seedbed
