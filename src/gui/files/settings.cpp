// SPDX-License-Identifier: MIT
#include "gui/files/settings.h"

#include "gui/files/ownfolder.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace seedbed {

namespace {

const QString ThemeKey = QStringLiteral("theme");
const QString ColumnsKey = QStringLiteral("columns"); // maps by package and table
const QString RecentKey = QStringLiteral("recentPackages");
constexpr qsizetype MostRecent = 10;
const QString OnConflictKey = QStringLiteral("onConflict");
const QString TargetsKey = QStringLiteral("targets"); // a map, since a path is no key
const QString ImportsKey = QStringLiteral("imports"); // a map of maps: packages, and in each its tables

/// QSettings keeps the permissions of a file that is there.
void keepFromOthers(const QString &path)
{
    makeOwnFolder(QFileInfo(path).path());
    const QByteArray name = QFile::encodeName(path);
    constexpr mode_t Owner = S_IRUSR | S_IWUSR;
    if (const int file = ::open(name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, Owner); file >= 0)
        ::close(file);
    struct stat facts {
    };
    if (::lstat(name.constData(), &facts) == 0 && S_ISREG(facts.st_mode)) // what a link leads to is left alone
        (void)::chmod(name.constData(), Owner);
}

QString layoutKey(const QString &name)
{
    return QStringLiteral("layout/") + name;
}

} // namespace

Settings::Settings(QSettings &store, const QString &dataFolder)
    : m_store(store)
    , m_dataFolder(dataFolder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                        : dataFolder)
{
    keepFromOthers(store.fileName());
}

QString Settings::recoveryFolder() const
{
    return m_dataFolder + QStringLiteral("/recovery");
}

QByteArray Settings::layout(const QString &name) const
{
    return m_store.value(layoutKey(name)).toByteArray();
}

void Settings::setLayout(const QString &name, const QByteArray &state)
{
    m_store.setValue(layoutKey(name), state);
}

QVariantMap Settings::columns(const Package &package, const Resource &resource) const
{
    return m_store.value(ColumnsKey).toMap().value(package.descriptorPath).toMap().value(resource.name).toMap();
}

void Settings::setColumns(const Package &package, const Resource &resource, const QVariantMap &columns)
{
    QVariantMap all = m_store.value(ColumnsKey).toMap();
    QVariantMap tables = all.value(package.descriptorPath).toMap();
    if (tables.value(resource.name).toMap() == columns)
        return;
    tables.insert(resource.name, columns);
    all.insert(package.descriptorPath, tables);
    m_store.setValue(ColumnsKey, all);
}

QStringList Settings::recentPackages() const
{
    return m_store.value(RecentKey).toStringList();
}

void Settings::addRecentPackage(const QString &descriptorPath)
{
    QStringList paths = recentPackages();
    paths.removeAll(descriptorPath);
    paths.prepend(descriptorPath);
    m_store.setValue(RecentKey, paths.first(std::min(MostRecent, paths.size())));
}

void Settings::clearRecentPackages()
{
    m_store.remove(RecentKey);
}

ThemeChoice Settings::theme() const
{
    const QString name = m_store.value(ThemeKey).toString();
    if (name == QLatin1String("light"))
        return ThemeChoice::Light;
    if (name == QLatin1String("high contrast"))
        return ThemeChoice::HighContrast;
    return name == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return m_store.setValue(ThemeKey, QStringLiteral("system"));
    case ThemeChoice::Light:
        return m_store.setValue(ThemeKey, QStringLiteral("light"));
    case ThemeChoice::Dark:
        return m_store.setValue(ThemeKey, QStringLiteral("dark"));
    case ThemeChoice::HighContrast:
        return m_store.setValue(ThemeKey, QStringLiteral("high contrast"));
    }
}

ConflictPolicy Settings::onConflict() const
{
    return conflictPolicyNamed(m_store.value(OnConflictKey).toString()).value_or(ConflictPolicy::Skip);
}

void Settings::setOnConflict(ConflictPolicy policy)
{
    m_store.setValue(OnConflictKey, QString(nameOf(policy)));
}

QString Settings::target(const Package &package) const
{
    const QString chosen = m_store.value(TargetsKey).toMap().value(package.descriptorPath).toString();
    if (!chosen.isEmpty())
        return chosen;
    if (package.isBuiltIn())
        return m_dataFolder + QLatin1Char('/') + package.name;
    return package.folder();
}

void Settings::setTarget(const Package &package, const QString &folder)
{
    QVariantMap targets = m_store.value(TargetsKey).toMap();
    targets.insert(package.descriptorPath, folder);
    m_store.setValue(TargetsKey, targets);
}

QVariantMap Settings::importChoices(const Package &package, const QString &resource) const
{
    return m_store.value(ImportsKey).toMap().value(package.descriptorPath).toMap().value(resource).toMap();
}

void Settings::setImportChoices(const Package &package, const QString &resource, const QVariantMap &choices)
{
    QVariantMap packages = m_store.value(ImportsKey).toMap();
    QVariantMap tables = packages.value(package.descriptorPath).toMap();
    tables.insert(resource, choices);
    packages.insert(package.descriptorPath, tables);
    m_store.setValue(ImportsKey, packages);
}

} // namespace seedbed
