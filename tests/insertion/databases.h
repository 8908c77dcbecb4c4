// SPDX-License-Identifier: MIT
#pragma once

// Looking into databases from tests, and holding them from another process.

#include "insertion/sqlite/sqliteconnection.h"

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTest>

namespace seedbed {

/// The rows that \a sql answers in the database at \a path, columns joined by '|'.
inline QStringList ask(const QString &path, const QString &sql)
{
    SqliteConnection connection(path, SqliteConnection::Mode::Look);
    SqliteStatement statement(connection, sql);
    QStringList rows;
    while (statement.status().isOk() && statement.step()) {
        QStringList cells;
        for (int column = 0; column < statement.columnCount(); ++column)
            cells += statement.cell(column).storage == StoredCell::Storage::Null
                ? QStringLiteral("NULL")
                : QString::fromUtf8(statement.text(column));
        rows += cells.join(u'|');
    }
    return statement.status().isOk() ? rows : QStringList(statement.status().message);
}

/// The journal mode of the database at \a path.
inline QString journalMode(const QString &path)
{
    SqliteConnection connection(path, SqliteConnection::Mode::ReadWrite);
    QString mode;
    (void)connection.ask(QStringLiteral("PRAGMA journal_mode"), mode);
    return mode;
}

/// Runs statements on the database at \a path, which is created if absent. Whether all went well.
inline bool execute(const QString &path, const QStringList &statements)
{
    SqliteConnection connection(path, SqliteConnection::Mode::Create);
    for (const QString &sql : statements) {
        const SqliteStatus status = connection.execute(sql);
        if (!status.isOk()) {
            qInfo("%s: %s", qPrintable(sql), qPrintable(status.message));
            return false;
        }
    }
    return true;
}

/// A process of its own that holds a lock on a database: the sqlite3 shell.
class ForeignProcess final
{
public:
    /// Starts and takes the lock by \a sql ("BEGIN IMMEDIATE"); holds() tells whether it worked.
    ForeignProcess(const QString &path, const QString &sql)
    {
        // It waits for whoever reads just now, and says nothing where a statement failed all the same.
        m_shell.start(QStringLiteral("sqlite3"), { QStringLiteral("-batch"), QStringLiteral("-bail"), path });
        m_shell.write(".timeout 10000\n" + sql.toUtf8() + ";\n.print held\n");
        while (!m_output.contains("held") && m_shell.waitForReadyRead(10000))
            m_output += m_shell.readAllStandardOutput();
    }
    ~ForeignProcess() { release(); }
    Q_DISABLE_COPY_MOVE(ForeignProcess)

    [[nodiscard]] bool holds() const { return m_output.contains("held"); }

    /// Ends the process as a crash would.
    void kill()
    {
        m_shell.kill();
        m_shell.waitForFinished();
    }

    void release()
    {
        if (m_shell.state() == QProcess::NotRunning)
            return;
        m_shell.write("ROLLBACK;\n.quit\n");
        m_shell.waitForFinished();
    }

private:
    QProcess m_shell;
    QByteArray m_output;
};

} // namespace seedbed
