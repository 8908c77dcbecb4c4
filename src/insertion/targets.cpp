// SPDX-License-Identifier: MIT
#include "insertion/targets.h"

#include <QtConcurrent/QtConcurrentMap>

namespace seedbed {

Targets::Targets(const std::shared_ptr<const Package> &package, const TargetOptions &options)
{
    for (int table = 0; table < package->resources.size(); ++table)
        m_places.push_back({ table, makeTarget(package, table, options), Inspection {}, {} });
    m_pool.setMaxThreadCount(static_cast<int>(m_places.size()));
}

void Targets::inspect()
{
    forEach([](Place &place) {
        place.error.reset();
        if (auto inspection = place.target->inspect())
            place.inspection = std::move(*inspection);
        else
            place.error = inspection.error();
    });
}

void Targets::prepare(const std::vector<bool> &isWanted)
{
    forEach([&isWanted](Place &place) {
        if (!isWanted[static_cast<size_t>(place.table)])
            return;
        if (const auto prepared = place.target->prepare(); !prepared)
            place.error = prepared.error();
    });
}

std::optional<Error> Targets::firstError() const
{
    std::optional<Error> all;
    for (const Place &place : m_places) {
        if (!place.error)
            continue;
        if (!all)
            all = place.error;
        else
            all->message += u'\n' + place.error->message;
    }
    return all;
}

QList<ExistingRows> Targets::rows() const
{
    QList<ExistingRows> rows;
    for (const Place &place : m_places)
        rows.append(place.inspection.rows);
    return rows;
}

void Targets::forEach(const std::function<void(Place &)> &work)
{
    QtConcurrent::blockingMap(&m_pool, m_places, work);
}

} // namespace seedbed
