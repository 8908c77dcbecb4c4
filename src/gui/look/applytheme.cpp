// SPDX-License-Identifier: MIT
#include "gui/look/applytheme.h"

#include "gui/look/contraststyle.h"
#include "gui/look/theme.h"

#include <QApplication>
#include <QIcon>
#include <QToolTip>

// Resources of a static library are linked in only if they are called for; the macro wants no namespace around it.
static void registerIcons()
{
    Q_INIT_RESOURCE(gui);
}

namespace seedbed {

void applyTheme(ThemeChoice choice)
{
    registerIcons();
    static const bool systemIsDark = isDark(QApplication::palette());
    static const QString systemIcons = QIcon::themeName();
    const bool contrast = choice == ThemeChoice::HighContrast;
    if (!qobject_cast<QuietStyle *>(QApplication::style())
        || contrast != (qobject_cast<ContrastStyle *>(QApplication::style()) != nullptr))
        QApplication::setStyle(contrast ? new ContrastStyle : new QuietStyle);
    const bool dark = choice == ThemeChoice::Dark || contrast || (choice == ThemeChoice::System && systemIsDark);
    const QString icons = dark ? QStringLiteral("breeze-dark") : QStringLiteral("breeze");
    const bool hasSystemIcons = !systemIcons.isEmpty() && systemIcons != QLatin1String("hicolor");
    QIcon::setFallbackThemeName(icons);
    // Icons drawn for the desktop's own ground cannot be read on the opposite one.
    QIcon::setThemeName(hasSystemIcons && dark == systemIsDark ? systemIcons : icons);
    QApplication::setPalette(contrast ? contrastPalette() : dark ? darkPalette() : lightPalette());
    QToolTip::setPalette(QApplication::palette());
}

} // namespace seedbed
