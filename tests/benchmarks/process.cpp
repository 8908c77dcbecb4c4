// SPDX-License-Identifier: MIT
#include "process.h"

#include <QFile>

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace seedbed {

namespace {

double secondsOf(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

Measured<pid_t> start(const Command &command)
{
    std::vector<QByteArray> words;
    for (const QString &word : command.words)
        words.push_back(QFile::encodeName(word));
    std::vector<char *> arguments;
    for (QByteArray &word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, QFile::encodeName(command.log).constData(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t child = 0;
    const int error = posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return unmeasured(
            QStringLiteral("%1 cannot be started (%2)").arg(command.words.first(), qt_error_string(error)));
    return child;
}

QString complaint(const Command &command, int status)
{
    const QString end = WIFEXITED(status) ? QStringLiteral("ended with status %1").arg(WEXITSTATUS(status))
                                          : QStringLiteral("was ended by signal %1").arg(WTERMSIG(status));
    return QStringLiteral("%1 %2: %3")
        .arg(command.words.join(u' '), end, QString::fromUtf8(fileText(command.log).right(500)));
}

} // namespace

Measured<Usage> runTogether(const QList<Command> &commands)
{
    ::sync();
    const auto begin = std::chrono::steady_clock::now();
    std::vector<pid_t> children;
    QString trouble;
    for (const Command &command : commands) {
        const Measured<pid_t> child = start(command);
        if (!child)
            trouble = child.error();
        children.push_back(child.value_or(0));
    }
    Usage usage;
    for (std::size_t i = 0; i < children.size(); ++i) {
        int status = 0;
        rusage used {};
        if (children[i] == 0 || ::wait4(children[i], &status, 0, &used) != children[i])
            continue;
        usage.cpuSeconds += secondsOf(used.ru_utime) + secondsOf(used.ru_stime);
        usage.peakBytes = std::max(usage.peakBytes, static_cast<double>(used.ru_maxrss) * 1024);
        const Command &command = commands.at(static_cast<qsizetype>(i));
        if (!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && !command.mayFail))
            trouble = complaint(command, status);
    }
    usage.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!trouble.isEmpty())
        return unmeasured(trouble);
    return usage;
}

Measured<Interruption> interrupt(const Command &command, double afterSeconds)
{
    ::sync();
    const Measured<pid_t> child = start(command);
    if (!child)
        return unmeasured(child.error());
    std::this_thread::sleep_for(std::chrono::duration<double>(afterSeconds));
    Interruption interruption;
    siginfo_t ended {};
    ::waitid(P_PID, static_cast<id_t>(*child), &ended, WEXITED | WNOHANG | WNOWAIT);
    interruption.wasOver = ended.si_pid == *child;
    const auto begin = std::chrono::steady_clock::now();
    ::kill(*child, SIGINT);
    int status = 0;
    ::waitpid(*child, &status, 0);
    interruption.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return interruption;
}

QByteArray fileText(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace seedbed
