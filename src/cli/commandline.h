// SPDX-License-Identifier: MIT
#pragma once

// What a command is, and how a command line is understood: into an invocation, or an error with a hint. What the
// commands do is their own business, in runcommand.h.

#include "cli/settings.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <tl/expected.hpp>

namespace seedbed {

/// Something like "--workers N" or "--quiet".
/// Thread: any (a value).
struct Option {
    QString name;        ///< with its dashes: "--workers"
    QString valueName;   ///< "N"; empty for an option without a value
    QString description; ///< for the help
    QString expects;     ///< what its value must be: "a whole number from 1 to 64"; empty where anything will do
    /// Puts the value into the settings; returns whether it is one that is expected.
    std::function<bool(const QString &value, Settings &settings)> apply;
};

/// A command is a name, a description, its options, and a function.
/// Thread: any (a value).
struct Command {
    QString name;
    QString description; ///< a sentence
    QList<Option> options;
    std::function<int(const Settings &settings)> execute; ///< returns the exit status
};

/// What is to be done.
/// Thread: any (a value).
struct Invocation {
    enum class Action : quint8 { Execute, ShowHelp, ShowVersion };

    Action action = Action::Execute;
    qsizetype command = -1; ///< position in the commands; -1 for the program as a whole
    Settings settings;
};

/// Why a command line is not understood, in a sentence with a hint what to do.
/// Thread: any (a value).
struct UsageError {
    QString message;
};

/// Understands \a arguments (without the program's own name). Options may stand anywhere after the command, as
/// "--name value" or "--name=value"; of one that comes twice the last holds; after "--" there are no options.
[[nodiscard]] tl::expected<Invocation, UsageError> parseCommandLine(const QStringList &arguments,
                                                                    const QList<Command> &commands);

/// The help of the program, lines ending in \n.
[[nodiscard]] QString helpText(const QList<Command> &commands);

/// The help of one command, lines ending in \n.
[[nodiscard]] QString helpText(const Command &command);

/// The one of \a candidates that is most like \a word, or nothing where none is near enough to be meant.
[[nodiscard]] QString nearest(const QString &word, const QStringList &candidates);

} // namespace seedbed
