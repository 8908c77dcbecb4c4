// SPDX-License-Identifier: MIT
#pragma once

// Dresses the application as a person chose: palettes and colours are in gui/look/theme.h.

#include <QtGlobal>

namespace seedbed {

/// The choice of View > Theme.
enum class ThemeChoice : quint8 { System, Light, Dark, HighContrast };

/// Sets the application's style, palette and icons. To be called first before any widget is made.
/// Thread: GUI thread.
void applyTheme(ThemeChoice choice);

} // namespace seedbed
