// SPDX-License-Identifier: MIT
#pragma once

// seedbed-cli on a terminal of its own, with a person who can press Ctrl+C. Standard output goes to a file, so that the
// terminal shows what the command says on standard error alone.

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <sys/types.h>

namespace seedbed {

/// A command on a pseudo-terminal; what is still running at the end of its life is killed.
/// Thread: one.
class TerminalCli final
{
public:
    /// Standard output goes to the file "out" in \a folder.
    TerminalCli(const QStringList &arguments, const QString &folder, unsigned short columns = 120);
    ~TerminalCli();
    Q_DISABLE_COPY_MOVE(TerminalCli)

    /// All that was written to the terminal so far.
    [[nodiscard]] const QByteArray &screen();

    /// Ctrl+C, as the terminal passes it on.
    void interrupt();

    /// The exit status, once there is one; -1 where it did not exit by itself.
    [[nodiscard]] std::optional<int> status();

private:
    pid_t m_child = -1;
    int m_terminal = -1;
    QByteArray m_screen;
    std::optional<int> m_status;
};

} // namespace seedbed
