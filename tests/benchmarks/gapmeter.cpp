// SPDX-License-Identifier: MIT
#include "gapmeter.h"

#include <chrono>
#include <ctime>

namespace seedbed {

namespace {

constexpr std::chrono::milliseconds Beat { 5 };
constexpr double Allowed = 50;

double cpuTime()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

} // namespace

GapMeter::GapMeter(QObject *parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(Beat);
    connect(&m_timer, &QTimer::timeout, this, &GapMeter::turn);
}

void GapMeter::start()
{
    m_clock.start();
    m_last = now();
    m_lastCpu = cpuTime();
    m_timer.start();
}

void GapMeter::begin(const QString &name)
{
    if (!m_moments.isEmpty())
        m_moments.last().seconds = 1e-3 * (now() - m_began);
    m_moments.append({ .name = name });
    m_began = now();
}

double GapMeter::now() const
{
    return 1e-6 * static_cast<double>(m_clock.nsecsElapsed());
}

void GapMeter::turn()
{
    const double time = now();
    const double cpu = cpuTime();
    const double gap = time - m_last;
    if (!m_moments.isEmpty()) {
        Moment &moment = m_moments.last();
        if (gap > moment.largest) {
            moment.largest = gap;
            moment.largestCpu = cpu - m_lastCpu;
            moment.when = 1e-3 * (m_last - m_began);
        }
        moment.over50 += gap > Allowed ? 1 : 0;
    }
    m_last = time;
    m_lastCpu = cpu;
    Q_EMIT turned();
}

} // namespace seedbed
