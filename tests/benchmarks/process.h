// SPDX-License-Identifier: MIT
#pragma once

// Runs programs and says what they took. Linux only, as wait4 is asked for the memory.

#include "measured.h"

#include <QList>
#include <QStringList>

namespace seedbed {

/// A program with its arguments. What it prints goes to \a log, which is written anew.
struct Command {
    QStringList words;
    QString log;
    bool mayFail = false; ///< another exit status than 0 is no reason to stop: rows that are wrong on purpose
};

/// What programs took that ran together: from the start of the first to the end of the last.
struct Usage {
    double seconds = 0;
    double cpuSeconds = 0; ///< user and system, of all
    double peakBytes = 0;  ///< resident set, of the largest
};

/// Starts all at once and waits for all. What earlier programs left to be written to the disk is written before the
/// clock starts, so that nobody pays for another.
[[nodiscard]] Measured<Usage> runTogether(const QList<Command> &commands);

/// Interrupts a program (SIGINT, as Ctrl+C does) after some seconds.
struct Interruption {
    double seconds = 0;   ///< from the signal to its end
    bool wasOver = false; ///< it had ended by itself before
};
[[nodiscard]] Measured<Interruption> interrupt(const Command &command, double afterSeconds);

[[nodiscard]] QByteArray fileText(const QString &path);

} // namespace seedbed
