// SPDX-License-Identifier: MIT
#pragma once

// Frees large values on a background thread, so that the window does not stall.

#include "base/background.h"

#include <QThreadPool>

#include <memory>
#include <utility>

namespace seedbed {

/// Destroys values on a thread of its own. Its own destruction waits for that.
/// Thread: any.
class Disposal final
{
public:
    Disposal() { m_pool.setMaxThreadCount(1); }

    /// \a thing should be the last to hold what it holds; else the memory is given back where that is.
    template <typename T>
    void take(T thing)
    {
        doUnawaited(m_pool, [held = std::make_shared<T>(std::move(thing))]() mutable { held.reset(); });
    }

private:
    QThreadPool m_pool;
};

} // namespace seedbed
