// SPDX-License-Identifier: MIT
#include "commandrunner.h"
#include "testpaths.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace seedbed {

namespace {

constexpr int PatienceMs = 120'000; // sanitizers on a busy machine are slow

const char *statementsOf(ForeignLock::Kind kind)
{
    switch (kind) {
    case ForeignLock::Kind::Immediate:
        return "BEGIN IMMEDIATE;\n";
    case ForeignLock::Kind::Exclusive:
        return "BEGIN EXCLUSIVE;\n";
    case ForeignLock::Kind::Reader:
        return "BEGIN; SELECT count(*) FROM sqlite_master;\n";
    }
    Q_UNREACHABLE();
}

} // namespace

QJsonObject CommandResult::json() const
{
    return QJsonDocument::fromJson(out).object();
}

void prepareCli(QProcess &process, const QStringList &arguments, const QString &folder)
{
    process.setProgram(QStringLiteral(SEEDBED_CLI));
    process.setArguments(arguments);
    process.setWorkingDirectory(folder);
}

CommandResult waitFor(QProcess &process)
{
    // It may have ended while events were handled: then there is nothing to wait for.
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(PatienceMs)) {
        process.kill();
        process.waitForFinished();
        return { -1, process.readAllStandardOutput(), process.readAllStandardError() };
    }
    const bool hasEnded = process.error() != QProcess::FailedToStart && process.exitStatus() == QProcess::NormalExit;
    const int status = hasEnded ? process.exitCode() : -1;
    return { status, process.readAllStandardOutput(), process.readAllStandardError() };
}

CommandResult runCli(const QStringList &arguments, const QString &folder)
{
    QProcess process;
    prepareCli(process, arguments, folder);
    process.start(QIODevice::ReadOnly);
    return waitFor(process);
}

RunningCli::RunningCli(const QStringList &arguments, const QString &folder)
{
    prepareCli(m_process, arguments, folder);
    QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process,
                     [this] { m_err += m_process.readAllStandardError(); });
    m_process.start(QIODevice::ReadOnly);
}

QByteArray RunningCli::asHolder() const
{
    return "seedbed-cli (process " + QByteArray::number(m_process.processId()) + " on ";
}

CommandResult RunningCli::wait()
{
    CommandResult result = waitFor(m_process);
    result.err = m_err + result.err;
    return result;
}

QString sqlite(const QString &database, const QString &sql)
{
    QProcess shell;
    shell.start(QStringLiteral("sqlite3"), { QStringLiteral("-bail"), database, sql });
    const CommandResult result = waitFor(shell);
    return QString::fromUtf8(result.out + result.err).trimmed();
}

QJsonObject tableOf(const QJsonObject &report, const QString &resource)
{
    const QJsonArray tables = report.value(QStringLiteral("tables")).toArray();
    for (const QJsonValue &table : tables) {
        if (table[QStringLiteral("resource")].toString() == resource)
            return table.toObject();
    }
    return {};
}

QStringList sampleCounts(const QString &folder)
{
    QStringList counts;
    for (const QString &table : { QStringLiteral("users"), QStringLiteral("products"), QStringLiteral("orders") }) {
        counts += sqlite(QStringLiteral("%1/%2.db").arg(folder, table),
                         QStringLiteral("SELECT count(*), count(DISTINCT id) FROM ") + table);
    }
    return counts;
}

QStringList everyRowOnce()
{
    return { QStringLiteral("8|8"), QStringLiteral("9|9"), QStringLiteral("7|7") };
}

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList databasesIn(const QString &folder)
{
    return QDir(folder).entryList({ QStringLiteral("*.db*") }, QDir::Files, QDir::Name);
}

ForeignLock::ForeignLock(const QString &database, Kind kind)
{
    m_shell.start(QStringLiteral("sqlite3"), { QStringLiteral("-bail"), database });
    // The shell keeps back what it prints itself while its output is no terminal; a child of it does not.
    m_shell.write(".timeout 10000\n"); // for whoever reads just now
    m_shell.write(statementsOf(kind));
    m_shell.write(".shell echo held\n");
    QByteArray said;
    while (!said.contains("held") && m_shell.waitForReadyRead(PatienceMs))
        said += m_shell.readAllStandardOutput();
    m_isHeld = said.contains("held");
    if (!m_isHeld)
        m_shell.kill();
}

ForeignLock::~ForeignLock()
{
    release();
}

void ForeignLock::release()
{
    if (m_isHeld)
        beginRelease();
    if (m_shell.state() != QProcess::NotRunning)
        m_shell.waitForFinished(PatienceMs);
}

void ForeignLock::beginRelease()
{
    m_shell.write("ROLLBACK;\n.quit\n");
    m_shell.closeWriteChannel();
    m_isHeld = false;
}

} // namespace seedbed
