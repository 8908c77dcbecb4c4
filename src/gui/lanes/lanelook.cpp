// SPDX-License-Identifier: MIT
#include "gui/lanes/lanelook.h"

#include "gui/look/theme.h"

#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <cmath>

namespace seedbed {

namespace {

constexpr double Noticeable = 0.02; // of a column: what is less is not drawn, unless it is writing

using Colors = std::array<QRgb, WorkerStateCount>;

Colors currentColors()
{
    const QPalette palette = QGuiApplication::palette();
    const bool isDark = palette.color(QPalette::Base).lightness() < 128;
    Colors colors {};
    const auto set = [&colors](WorkerState state, QRgb color) { colors[static_cast<size_t>(state)] = color; };
    set(WorkerState::Writing, stateFill(State::In).rgb());
    set(WorkerState::WaitingForLock, stateColor(State::Problem).rgb());
    set(WorkerState::WaitingForTurn, palette.color(QPalette::PlaceholderText).rgb());
    set(WorkerState::WaitingForParents, isDark ? 0xffb79cff : 0xff7443c4);
    set(WorkerState::Opening, isDark ? 0xff6ea8ff : accentColor().rgb());
    return colors;
}

// Where the states of a column end, in pixels from below, in LaneOrder.
std::array<int, WorkerStateCount> heightsOf(const LaneColumn &column, int height)
{
    std::array<int, WorkerStateCount> ends {};
    double sum = 0;
    int end = 0;
    for (size_t i = 0; i < WorkerStateCount; ++i) {
        const double share = column.shares[static_cast<size_t>(LaneOrder[i])];
        sum += share;
        const bool isWriting = LaneOrder[i] == WorkerState::Writing && share > 0;
        const int least = isWriting || share >= Noticeable ? end + 1 : end;
        end = std::min(height, std::max(least, static_cast<int>(std::lround(sum * height))));
        ends[i] = end;
    }
    return ends;
}

} // namespace

QColor laneColor(WorkerState state)
{
    return QColor(currentColors()[static_cast<size_t>(state)]);
}

bool isInked(WorkerState state, int x, int y)
{
    switch (state) {
    case WorkerState::Writing:
        return true;
    case WorkerState::WaitingForTurn: // lines that rise, few: it is what there is most of
        return (x + y) % 5 == 0;
    case WorkerState::WaitingForParents: // upright lines
        return x % 4 < 2;
    case WorkerState::WaitingForLock: // a lattice
        return x % 4 == 0 || y % 4 == 0;
    case WorkerState::Opening: // dots
        return x % 4 < 2 && y % 4 < 2;
    }
    Q_UNREACHABLE();
}

QImage laneImage(const std::vector<LaneColumn> &columns, int height, qint64 x)
{
    constexpr qint64 Period = 20; // of all patterns
    const Colors colors = currentColors();
    const auto offset = static_cast<int>(x % Period);
    QImage image(static_cast<int>(columns.size()), height, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    for (int column = 0; column < image.width(); ++column) {
        const auto ends = heightsOf(columns[static_cast<size_t>(column)], height);
        int level = 0;
        for (size_t i = 0; i < WorkerStateCount; ++i) {
            for (; level < ends[i]; ++level) {
                const int y = height - 1 - level;
                if (isInked(LaneOrder[i], column + offset, y))
                    image.setPixel(column, y, colors[static_cast<size_t>(LaneOrder[i])]);
            }
        }
    }
    return image;
}

QImage laneSample(WorkerState state, int width, int height)
{
    LaneColumn column;
    column.shares[static_cast<size_t>(state)] = 1;
    return laneImage(std::vector<LaneColumn>(static_cast<size_t>(width), column), height);
}

} // namespace seedbed
