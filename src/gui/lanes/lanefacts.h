// SPDX-License-Identifier: MIT
#pragma once

// What the lanes of a run say, in words and in sums: pure functions of what the workers told.

#include "gui/lanes/timeaxis.h"
#include "insertion/runtimeline.h"

#include <QList>
#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace seedbed {

/// A table of a run, with what its workers did.
/// Thread: any (a value).
struct LaneTable {
    QString title;
    QString database; ///< the file's name
    TableTimeline timeline;
};

/// What happened in the width of a pixel.
/// Thread: any (a value).
struct LaneColumn {
    std::array<double, WorkerStateCount> shares {}; ///< of its time, in each state
    double rows = 0;                                ///< that went in, a stretch's spread evenly over its length
};

/// A state in words: "waiting for its turn".
[[nodiscard]] QString wordsOf(WorkerState state);

/// When the last worker was done.
[[nodiscard]] Stretch::Time endOf(const QList<LaneTable> &tables);

/// What a worker did in the time between, all of every stretch that reaches into it; nothing where there is none.
[[nodiscard]] std::optional<Stretch> stretchBetween(const QList<Stretch> &worker, Stretch::Time from, Stretch::Time to);

/// Adds what a worker did to \a columns, one for each pixel of \a axis. The cost grows with what is shown alone.
void addTo(std::vector<LaneColumn> &columns, const QList<Stretch> &worker, const TimeAxis &axis);

/// The tooltip of a stretch: whose it is, what was done, from when and how long, and the rows that went in.
[[nodiscard]] QString tipOf(const LaneTable &table, qsizetype worker, const Stretch &stretch);

/// What a run shows, in a sentence: how many wrote at once, and what workers spent their time with. Empty before they
/// did anything.
[[nodiscard]] QString findingOf(const QList<LaneTable> &tables);
/// The same of one table, shorter.
[[nodiscard]] QString findingOf(const LaneTable &table);

} // namespace seedbed
