// SPDX-License-Identifier: MIT
#include "terminalcli.h"
#include "testpaths.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace seedbed {

namespace {

constexpr char CtrlC = '\x03';

/// In the child; does not return.
void become(const QByteArray &folder, std::vector<QByteArray> &words)
{
    std::vector<char *> arguments;
    for (QByteArray &word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    if (::chdir(folder.constData()) != 0)
        _exit(127);
    const int out = ::open("out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::setenv("TERM", "xterm", 1);
    ::execv(arguments.front(), arguments.data());
    _exit(127);
}

} // namespace

TerminalCli::TerminalCli(const QStringList &arguments, const QString &folder, unsigned short columns)
{
    std::vector<QByteArray> words { QByteArray(SEEDBED_CLI) };
    for (const QString &argument : arguments)
        words.push_back(argument.toUtf8());
    const QByteArray where = QFile::encodeName(folder);
    const winsize size { 24, columns, 0, 0 };
    m_child = ::forkpty(&m_terminal, nullptr, nullptr, &size);
    if (m_child == 0)
        become(where, words);
    if (m_terminal >= 0)
        ::fcntl(m_terminal, F_SETFL, O_NONBLOCK);
}

TerminalCli::~TerminalCli()
{
    if (m_child > 0 && !status()) {
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
    }
    if (m_terminal >= 0)
        ::close(m_terminal);
}

const QByteArray &TerminalCli::screen()
{
    char bytes[4096];
    for (ssize_t count = ::read(m_terminal, bytes, sizeof bytes); count > 0;
         count = ::read(m_terminal, bytes, sizeof bytes))
        m_screen.append(bytes, count);
    return m_screen;
}

void TerminalCli::interrupt()
{
    if (::write(m_terminal, &CtrlC, 1) != 1)
        ::kill(m_child, SIGKILL); // a test that waits for the status sees it
}

std::optional<int> TerminalCli::status()
{
    int status = 0;
    if (!m_status && m_child > 0 && ::waitpid(m_child, &status, WNOHANG) == m_child)
        m_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return m_status;
}

} // namespace seedbed
