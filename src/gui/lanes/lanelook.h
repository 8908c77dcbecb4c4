// SPDX-License-Identifier: MIT
#pragma once

// What each state of a worker looks like: a colour and a pattern of its own, so that either is enough to tell it.

#include "gui/lanes/lanefacts.h"

#include <QColor>
#include <QImage>

namespace seedbed {

/// The states in the order in which they are stacked, from below, and listed.
inline constexpr std::array<WorkerState, WorkerStateCount> LaneOrder {
    WorkerState::Writing,        WorkerState::WaitingForTurn, WorkerState::WaitingForParents,
    WorkerState::WaitingForLock, WorkerState::Opening,
};

/// On the ground of lists; the contrast is 3 : 1 or more.
[[nodiscard]] QColor laneColor(WorkerState state);

/// Whether a state's pattern has its colour at a pixel.
[[nodiscard]] bool isInked(WorkerState state, int x, int y);

/// A lane as wide as \a columns: each column is filled, from below, by its states as high as their shares. What is not
/// inked is transparent. \a x: where it will be drawn, so that patterns stand still in time and not on the screen.
[[nodiscard]] QImage laneImage(const std::vector<LaneColumn> &columns, int height, qint64 x = 0);

/// A sample of a state, for a legend.
[[nodiscard]] QImage laneSample(WorkerState state, int width, int height);

} // namespace seedbed
