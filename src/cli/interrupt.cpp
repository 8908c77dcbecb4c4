// SPDX-License-Identifier: MIT
#include "cli/interrupt.h"

#include <QSocketNotifier>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace seedbed {

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    sigset_t signalSet;
    sigemptyset(&signalSet);
    sigaddset(&signalSet, SIGINT);
    sigaddset(&signalSet, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signalSet, &m_before);
    m_descriptor = signalfd(-1, &signalSet, SFD_CLOEXEC | SFD_NONBLOCK);
    if (m_descriptor < 0) {
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr); // better ended without a report than not at all
        return;
    }
    auto *notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &Interrupt::receive);
}

Interrupt::~Interrupt()
{
    if (m_descriptor < 0)
        return;
    close(m_descriptor);
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

bool Interrupt::comesWithin(std::chrono::milliseconds time)
{
    struct pollfd signal = { m_descriptor, POLLIN, 0 }; // without a descriptor this is a pause
    if (::poll(&signal, 1, static_cast<int>(time.count())) > 0)
        receive();
    return m_isInterrupted;
}

void Interrupt::receive()
{
    signalfd_siginfo info;
    while (read(m_descriptor, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        if (m_isInterrupted)
            _exit(130); // no destructors: they would wait for the very thing that does not end
        m_isInterrupted = true;
        Q_EMIT interrupted();
    }
}

} // namespace seedbed
