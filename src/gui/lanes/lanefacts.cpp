// SPDX-License-Identifier: MIT
#include "gui/lanes/lanefacts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <utility>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(LanesView)
};

using Time = Stretch::Time;
using Sums = std::array<Time, WorkerStateCount>;

auto firstAfter(const QList<Stretch> &worker, Time time)
{
    return std::lower_bound(worker.cbegin(), worker.cend(), time,
                            [](const Stretch &stretch, Time from) { return stretch.end <= from; });
}

Sums sumsOf(const LaneTable &table)
{
    Stretch all;
    for (const QList<Stretch> &worker : table.timeline.workers) {
        for (const Stretch &stretch : worker)
            all.add(stretch);
    }
    return all.spent;
}

// "9 % writing, 80 % waiting for their turn, 10 % for parents": of what was waited for, that which took most comes
// first.
QString sharesText(const Sums &sums)
{
    Time all { 0 };
    for (const Time time : sums)
        all += time;
    const auto percentOf = [&sums, all](WorkerState state) {
        const auto part = static_cast<double>(sums[static_cast<size_t>(state)].count());
        return std::lround(100 * part / static_cast<double>(std::max(Time(1), all).count()));
    };
    QList<std::pair<long, QString>> waits { { percentOf(WorkerState::WaitingForTurn), Text::tr("for their turn") },
                                            { percentOf(WorkerState::WaitingForParents), Text::tr("for parents") },
                                            { percentOf(WorkerState::WaitingForLock),
                                              Text::tr("for another program's lock") } };
    std::stable_sort(waits.begin(), waits.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    QStringList parts { Text::tr("%1 % writing").arg(percentOf(WorkerState::Writing)) };
    for (const auto &[percent, what] : std::as_const(waits)) {
        if (percent > 0)
            parts.append(parts.size() == 1 ? Text::tr("%1 % waiting %2", "how much, for what").arg(percent).arg(what)
                                           : Text::tr("%1 % %2", "how much, for what").arg(percent).arg(what));
    }
    if (const long percent = percentOf(WorkerState::Opening); percent > 0)
        parts.append(Text::tr("%1 % opening").arg(percent));
    return parts.join(Text::tr(", ", "between shares"));
}

} // namespace

QString wordsOf(WorkerState state)
{
    switch (state) {
    case WorkerState::Opening:
        return Text::tr("opening");
    case WorkerState::WaitingForTurn:
        return Text::tr("waiting for its turn");
    case WorkerState::Writing:
        return Text::tr("writing");
    case WorkerState::WaitingForParents:
        return Text::tr("waiting for parents");
    case WorkerState::WaitingForLock:
        return Text::tr("waiting for another program's lock");
    }
    Q_UNREACHABLE();
}

Time endOf(const QList<LaneTable> &tables)
{
    Time end { 0 };
    for (const LaneTable &table : tables) {
        for (const QList<Stretch> &worker : table.timeline.workers)
            end = std::max(end, worker.isEmpty() ? Time(0) : worker.last().end);
    }
    return end;
}

std::optional<Stretch> stretchBetween(const QList<Stretch> &worker, Time from, Time to)
{
    std::optional<Stretch> found;
    for (auto stretch = firstAfter(worker, from); stretch != worker.cend() && stretch->begin < to; ++stretch) {
        if (found)
            found->add(*stretch);
        else
            found = *stretch;
    }
    return found;
}

void addTo(std::vector<LaneColumn> &columns, const QList<Stretch> &worker, const TimeAxis &axis)
{
    const auto width = static_cast<double>(columns.size());
    for (auto stretch = firstAfter(worker, axis.left()); stretch != worker.cend(); ++stretch) {
        const double begin = axis.x(stretch->begin);
        const double end = axis.x(stretch->end);
        if (begin >= width)
            return;
        if (end <= begin)
            continue;
        std::array<double, WorkerStateCount> shares {};
        for (size_t state = 0; state < WorkerStateCount; ++state)
            shares[state] = static_cast<double>(stretch->spent[state].count()) / (axis.scale() * (end - begin));
        const double rows = static_cast<double>(stretch->rows) / (end - begin);
        const auto last = static_cast<size_t>(std::min(width, std::ceil(end)));
        for (auto column = static_cast<size_t>(std::max(0.0, begin)); column < last; ++column) {
            const auto x = static_cast<double>(column);
            const double part = std::min(end, x + 1) - std::max(begin, x);
            columns[column].rows += rows * part;
            for (size_t state = 0; state < WorkerStateCount; ++state)
                columns[column].shares[state] += shares[state] * part;
        }
    }
}

QString tipOf(const LaneTable &table, qsizetype worker, const Stretch &stretch)
{
    QStringList lines { Text::tr("%1 → %2 · worker %L3").arg(table.title, table.database).arg(worker + 1) };
    for (size_t state = 0; state < WorkerStateCount; ++state) {
        if (stretch.spent[state] == Time::zero())
            continue;
        const QString words = wordsOf(static_cast<WorkerState>(state));
        lines.append(stretch.state()
                         ? words.at(0).toUpper() + words.mid(1)
                         : Text::tr("%1 %2", "how long and what").arg(durationText(stretch.spent[state]), words));
    }
    lines.append(Text::tr("from %1, for %2").arg(durationText(stretch.begin), durationText(stretch.length())));
    if (stretch.in(WorkerState::Writing) > Time::zero())
        lines.append(Text::tr("%Ln row(s) inserted", nullptr, static_cast<int>(stretch.rows)));
    return lines.join(QLatin1Char('\n'));
}

QString findingOf(const QList<LaneTable> &tables)
{
    Sums sums {};
    int peak = 0;
    qsizetype workers = 0;
    for (const LaneTable &table : tables) {
        const Sums more = sumsOf(table);
        for (size_t state = 0; state < WorkerStateCount; ++state)
            sums[state] += more[state];
        peak = std::max(peak, table.timeline.peakWriting);
        workers += table.timeline.workers.size();
    }
    if (workers == 0)
        return {};
    const QString wrote = peak > 1 ? Text::tr("Up to %n connection(s) per file wrote at a time", nullptr, peak)
                                   : Text::tr("One connection per file wrote at a time");
    return Text::tr("%1; workers spent their time %2.", "who wrote, and shares").arg(wrote, sharesText(sums));
}

QString findingOf(const LaneTable &table)
{
    if (table.timeline.workers.isEmpty())
        return Text::tr("nothing was sent");
    const int peak = table.timeline.peakWriting;
    const QString wrote = peak > 1 ? Text::tr("up to %n connection(s) wrote at a time", nullptr, peak)
                                   : Text::tr("one connection wrote at a time");
    return Text::tr("%1 · %2", "who wrote, and shares").arg(wrote, sharesText(sumsOf(table)));
}

} // namespace seedbed
