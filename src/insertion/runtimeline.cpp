// SPDX-License-Identifier: MIT
#include "insertion/runtimeline.h"

#include <algorithm>
#include <utility>

namespace seedbed {

namespace {

void appendTo(std::vector<Stretch> &stretches, const Stretch &stretch, Stretch::Time resolution)
{
    if (!stretches.empty() && stretch.end - stretches.back().begin <= resolution)
        stretches.back().add(stretch);
    else
        stretches.push_back(stretch);
}

} // namespace

std::optional<WorkerState> Stretch::state() const
{
    std::optional<WorkerState> only;
    for (size_t state = 0; state < WorkerStateCount; ++state) {
        if (spent[state] == Time::zero())
            continue;
        if (only || spent[state] != length())
            return std::nullopt;
        only = static_cast<WorkerState>(state);
    }
    return only;
}

void Stretch::add(const Stretch &next)
{
    end = next.end;
    rows += next.rows;
    for (size_t state = 0; state < WorkerStateCount; ++state)
        spent[state] += next.spent[state];
}

WorkerLane::Stay::Stay(WorkerLane &lane, WorkerState state, Clock::time_point since)
    : m_lane(lane)
    , m_before(lane.turnTo(state, since))
{
}

WorkerLane::Stay::~Stay()
{
    (void)m_lane.turnTo(m_before, Clock::now());
}

std::optional<WorkerState> WorkerLane::turnTo(std::optional<WorkerState> state, Clock::time_point now)
{
    if (m_state == WorkerState::Writing) // nobody else changes it
        m_writing.leave();
    if (state == WorkerState::Writing)
        m_writing.enter();
    const std::scoped_lock lock(m_mutex);
    if (m_state && now > m_since)
        append(current(now));
    m_since = now;
    return std::exchange(m_state, state);
}

Stretch WorkerLane::current(Clock::time_point now) const
{
    Stretch stretch { .begin = m_since - m_zero, .end = now - m_zero };
    stretch.spent[static_cast<size_t>(*m_state)] = stretch.length();
    return stretch;
}

void WorkerLane::append(const Stretch &stretch)
{
    appendTo(m_stretches, stretch, m_resolution);
    if (m_stretches.size() > MostStretches)
        coarsen();
}

void WorkerLane::coarsen()
{
    // Any two neighbours are longer than the resolution then: at most half as many are left.
    m_resolution = 4 * (m_stretches.back().end - m_stretches.front().begin) / MostStretches;
    std::vector<Stretch> fewer;
    fewer.reserve(m_stretches.size());
    for (const Stretch &stretch : m_stretches)
        appendTo(fewer, stretch, m_resolution);
    m_stretches.swap(fewer);
}

void WorkerLane::addRows(qsizetype rows)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_stretches.empty())
        m_stretches.back().rows += rows;
}

std::optional<QList<Stretch>> WorkerLane::tryRead() const
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock)
        return std::nullopt;
    QList<Stretch> stretches(m_stretches.cbegin(), m_stretches.cend());
    if (const auto now = Clock::now(); m_state && now > m_since)
        stretches.append(current(now));
    return stretches;
}

void RunTimeline::begin(int tables)
{
    const std::scoped_lock lock(m_mutex);
    m_tables.clear();
    m_zero.reset();
    for (int table = 0; table < tables; ++table)
        m_tables.emplace_back();
}

std::deque<WorkerLane> &RunTimeline::addLanes(int table, int workers)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_zero)
        m_zero = WorkerLane::Clock::now();
    TableLanes &place = m_tables[static_cast<size_t>(table)];
    for (int worker = 0; worker < workers; ++worker)
        place.lanes.emplace_back(*m_zero, place.writing);
    return place.lanes;
}

void RunTimeline::read(QList<TableTimeline> &tables) const
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock)
        return;
    tables.resize(static_cast<qsizetype>(m_tables.size()));
    for (qsizetype table = 0; table < tables.size(); ++table) {
        const TableLanes &place = m_tables[static_cast<size_t>(table)];
        TableTimeline &timeline = tables[table];
        timeline.peakWriting = place.writing.peak();
        timeline.workers.resize(static_cast<qsizetype>(place.lanes.size()));
        for (qsizetype worker = 0; worker < timeline.workers.size(); ++worker) {
            if (auto stretches = place.lanes[static_cast<size_t>(worker)].tryRead())
                timeline.workers[worker] = std::move(*stretches);
        }
    }
}

bool RunTimeline::isCommitting() const
{
    const std::scoped_lock lock(m_mutex);
    return std::ranges::any_of(m_tables, [](const TableLanes &table) {
        return std::ranges::any_of(table.lanes, &WorkerLane::isCommitting);
    });
}

} // namespace seedbed
