// SPDX-License-Identifier: MIT
#pragma once

// What the command says on standard error: log lines, errors, and on a terminal a line of progress. The report is
// not its business: that goes to standard output.

#include "cli/progressline.h"
#include "cli/settings.h"
#include "insertion/runprogress.h"

#include <QElapsedTimer>
#include <QList>
#include <QString>

namespace seedbed {

/// Standard error.
/// Thread: the main thread.
class Console final
{
public:
    explicit Console(Verbosity verbosity);
    ~Console();
    Q_DISABLE_COPY_MOVE(Console)

    /// Prints new lines of the log, as far as they are wanted.
    void showLog(const QList<LogEntry> &log);

    /// Redraws the line of progress: on a terminal, unless quiet, and only once this has lived long enough for a person
    /// to wonder.
    void showProgress(const Step &step);

    /// Prints a line, unless quiet.
    void note(const QString &text);

    /// Prints an error, always: the exit status alone would not say what to do.
    void error(const QString &text);

    /// Takes the line of progress away.
    void clearProgress();

private:
    void write(const QString &text);
    [[nodiscard]] bool isWanted(LogEntry::Level level) const;

    Verbosity m_verbosity;
    bool m_hasTerminal;
    QElapsedTimer m_clock;
    ProgressLine m_line;
    QString m_progress; // the line that stands there
};

} // namespace seedbed
