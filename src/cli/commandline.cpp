// SPDX-License-Identifier: MIT
#include "cli/commandline.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <vector>

namespace seedbed {

namespace {

struct CommandLine {
    Q_DECLARE_TR_FUNCTIONS(seedbed::CommandLine)
};

tl::unexpected<UsageError> usageError(const QString &message)
{
    return tl::unexpected<UsageError>(UsageError { message });
}

QString helpHint(const QString &command)
{
    return command.isEmpty() ? CommandLine::tr("See seedbed-cli --help.")
                             : CommandLine::tr("See seedbed-cli %1 --help.").arg(command);
}

QStringList namesOf(const QList<Command> &commands)
{
    QStringList names;
    for (const Command &command : commands)
        names.append(command.name);
    return names;
}

UsageError unknownCommand(const QString &word, const QList<Command> &commands)
{
    const QString near = nearest(word, namesOf(commands));
    if (!near.isEmpty())
        return { CommandLine::tr("unknown command \"%1\"; did you mean \"%2\"?").arg(word, near) };
    return { CommandLine::tr("unknown command \"%1\"; the commands are: %2. %3")
                 .arg(word, namesOf(commands).join(QStringLiteral(", ")), helpHint({})) };
}

UsageError unknownOption(const QString &name, const Command &command)
{
    QStringList names { QStringLiteral("--help"), QStringLiteral("--version") };
    for (const Option &option : command.options)
        names.append(option.name);
    const QString near = nearest(name, names);
    if (!near.isEmpty())
        return { CommandLine::tr("unknown option %1; did you mean %2?").arg(name, near) };
    return { CommandLine::tr("unknown option %1. %2").arg(name, helpHint(command.name)) };
}

bool isHelp(const QString &word)
{
    return word == QStringLiteral("--help") || word == QStringLiteral("-h");
}

bool looksLikeOption(const QString &word)
{
    return word.size() > 1 && word.startsWith(QLatin1Char('-'));
}

/// Reads what follows a command's name.
class Reader final
{
public:
    Reader(QStringList words, const Command &command)
        : m_words(std::move(words))
        , m_command(command)
    {
    }

    tl::expected<Invocation, UsageError> read()
    {
        while (m_next < m_words.size()) {
            const QString word = m_words.at(m_next++);
            std::optional<UsageError> error;
            if (m_optionsEnded || !looksLikeOption(word))
                error = takePackage(word);
            else if (word == QStringLiteral("--"))
                m_optionsEnded = true;
            else if (isHelp(word))
                m_invocation.action = Invocation::Action::ShowHelp;
            else if (word == QStringLiteral("--version"))
                m_invocation.action = Invocation::Action::ShowVersion;
            else
                error = takeOption(word);
            if (error)
                return tl::unexpected<UsageError>(*error);
        }
        return m_invocation;
    }

private:
    std::optional<UsageError> takePackage(const QString &word)
    {
        // An unset variable in a script must not fall back to the sample.
        if (word.isEmpty())
            return UsageError { CommandLine::tr("PACKAGE is empty. Name a datapackage.json or its folder, or leave "
                                                "it out for the built-in sample.") };
        if (!m_invocation.settings.package.isEmpty())
            return UsageError { CommandLine::tr("one PACKAGE at a time: \"%1\" and \"%2\" were given. %3")
                                    .arg(m_invocation.settings.package, word, helpHint(m_command.name)) };
        m_invocation.settings.package = word;
        return {};
    }

    std::optional<UsageError> takeOption(const QString &word)
    {
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        const QString name = word.left(equals); // all of it where equals is -1
        const auto option = std::find_if(m_command.options.begin(), m_command.options.end(),
                                         [&name](const Option &candidate) { return candidate.name == name; });
        if (option == m_command.options.end())
            return unknownOption(name, m_command);
        if (option->valueName.isEmpty()) {
            if (equals >= 0)
                return UsageError { CommandLine::tr("%1 takes no value. Write %1 alone.").arg(name) };
            option->apply({}, m_invocation.settings);
            return {};
        }
        const QString value = equals >= 0 ? word.mid(equals + 1) : nextValue();
        if (value.isEmpty())
            return UsageError { CommandLine::tr("%1 needs a value: %1 %2").arg(name, option->valueName) };
        if (!option->apply(value, m_invocation.settings))
            return UsageError { CommandLine::tr("%1 must be %2, not \"%3\".").arg(name, option->expects, value) };
        return {};
    }

    /// The next word, unless it is an option: a forgotten value should be told, not eat its neighbour.
    QString nextValue()
    {
        if (m_next == m_words.size() || m_words.at(m_next).startsWith(QStringLiteral("--")))
            return {};
        return m_words.at(m_next++);
    }

