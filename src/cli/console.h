// SPDX-License-Identifier: MIT
#pragma once

// What the command says on standard error: log lines, errors, and on a terminal a line of progress. The report is
// not its business: that goes to standard output.

#include "cli/settings.h"
#include "insertion/runprogress.h"

#include <QString>

namespace seedbed {

/// The line that shows how far a run is: "Inserting: 21 of 30 rows, 9 in flight, 2 waits for a lock".
[[nodiscard]] QString progressLine(const RunUpdate &update);

/// Standard error.
/// Thread: the main thread.
class Console final
{
public:
    explicit Console(Verbosity verbosity);
    ~Console();
    Q_DISABLE_COPY_MOVE(Console)

    /// Prints the new lines of the log, as far as they are wanted, and redraws the progress.
    void show(const RunUpdate &update);

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
    QString m_progress; // the line that stands there
};

} // namespace seedbed
