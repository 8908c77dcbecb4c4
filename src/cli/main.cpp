// SPDX-License-Identifier: MIT
#include "cli/commandline.h"
#include "cli/console.h"
#include "cli/runcommand.h"
#include "cli/runjob.h"

#include <QCoreApplication>

#include <clocale>
#include <cstdio>
#include <cstring>
#include <langinfo.h>

namespace {

/// Qt takes every byte for UTF-8, and warns where the locale says otherwise: in a bare container or a cron job, at
/// every start.
void useUtf8()
{
    if (!std::setlocale(LC_ALL, "") || std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

void print(const QString &text)
{
    std::fputs(text.toUtf8().constData(), stdout);
}

} // namespace

int main(int argc, char *argv[])
{
    useUtf8();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("seedbed-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SEEDBED_VERSION));

    const QList<seedbed::Command> commands { seedbed::runCommand(), seedbed::validateCommand() };
    const auto invocation = seedbed::parseCommandLine(QCoreApplication::arguments().mid(1), commands);
    if (!invocation) {
        seedbed::Console(seedbed::Verbosity::Normal).error(invocation.error().message);
        return seedbed::WrongUsage;
    }
    switch (invocation->action) {
    case seedbed::Invocation::Action::ShowHelp:
        print(invocation->command < 0 ? seedbed::helpText(commands)
                                      : seedbed::helpText(commands.at(invocation->command)));
        return seedbed::Done;
    case seedbed::Invocation::Action::ShowVersion:
        print(QStringLiteral("seedbed-cli %1\n").arg(QCoreApplication::applicationVersion()));
        return seedbed::Done;
    case seedbed::Invocation::Action::Execute:
        return commands.at(invocation->command).execute(invocation->settings);
    }
    return seedbed::WrongUsage;
}
