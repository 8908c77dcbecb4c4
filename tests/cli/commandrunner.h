// SPDX-License-Identifier: MIT
#pragma once

// Runs seedbed-cli and the sqlite3 shell as processes of their own, as a user or another program would.

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace seedbed {

/// How a process ended.
struct CommandResult {
    int status = -1; ///< the exit status; -1: it crashed or did not end
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject json() const; ///< of `out`; empty where that is no JSON object
};

/// Sets seedbed-cli up to be started with \a arguments in \a folder.
void prepareCli(QProcess &process, const QStringList &arguments, const QString &folder);

/// Waits for the end of a process that was started.
[[nodiscard]] CommandResult waitFor(QProcess &process);

/// Runs seedbed-cli in \a folder to its end.
[[nodiscard]] CommandResult runCli(const QStringList &arguments, const QString &folder);

/// seedbed-cli under way, its standard error collected as it comes.
class RunningCli final
{
public:
    RunningCli(const QStringList &arguments, const QString &folder);
    Q_DISABLE_COPY_MOVE(RunningCli)

    [[nodiscard]] const QByteArray &err() const { return m_err; }
    [[nodiscard]] const QProcess &process() const { return m_process; }
    /// What it is called by those that wait for it.
    [[nodiscard]] QByteArray asHolder() const;
    /// Waits for its end.
    [[nodiscard]] CommandResult wait();

private:
    QProcess m_process;
    QByteArray m_err;
};

/// What the sqlite3 shell prints for \a sql, without the last line break; what went wrong, where something did.
[[nodiscard]] QString sqlite(const QString &database, const QString &sql);

/// The table of a JSON report with this resource; empty where there is none.
[[nodiscard]] QJsonObject tableOf(const QJsonObject &report, const QString &resource);

/// The sample's users, products and orders in the databases of a folder: "ROWS|KEYS" of each, as many keys as differ.
[[nodiscard]] QStringList sampleCounts(const QString &folder);
/// The same where every right row is there once.
[[nodiscard]] QStringList everyRowOnce();

[[nodiscard]] bool writeFile(const QString &path, const QByteArray &bytes);
[[nodiscard]] QByteArray readFile(const QString &path);

/// The names of the *.db files in a folder.
[[nodiscard]] QStringList databasesIn(const QString &folder);

/// Another program in the middle of a transaction: while it lives, it holds a lock of a database.
class ForeignLock final
{
public:
    enum class Kind : quint8 {
        Immediate, ///< others may read
        Exclusive, ///< others may not even read
        Reader,    ///< it reads: others may read, and write nothing into the file while it does
    };

    explicit ForeignLock(const QString &database, Kind kind = Kind::Immediate);
    ~ForeignLock();
    Q_DISABLE_COPY_MOVE(ForeignLock)

    [[nodiscard]] bool isHeld() const { return m_isHeld; }
    /// Has it let go; returns when it has.
    void release();
    /// The same; returns at once.
    void beginRelease();

private:
    QProcess m_shell;
    bool m_isHeld = false;
};

} // namespace seedbed
