// SPDX-License-Identifier: MIT
#pragma once

// How the program looks: a light, a dark and a high contrast palette, and the colours of state with their signs.
// Dressing the application in them is for gui/look/applytheme.h.

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

namespace seedbed {

/// What a colour or a sign says; it says the same everywhere.
enum class State : quint8 {
    In,      ///< in the database: green, a check
    Problem, ///< wrong, or skipped: amber, a warning sign
    Failed,  ///< the database did not take it: red, a cross
    Changed, ///< in the database with other values: blue, not equal
};

/// The palettes that are meant to be seen.
[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();
/// Black, white and yellow, for those who see little; lines and frames are as clear as text.
[[nodiscard]] QPalette contrastPalette();

/// The colours of a state on \a palette, by default that of the application: for text and thin marks, and for the
/// ground behind a text. The contrast of one on the other is 4.5 : 1 or more, and 7 : 1 where contrast is high.
[[nodiscard]] QColor stateColor(State state, const QPalette &palette);
[[nodiscard]] QColor stateColor(State state);
[[nodiscard]] QColor stateTint(State state, const QPalette &palette);
[[nodiscard]] QColor stateTint(State state);
/// For areas on which nothing is written.
[[nodiscard]] QColor stateFill(State state);
[[nodiscard]] QIcon stateIcon(State state);
/// The sign of rows that are in no state yet: not in the database.
[[nodiscard]] QIcon notInIcon();

/// Whether \a palette has a dark ground.
[[nodiscard]] bool isDark(const QPalette &palette);

/// The ground of the one button that is to be pressed next, and what is written on it.
[[nodiscard]] QColor accentColor(const QPalette &palette);
[[nodiscard]] QColor accentColor();
[[nodiscard]] QColor accentTextColor(const QPalette &palette);

/// \a text so that a tooltip takes it for nothing but text.
[[nodiscard]] QString plainToolTip(const QString &text);

} // namespace seedbed
