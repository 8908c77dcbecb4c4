// SPDX-License-Identifier: MIT
#include "commandrunner.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace seedbed {

namespace {

constexpr int PatienceMs = 120'000; // sanitizers on a busy machine are slow

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
    if (!process.waitForFinished(PatienceMs)) {
        process.kill();
        process.waitForFinished();
        return { -1, process.readAllStandardOutput(), process.readAllStandardError() };
    }
    const int status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return { status, process.readAllStandardOutput(), process.readAllStandardError() };
}

CommandResult runCli(const QStringList &arguments, const QString &folder)
{
    QProcess process;
    prepareCli(process, arguments, folder);
    process.start(QIODevice::ReadOnly);
    return waitFor(process);
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
    m_shell.write(kind == Kind::Immediate ? "BEGIN IMMEDIATE;\n" : "BEGIN EXCLUSIVE;\n");
    m_shell.write(".shell echo held\n");
    QByteArray said;
    while (!said.contains("held") && m_shell.waitForReadyRead(PatienceMs))
        said += m_shell.readAllStandardOutput();
    m_isHeld = said.contains("held");
}

ForeignLock::~ForeignLock()
{
    release();
}

void ForeignLock::release()
{
    if (m_shell.state() == QProcess::NotRunning)
        return;
    m_shell.write("ROLLBACK;\n.quit\n");
    m_shell.closeWriteChannel();
    m_shell.waitForFinished(PatienceMs);
    m_isHeld = false;
}

} // namespace seedbed
