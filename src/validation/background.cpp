// SPDX-License-Identifier: MIT
#include "validation/background.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace seedbed {

void enterBackground()
{
#ifdef __linux__
    // QThread's priorities do nothing under Linux's usual scheduling; niceness is each thread's own there, and
    // inherited.
    constexpr int Niceness = 15;
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), Niceness);
#endif
}

} // namespace seedbed
