// SPDX-License-Identifier: MIT
#include "gui/finding/problemgroups.h"

#include <QHash>

#include <algorithm>
#include <map>
#include <utility>

namespace seedbed {

namespace {

constexpr qsizetype ProblemsBetweenStops = 8192;

using Kinds = std::map<ProblemKind, std::vector<qint32>>;

std::optional<Kinds> kindsOf(const QList<Problem> &problems, const std::stop_token &stop)
{
    Kinds kinds;
    for (qsizetype i = 0; i < problems.size(); ++i) {
        if (i % ProblemsBetweenStops == 0 && stop.stop_requested())
            return std::nullopt;
        kinds[kindOf(problems.at(i))].push_back(static_cast<qint32>(i));
    }
    return kinds;
}

// Kinds can have the same words, as keys that are twice in the rows or too large.
void join(ProblemGroup &group, const std::vector<qint32> &problems)
{
    const auto middle = static_cast<std::ptrdiff_t>(group.problems.size());
    group.problems.insert(group.problems.end(), problems.begin(), problems.end());
    std::inplace_merge(group.problems.begin(), group.problems.begin() + middle, group.problems.end());
}

} // namespace

std::optional<QList<ProblemGroup>> groupProblems(const Validation &validation, const std::stop_token &stop)
{
    QList<ProblemGroup> groups;
    for (int table = 0; table < validation.tables.size(); ++table) {
        std::optional<Kinds> kinds = kindsOf(validation.tables.at(table).problems, stop);
        if (!kinds)
            return std::nullopt;
        QHash<QString, qsizetype> positions;
        for (auto &[kind, problems] : *kinds) {
            const QString words = describe(kind, validation.dataset.package->resources.at(table));
            const qsizetype known = positions.value(words, groups.size());
            if (known < groups.size()) {
                join(groups[known], problems);
                continue;
            }
            positions.insert(words, known);
            groups.append({ table, words, std::move(problems) });
        }
    }
    return groups;
}

} // namespace seedbed
