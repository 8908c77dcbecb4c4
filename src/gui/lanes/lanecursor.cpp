// SPDX-License-Identifier: MIT
#include "gui/lanes/lanecursor.h"

#include <algorithm>
#include <iterator>

namespace seedbed {

namespace {

using Time = Stretch::Time;

const QList<Stretch> &workerOf(const QList<LaneTable> &tables, const LanePlace &place)
{
    return tables.at(place.table).timeline.workers.at(place.worker);
}

LanePlace placeBeside(const QList<LaneTable> &tables, const LanePlace &place, int way)
{
    const QList<LanePlace> places = placesOf(tables);
    return places.value(places.indexOf(place) + way, place);
}

// The last stretch that begins by then.
Time beginBy(const QList<Stretch> &worker, Time latest, Time otherwise)
{
    const auto after = std::upper_bound(worker.cbegin(), worker.cend(), latest,
                                        [](Time time, const Stretch &stretch) { return time < stretch.begin; });
    return after == worker.cbegin() ? otherwise : std::prev(after)->begin;
}

// The first stretch that begins no sooner.
Time beginFrom(const QList<Stretch> &worker, Time earliest, Time otherwise)
{
    const auto at = std::lower_bound(worker.cbegin(), worker.cend(), earliest,
                                     [](const Stretch &stretch, Time time) { return stretch.begin < time; });
    return at == worker.cend() ? otherwise : at->begin;
}

} // namespace

QList<LanePlace> placesOf(const QList<LaneTable> &tables)
{
    QList<LanePlace> places;
    for (qsizetype table = 0; table < tables.size(); ++table) {
        for (qsizetype worker = 0; worker < tables.at(table).timeline.workers.size(); ++worker)
            places.append({ table, worker });
    }
    return places;
}

std::optional<Stretch> stretchAt(const QList<LaneTable> &tables, const LaneCursor &cursor)
{
    const QList<Stretch> &worker = workerOf(tables, cursor.place);
    const auto at = std::upper_bound(worker.cbegin(), worker.cend(), cursor.time,
                                     [](Time time, const Stretch &stretch) { return time < stretch.end; });
    return at == worker.cend() ? std::nullopt : std::optional(*at);
}

LaneCursor stepped(const QList<LaneTable> &tables, const LaneCursor &cursor, LaneCursor::Step step, Time least)
{
    const QList<Stretch> &worker = workerOf(tables, cursor.place);
    const std::optional<Stretch> here = stretchAt(tables, cursor);
    switch (step) {
    case LaneCursor::Step::Up:
        return { placeBeside(tables, cursor.place, -1), cursor.time };
    case LaneCursor::Step::Down:
        return { placeBeside(tables, cursor.place, 1), cursor.time };
    case LaneCursor::Step::Back: {
        const Time begin = here ? std::min(here->begin, cursor.time) : cursor.time;
        return { cursor.place, beginBy(worker, begin - std::max(least, Time(1)), begin) };
    }
    case LaneCursor::Step::On:
        return { cursor.place, beginFrom(worker, cursor.time + std::max(least, Time(1)), cursor.time) };
    }
    Q_UNREACHABLE();
}

} // namespace seedbed
