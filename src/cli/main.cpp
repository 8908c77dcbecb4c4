// SPDX-License-Identifier: MIT
#include "base/argumentbytes.h"
#include "cli/commandline.h"
#include "cli/console.h"
#include "cli/runcommand.h"
#include "cli/runjob.h"
#include "insertion/processlimits.h"

#include <QCoreApplication>
#include <QDir>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <langinfo.h>

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(seedbed::Main)
};

/// Qt takes every byte for UTF-8, and warns where the locale says otherwise: in a bare container or a cron job, at
/// every start.
void useUtf8()
{
    if (!std::setlocale(LC_ALL, "") || std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

/// Whether the command reads or writes something whose place depends on the current folder.
bool needsCurrentFolder(const seedbed::Settings &settings)
{
    const auto isRelative = [](const QString &path) { return !path.isEmpty() && QDir::isRelativePath(path); };
    const QString &into = settings.run.into;
    return into.isEmpty() || into.contains(QChar::ReplacementCharacter) || isRelative(into)
        || isRelative(settings.package) || isRelative(settings.output) || isRelative(settings.rejects);
}

int refuse(const QString &mistake)
{
    seedbed::Console(seedbed::Verbosity::Normal).error(mistake);
    return seedbed::WrongUsage;
}

void print(const QString &text)
{
    std::fputs(text.toUtf8().constData(), stdout);
}

// Qt ends a program that cannot open what its event loop needs, and GLib one that cannot open what its wakeups need.
bool hasFilesForALoop()
{
    constexpr int Least = 12;
    return seedbed::openFilesLeft() >= Least;
}

int runProgram(int argc, char *argv[])
{
    if (const auto bad = seedbed::firstBadArgument(argc, argv)) {
        return refuse(
            Texts::tr("the argument \"%1\" is not valid UTF-8; rename the file or folder, and write its new name")
                .arg(*bad));
    }
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("seedbed-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SEEDBED_VERSION));

    const QList<seedbed::Command> commands { seedbed::runCommand(), seedbed::validateCommand() };
    const auto invocation = seedbed::parseCommandLine(QCoreApplication::arguments().mid(1), commands);
    if (!invocation)
        return refuse(invocation.error().message);
    switch (invocation->action) {
    case seedbed::Invocation::Action::ShowHelp:
        print(invocation->command < 0 ? seedbed::helpText(commands)
                                      : seedbed::helpText(commands.at(invocation->command)));
        return seedbed::Done;
    case seedbed::Invocation::Action::ShowVersion:
        print(QStringLiteral("seedbed-cli %1\n").arg(QCoreApplication::applicationVersion()));
        return seedbed::Done;
    case seedbed::Invocation::Action::Execute:
        if (needsCurrentFolder(invocation->settings) && !seedbed::hasCurrentFolder()) {
            return refuse(Texts::tr("the current folder is gone, or its path is not valid UTF-8; go to another one, or "
                                    "give --into and all other paths from / on"));
        }
        return commands.at(invocation->command).execute(invocation->settings);
    }
    return seedbed::WrongUsage;
}

} // namespace

int main(int argc, char *argv[])
{
    useUtf8();
    qputenv("QT_NO_GLIB", "1");
    seedbed::prepareProcess();
    // Who reads what is printed may be gone: that is an error where it is written, and no reason to leave databases
    // open.
    (void)std::signal(SIGPIPE, SIG_IGN);
    if (!hasFilesForALoop()) {
        std::fputs("seedbed-cli: not enough files may be open at once; raise the limit (ulimit -n)\n", stderr);
        return seedbed::FileTrouble;
    }
    try {
        return runProgram(argc, argv);
    } catch (const std::exception &) {
        std::fputs("seedbed-cli: not enough memory; rows that went in before are in: run again with more memory "
                   "(ulimit -v)\n",
                   stderr);
        return seedbed::FileTrouble;
    }
}