    QStringList m_words;
    const Command &m_command;
    qsizetype m_next = 0;
    bool m_optionsEnded = false;
    Invocation m_invocation;
};

tl::expected<Invocation, UsageError> parseHelp(const QStringList &words, const QList<Command> &commands)
{
    Invocation invocation;
    invocation.action = Invocation::Action::ShowHelp;
    if (words.isEmpty())
        return invocation;
    invocation.command = namesOf(commands).indexOf(words.first());
    if (invocation.command < 0)
        return tl::unexpected<UsageError>(unknownCommand(words.first(), commands));
    return invocation;
}

/// Lines of two columns, the second beginning where the longest of the first allows.
QString columns(const QList<QPair<QString, QString>> &lines)
{
    qsizetype width = 0;
    for (const auto &line : lines)
        width = std::max(width, line.first.size());
    QString text;
    for (const auto &line : lines)
        text += QStringLiteral("  %1  %2\n").arg(line.first.leftJustified(width), line.second);
    return text;
}

QString exitStatusText()
{
    return CommandLine::tr("Exit status:\n")
        + columns({
            { QStringLiteral("0"), CommandLine::tr("done") },
            { QStringLiteral("1"),
              CommandLine::tr("there are rows that --fail-on names, or the databases do not "
                              "show what is reported") },
            { QStringLiteral("2"), CommandLine::tr("the command line is wrong") },
            { QStringLiteral("3"), CommandLine::tr("a file cannot be read or written, or is not fit as a target") },
            { QStringLiteral("4"), CommandLine::tr("a database stayed locked by another program") },
            { QStringLiteral("130"), CommandLine::tr("interrupted") },
        });
}

/// The number of edits that make one word of the other; two neighbours that changed places are one edit.
qsizetype editDistance(const QString &a, const QString &b)
{
    const auto width = static_cast<size_t>(b.size()) + 1;
    std::vector<std::vector<qsizetype>> cost(static_cast<size_t>(a.size()) + 1, std::vector<qsizetype>(width));
    for (size_t i = 0; i < cost.size(); ++i) {
        for (size_t j = 0; j < width; ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = static_cast<qsizetype>(i + j);
                continue;
            }
            const auto ai = static_cast<qsizetype>(i) - 1;
            const auto bj = static_cast<qsizetype>(j) - 1;
            cost[i][j] = std::min(
                { cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (a.at(ai) == b.at(bj) ? 0 : 1) });
            if (ai > 0 && bj > 0 && a.at(ai) == b.at(bj - 1) && a.at(ai - 1) == b.at(bj))
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost.back().back();
}

} // namespace

tl::expected<Invocation, UsageError> parseCommandLine(const QStringList &arguments, const QList<Command> &commands)
{
    if (arguments.isEmpty())
        return usageError(CommandLine::tr("a command is missing; the commands are: %1. %2")
                              .arg(namesOf(commands).join(QStringLiteral(", ")), helpHint({})));
    const QString first = arguments.first();
    if (isHelp(first) || first == QStringLiteral("help"))
        return parseHelp(arguments.mid(1), commands);
    if (first == QStringLiteral("--version")) {
        Invocation invocation;
        invocation.action = Invocation::Action::ShowVersion;
        return invocation;
    }
    if (looksLikeOption(first))
        return usageError(CommandLine::tr("the command comes first, then %1; the commands are: %2. %3")
                              .arg(first, namesOf(commands).join(QStringLiteral(", ")), helpHint({})));
    const qsizetype position = namesOf(commands).indexOf(first);
    if (position < 0)
        return tl::unexpected<UsageError>(unknownCommand(first, commands));
    return Reader(arguments.mid(1), commands.at(position)).read().map([position](Invocation invocation) {
        invocation.command = position;
        return invocation;
    });
}

QString helpText(const QList<Command> &commands)
{
    QList<QPair<QString, QString>> lines;
    for (const Command &command : commands)
        lines.append({ command.name + CommandLine::tr(" [PACKAGE] [options]"), command.description });
    lines.append({ CommandLine::tr("help [COMMAND]"), CommandLine::tr("Says what a command does and takes.") });
    return CommandLine::tr("Usage: seedbed-cli COMMAND …\n\n"
                           "Seeds several databases at once, and says of every row whether it went in, and if not, "
                           "why.\n\n"
                           "Commands:\n")
        + columns(lines)
        + CommandLine::tr("\nPACKAGE is a datapackage.json or a folder with one; without it, the built-in sample.\n\n")
        + exitStatusText();
}

QString helpText(const Command &command)
{
    QList<QPair<QString, QString>> lines;
    for (const Option &option : command.options)
        lines.append({ option.valueName.isEmpty() ? option.name : option.name + QLatin1Char(' ') + option.valueName,
                       option.description });
    lines.append({ QStringLiteral("--help"), CommandLine::tr("show this") });
    lines.append({ QStringLiteral("--version"), CommandLine::tr("show the version") });
    return CommandLine::tr("Usage: seedbed-cli %1 [PACKAGE] [options]\n\n%2\n\n"
                           "PACKAGE is a datapackage.json or a folder with one; without it, the built-in sample.\n\n"
                           "Options:\n")
               .arg(command.name, command.description)
        + columns(lines) + QLatin1Char('\n') + exitStatusText();
}

QString nearest(const QString &word, const QStringList &candidates)
{
    QString best;
    // A third of the letters may be wrong; with more it would be another word.
    qsizetype bestDistance = std::max<qsizetype>(1, word.size() / 3) + 1;
    for (const QString &candidate : candidates) {
        const qsizetype distance = editDistance(word, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace seedbed
