// SPDX-License-Identifier: MIT
#include "gui/window/thememenu.h"
#include "gui/look/applytheme.h"

#include <QActionGroup>
#include <QCoreApplication>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ThemeMenu)
};

void addChoice(QActionGroup &group, Settings &settings, ThemeChoice choice, const QString &text, const QString &name)
{
    QAction *action = group.addAction(text);
    action->setObjectName(name);
    action->setCheckable(true);
    action->setChecked(settings.theme() == choice);
    QObject::connect(action, &QAction::triggered, &group, [&settings, choice] {
        settings.setTheme(choice);
        applyTheme(choice);
    });
}

} // namespace

void fillThemeMenu(QMenu &menu, Settings &settings)
{
    auto *group = new QActionGroup(&menu);
    addChoice(*group, settings, ThemeChoice::System, Text::tr("&System"), QStringLiteral("systemThemeAction"));
    addChoice(*group, settings, ThemeChoice::Light, Text::tr("&Light"), QStringLiteral("lightThemeAction"));
    addChoice(*group, settings, ThemeChoice::Dark, Text::tr("&Dark"), QStringLiteral("darkThemeAction"));
    addChoice(*group, settings, ThemeChoice::HighContrast, Text::tr("&High Contrast"),
              QStringLiteral("contrastThemeAction"));
    menu.addActions(group->actions());
}

} // namespace seedbed
