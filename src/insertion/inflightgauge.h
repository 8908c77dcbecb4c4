// SPDX-License-Identifier: MIT
#pragma once

// Counts, inside the insert path, how many insertions are under way.

#include <atomic>

namespace seedbed {

/// How many insertions are under way, and how many there were at most.
/// Thread: any.
class InFlightGauge final
{
public:
    void enter()
    {
        const int now = ++m_now;
        int peak = m_peak.load();
        while (now > peak && !m_peak.compare_exchange_weak(peak, now)) { }
    }
    void leave() { --m_now; }

    /// While one lives, an insertion is under way.
    class Stay final
    {
    public:
        explicit Stay(InFlightGauge &gauge)
            : m_gauge(gauge)
        {
            m_gauge.enter();
        }
        ~Stay() { m_gauge.leave(); }
        Stay(const Stay &) = delete;
        Stay &operator=(const Stay &) = delete;

    private:
        InFlightGauge &m_gauge;
    };

    [[nodiscard]] int now() const { return m_now.load(); }
    [[nodiscard]] int peak() const { return m_peak.load(); }

private:
    std::atomic<int> m_now = 0;
    std::atomic<int> m_peak = 0;
};

} // namespace seedbed
