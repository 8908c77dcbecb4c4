// SPDX-License-Identifier: MIT
#pragma once

// For functions whose threads are waited for, however the function is left.

#include <QtGlobal>

#include <exception>
#include <stop_token>

namespace seedbed {

/// Asks for a stop where its scope is left by an exception.
/// Thread: that of the scope.
class HaltOnException final
{
public:
    /// \a halt must outlive it.
    explicit HaltOnException(const std::stop_source &halt)
        : m_halt(halt)
    {
    }
    ~HaltOnException()
    {
        if (std::uncaught_exceptions() > m_before)
            m_halt.request_stop();
    }
    Q_DISABLE_COPY_MOVE(HaltOnException)

private:
    const std::stop_source &m_halt;
    const int m_before = std::uncaught_exceptions();
};

} // namespace seedbed
