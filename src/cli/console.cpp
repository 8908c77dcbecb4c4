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

int terminalWidth()
{
    winsize size {};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

Console::Console(Verbosity verbosity)
    : m_verbosity(verbosity)
    , m_hasTerminal(isatty(STDERR_FILENO) == 1 && qgetenv("TERM") != "dumb")
{
    m_clock.start();
}

Console::~Console()
{
    clearProgress();
}

void Console::showLog(const QList<LogEntry> &log)
{
    for (const LogEntry &entry : log) {
        if (!isWanted(entry.level) || (entry.isInReport && m_verbosity != Verbosity::Verbose))
            continue;
        clearProgress();
        const QString time = m_verbosity == Verbosity::Verbose
            ? entry.time.toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz "))
            : QString();
        write(QStringLiteral("%1%2: %3\n").arg(time, levelName(entry.level), printable(entry.text)));
    }
}

void Console::showProgress(const Step &step)
{
    // What is done at once needs no bar, and a line that comes and goes is a nuisance.
    constexpr std::chrono::milliseconds Patience(300);
    if (!m_hasTerminal || m_verbosity == Verbosity::Quiet)
        return;
    const std::chrono::milliseconds now(m_clock.elapsed());
    const QString line = m_line.text(step, now, terminalWidth() - 1);
    if (now < Patience)
        return;
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
