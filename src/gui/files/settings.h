// SPDX-License-Identifier: MIT
#pragma once

// What is remembered from one start to the next, by name and type.

#include "base/readlimits.h"
#include "gui/look/applytheme.h"
#include "package/package.h"
#include "validation/conflictpolicy.h"

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace seedbed {

/// The program's settings; they are kept in the file of \a store, which nobody but its owner may read.
/// Thread: GUI thread.
class Settings final
{
public:
    /// \a dataFolder: for what is kept beside the settings; empty: among the user's application data.
    explicit Settings(QSettings &store, const QString &dataFolder = {});

    /// Where unsaved edits are kept.
    [[nodiscard]] QString recoveryFolder() const;

    /// The saved state of a window or splitter, by its object name; empty where there is none.
    [[nodiscard]] QByteArray layout(const QString &name) const;
    void setLayout(const QString &name, const QByteArray &state);

    /// How the columns of a table were left, by names that its grid gives; empty where they were not.
    [[nodiscard]] QVariantMap columns(const Package &package, const Resource &resource) const;
    void setColumns(const Package &package, const Resource &resource, const QVariantMap &columns);

    /// The descriptors of the packages that were shown last, the latest first, 10 at most.
    [[nodiscard]] QStringList recentPackages() const;
    void addRecentPackage(const QString &descriptorPath);
    void clearRecentPackages();

    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);

    /// What is to become of rows that are in the databases with other values.
    [[nodiscard]] ConflictPolicy onConflict() const;
    void setOnConflict(ConflictPolicy policy);

    /// The folder that was chosen for the databases of a package. If none was: the package's own folder, and for the
    /// sample one among the user's application data.
    [[nodiscard]] QString target(const Package &package) const;
    void setTarget(const Package &package, const QString &folder);

    /// How files were imported into a table of a package; empty where none was.
    [[nodiscard]] QVariantMap importChoices(const Package &package, const QString &resource) const;
    void setImportChoices(const Package &package, const QString &resource, const QVariantMap &choices);

    /// What is said for this start alone: nothing of it is remembered.
    [[nodiscard]] const ReadLimits &readLimits() const { return m_readLimits; }
    void setReadLimits(const ReadLimits &limits) { m_readLimits = limits; }

private:
    QSettings &m_store;
    QString m_dataFolder;
    ReadLimits m_readLimits;
};

} // namespace seedbed
