// SPDX-License-Identifier: MIT
#pragma once

// A package of 3 x 5,000 rows, and the runs that insert them.

#include "found.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace seedbed {

/// A package, and a folder for its databases, which can be made anew: users, products, and orders that refer to both.
class Shop final
{
public:
    static constexpr int RowCount = 5000; ///< of each table
    static constexpr int AllRows = 3 * RowCount;

    Shop();

    [[nodiscard]] bool isReady() const { return m_isReady && m_into->isValid(); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString into() const { return m_into->path(); }
    [[nodiscard]] QString path(const QString &table) const { return m_into->filePath(table + QStringLiteral(".db")); }
    [[nodiscard]] const QList<GivenTable> &tables() const { return m_tables; }
    void clear() { m_into = std::make_unique<QTemporaryDir>(m_folder.filePath(QStringLiteral("into"))); }

    /// Starts a run with all of the log, and a report as JSON.
    void start(QProcess &process) const;
    /// What the databases hold.
    [[nodiscard]] Found found() const { return Found(into(), m_tables); }
    /// What is wrong at the end of a run that was started, and that is to leave all of the rows in the databases.
    [[nodiscard]] QStringList wrongAfter(QProcess &process) const;

private:
    QList<GivenTable> m_tables;
    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_into;
    bool m_isReady = false;
};

} // namespace seedbed
