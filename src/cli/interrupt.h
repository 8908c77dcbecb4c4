// SPDX-License-Identifier: MIT
#pragma once

// Ctrl+C and a polite kill, as a Qt signal.

#include <QObject>

#include <chrono>
#include <csignal>

namespace seedbed {

/// While it lives, SIGINT and SIGTERM do not end the process: the first is told by interrupted(), the second ends it at
/// once with status 130. To be made before any other thread is, for those inherit that the signals are held back.
/// Thread: the main thread.
class Interrupt final : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

    /// Waits so long for a signal, without an event loop: whether one came, now or before. A second one ends the
    /// process as ever.
    [[nodiscard]] bool comesWithin(std::chrono::milliseconds time);

Q_SIGNALS:
    void interrupted();

private:
    void receive();

    sigset_t m_before; // the signals held back before this was made
    int m_descriptor = -1;
    bool m_isInterrupted = false;
};

} // namespace seedbed
