// SPDX-License-Identifier: MIT
#include "cli/console.h"

#include "report/printable.h"

#include <QCoreApplication>

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

namespace seedbed {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(seedbed::Console)
};

QString levelName(LogEntry::Level level)
{
    switch (level) {
    case LogEntry::Level::Debug:
        return Texts::tr("debug");
    case LogEntry::Level::Info:
        return Texts::tr("info");
    case LogEntry::Level::Warning:
        return Texts::tr("warning");
    case LogEntry::Level::Error:
        return Texts::tr("error");
    }
    return {};
}

QString phaseName(RunUpdate::Phase phase)
{
    switch (phase) {
    case RunUpdate::Phase::Starting:
        return Texts::tr("Starting");
    case RunUpdate::Phase::Checking:
        return Texts::tr("Checking the databases");
    case RunUpdate::Phase::Validating:
        return Texts::tr("Validating");
    case RunUpdate::Phase::Inserting:
        return Texts::tr("Inserting");
    case RunUpdate::Phase::Closing:
        return Texts::tr("Closing the databases");
    case RunUpdate::Phase::Done:
        return Texts::tr("Done");
    }
    return {};
}

int terminalWidth()
{
    winsize size {};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

QString progressLine(const RunUpdate &update)
{
    if (update.phase != RunUpdate::Phase::Inserting)
        return phaseName(update.phase);
    qsizetype read = 0;
    qsizetype decided = 0;
    qsizetype retries = 0;
    int inFlight = 0;
    for (const TableProgress &table : update.tables) {
        read += table.read;
        decided += table.counts.sum();
        retries += table.lockRetries;
        inFlight += table.inFlight;
    }
    QString line = Texts::tr("Inserting: %1 of %2 rows, %3 in flight").arg(decided).arg(read).arg(inFlight);
    if (retries > 0)
        line += Texts::tr(", %1 waits for a lock").arg(retries);
    return line;
}

Console::Console(Verbosity verbosity)
    : m_verbosity(verbosity)
    , m_hasTerminal(isatty(STDERR_FILENO) == 1 && qgetenv("TERM") != "dumb")
{
}

Console::~Console()
{
    clearProgress();
}

void Console::show(const RunUpdate &update)
{
    for (const LogEntry &entry : update.log) {
        if (!isWanted(entry.level) || (entry.isInReport && m_verbosity != Verbosity::Verbose))
            continue;
        clearProgress();
        const QString time = m_verbosity == Verbosity::Verbose
            ? entry.time.toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz ")) : QString();
        write(QStringLiteral("%1%2: %3\n").arg(time, levelName(entry.level), printable(entry.text)));
    }
    if (!m_hasTerminal || m_verbosity == Verbosity::Quiet)
        return;
    const QString line = progressLine(update).left(terminalWidth() - 1);
    if (line != m_progress)
        write(QStringLiteral("\r%1\x1b[K").arg(line));
    m_progress = line;
}

void Console::note(const QString &text)
{
    if (m_verbosity == Verbosity::Quiet)
        return;
    clearProgress();
    write(printable(text) + QLatin1Char('\n'));
}

void Console::error(const QString &text)
{
    clearProgress();
    write(Texts::tr("seedbed-cli: %1").arg(printable(text)) + QLatin1Char('\n'));
}

void Console::clearProgress()
{
    if (!m_progress.isEmpty())
        write(QStringLiteral("\r\x1b[K"));
    m_progress.clear();
}

void Console::write(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

bool Console::isWanted(LogEntry::Level level) const
{
    switch (m_verbosity) {
    case Verbosity::Quiet:
        return false;
    case Verbosity::Normal:
        return level >= LogEntry::Level::Warning;
    case Verbosity::Verbose:
        return true;
    }
    return true;
}

} // namespace seedbed
