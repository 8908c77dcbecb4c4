// SPDX-License-Identifier: MIT
#include "gui/files/recentmenu.h"

#include "gui/files/fileactions.h"
#include "gui/look/pathtext.h"
#include "gui/look/theme.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(RecentMenu)
};

/// The folder is what tells packages apart: nearly all of their descriptors have the same name.
QString entryText(int number, const QString &descriptorPath)
{
    const QFileInfo file(descriptorPath);
    const bool isUsual = file.fileName() == QLatin1String("datapackage.json");
    const QString path =
        pathText(isUsual ? file.path() : descriptorPath).replace(QLatin1Char('&'), QLatin1String("&&"));
    return number < 10 ? Text::tr("&%1  %2", "number and path").arg(QString::number(number), path) : path;
}

void refill(QMenu &menu, FileActions &files, Settings &settings)
{
    menu.clear();
    const QStringList paths = settings.recentPackages();
    for (int i = 0; i < paths.size(); ++i) {
        const QString path = paths.at(i);
        QAction *action = menu.addAction(entryText(i + 1, path));
        const bool isThere = QFileInfo::exists(path);
        action->setEnabled(isThere);
        action->setToolTip(plainToolTip(isThere ? path : Text::tr("%1 is not there any more").arg(path)));
        QObject::connect(action, &QAction::triggered, &files,
                         [&files, path] { files.whenSafe([&files, path] { files.openPackage(path); }); });
    }
    if (paths.isEmpty())
        menu.addAction(Text::tr("Packages that you open or save are listed here"))->setEnabled(false);
    menu.addSeparator();
    QAction *clear = menu.addAction(Text::tr("&Clear"));
    clear->setObjectName(QStringLiteral("clearRecentAction"));
    clear->setEnabled(!paths.isEmpty());
    QObject::connect(clear, &QAction::triggered, &menu, [&settings] { settings.clearRecentPackages(); });
}

} // namespace

void fillRecentMenu(QMenu &menu, FileActions &files, const Document &document, Settings &settings)
{
    const auto note = [&document, &settings] {
        if (!document.package().isBuiltIn())
            settings.addRecentPackage(document.package().descriptorPath);
    };
    QObject::connect(&files, &FileActions::opened, &menu, note);
    QObject::connect(&files, &FileActions::saved, &menu, note);
    QObject::connect(&menu, &QMenu::aboutToShow, &menu, [&menu, &files, &settings] { refill(menu, files, settings); });
}

} // namespace seedbed
