// SPDX-License-Identifier: MIT
#pragma once

// What a run left in its databases, beside what it was given and what it said. It is seen in a copy of their folder:
// whoever opens a database mends what a crash left of it, and that is for the next run of Seedbed to do.

#include "cli/commandrunner.h"

#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>

namespace seedbed {

/// A table of a package, as its database is to show it in the end. The key of a row is its number, from 1.
struct GivenTable {
    QString name;
    QStringList rows {};           ///< the cells parted by '|', the key first
    QMap<int, QString> parents {}; ///< by the number of a column, from 0: the table whose keys it refers to

    /// The rows as a CSV file.
    [[nodiscard]] QByteArray csv(const QByteArray &header) const;
};

/// What the databases of a folder hold now.
class Found final
{
public:
    Found(const QString &folder, const QList<GivenTable> &given);

    [[nodiscard]] QSet<int> keys(const QString &table) const { return m_keys.value(table); }
    [[nodiscard]] qsizetype count() const;

    /// Files that are damaged, rows that were not given so or are there twice, and such as refer to nothing.
    [[nodiscard]] QStringList wrong() const;
    /// Rows that the log says were committed and that are not there.
    [[nodiscard]] QStringList lost(const QByteArray &log) const;
    /// What a report, or its absence, says that is not so.
    [[nodiscard]] QStringList untrue(const CommandResult &result) const;
    /// Tables that have not all of their rows.
    [[nodiscard]] QStringList missing() const;

private:
    void read(const QString &folder, const QString &table);
    [[nodiscard]] QStringList wrongIn(const GivenTable &table) const;

    const QList<GivenTable> m_given;
    QMap<QString, QStringList> m_rows;
    QMap<QString, QSet<int>> m_keys;
    QStringList m_damages;
};

} // namespace seedbed
