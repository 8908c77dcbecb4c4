// SPDX-License-Identifier: MIT
#include "base/background.h"

#include <QCoreApplication>

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::Background)
};

} // namespace

Error backgroundError(bool isThreadRefused)
{
    return { Error::Kind::Unwritable,
             isThreadRefused
                 ? Text::tr("not enough threads can be started; close other programs or raise the limit (ulimit -u), "
                            "and try again")
                 : Text::tr("not enough memory; close other programs or raise the limit (ulimit -v), and try again") };
}

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
