// SPDX-License-Identifier: MIT
#pragma once

// How the keyboard goes through the lanes: from worker to worker, and along what one did.

#include "gui/lanes/lanefacts.h"
#include "gui/lanes/laneslayout.h"

#include <QList>

#include <optional>

namespace seedbed {

/// A worker, and a time at which it did something.
/// Thread: any (a value).
struct LaneCursor {
    /// To the worker above or below; along its lane to what it did before or after.
    enum class Step : quint8 { Up, Down, Back, On };

    LanePlace place;
    Stretch::Time time { 0 };

    friend bool operator==(const LaneCursor &, const LaneCursor &) = default;
};

/// All workers, from above to below.
[[nodiscard]] QList<LanePlace> placesOf(const QList<LaneTable> &tables);

/// What the worker did at that time, or next; nothing where it is done.
[[nodiscard]] std::optional<Stretch> stretchAt(const QList<LaneTable> &tables, const LaneCursor &cursor);

/// Where a step leads; where it leads nowhere, as it was. Steps along a lane are of \a least at the least, so that they
/// are seen.
[[nodiscard]] LaneCursor stepped(const QList<LaneTable> &tables, const LaneCursor &cursor, LaneCursor::Step step,
                                 Stretch::Time least);

} // namespace seedbed
