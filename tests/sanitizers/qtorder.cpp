// SPDX-License-Identifier: MIT

// Tells ThreadSanitizer what Qt orders. The distribution's Qt is built without it, so that it sees neither how
// QtConcurrent hands work to its threads and back, nor how a QMutex is locked that another thread holds. The linker
// puts these functions in the place of Qt's where our programs call them (--wrap); each does what Qt's does, and says
// the order that it makes. Nothing is ordered here that Qt does not order.

#include <QFutureInterfaceBase>
#include <QMutex>
#include <QThreadPool>
#include <QtConcurrent/qtconcurrentiteratekernel.h>
#include <QtConcurrent/qtconcurrentthreadengine.h>

extern "C" {
void __tsan_acquire(void *address);
void __tsan_release(void *address);
}

namespace {

char workGivenOut;  // what happened before is seen by the threads that take work
char workGivenBack; // what the threads did before is seen by who waited for them
char futureGivenUp; // what was done with a future before is seen by who destroys what it holds

} // namespace

// The names are those of the functions that are replaced, and cannot be chosen.
// NOLINTBEGIN
#define WRAPS(result, name, ...)                                                                                       \
    extern "C" result __real_##name(__VA_ARGS__);                                                                      \
    extern "C" result __wrap_##name(__VA_ARGS__);                                                                      \
    extern "C" result __wrap_##name(__VA_ARGS__)

using QtConcurrent::BlockSizeManager;
using QtConcurrent::ThreadEngineBase;

// QtConcurrent::map gives out …
WRAPS(void, _ZN12QtConcurrent16ThreadEngineBase23acquireBarrierSemaphoreEv, ThreadEngineBase *self)
{
    __tsan_release(&workGivenOut);
    __real__ZN12QtConcurrent16ThreadEngineBase23acquireBarrierSemaphoreEv(self);
}

// … a thread takes some …
WRAPS(void, _ZN12QtConcurrent16BlockSizeManager14timeBeforeUserEv, BlockSizeManager *self)
{
    __tsan_acquire(&workGivenOut);
    __real__ZN12QtConcurrent16BlockSizeManager14timeBeforeUserEv(self);
}

// … and has done it.
WRAPS(void, _ZN12QtConcurrent16BlockSizeManager13timeAfterUserEv, BlockSizeManager *self)
{
    __tsan_release(&workGivenBack);
    __real__ZN12QtConcurrent16BlockSizeManager13timeAfterUserEv(self);
}

// QtConcurrent::run gives out by starting, and its thread asks first whether there is anything left to do.
WRAPS(void, _ZN11QThreadPool5startEP9QRunnablei, QThreadPool *self, QRunnable *runnable, int priority)
{
    __tsan_release(&workGivenOut);
    __real__ZN11QThreadPool5startEP9QRunnablei(self, runnable, priority);
}

WRAPS(bool, _ZNK20QFutureInterfaceBase10isCanceledEv, const QFutureInterfaceBase *self)
{
    __tsan_acquire(&workGivenOut);
    return __real__ZNK20QFutureInterfaceBase10isCanceledEv(self);
}

WRAPS(void, _ZN20QFutureInterfaceBase14reportFinishedEv, QFutureInterfaceBase *self)
{
    __tsan_release(&workGivenBack);
    __real__ZN20QFutureInterfaceBase14reportFinishedEv(self);
}

WRAPS(void, _ZN20QFutureInterfaceBase15waitForFinishedEv, QFutureInterfaceBase *self)
{
    __real__ZN20QFutureInterfaceBase15waitForFinishedEv(self);
    __tsan_acquire(&workGivenBack);
}

WRAPS(void, _ZN20QFutureInterfaceBase13waitForResultEi, QFutureInterfaceBase *self, int index)
{
    __real__ZN20QFutureInterfaceBase13waitForResultEi(self, index);
    __tsan_acquire(&workGivenBack);
}

// Who gives a future up last destroys what it holds, after all others have.
WRAPS(bool, _ZNK20QFutureInterfaceBase6derefTEv, const QFutureInterfaceBase *self)
{
    __tsan_release(&futureGivenUp);
    const bool isShared = __real__ZNK20QFutureInterfaceBase6derefTEv(self);
    if (!isShared)
        __tsan_acquire(&futureGivenUp);
    return isShared;
}

WRAPS(bool, _ZN11QThreadPool11waitForDoneEi, QThreadPool *self, int milliseconds)
{
    const bool isDone = __real__ZN11QThreadPool11waitForDoneEi(self, milliseconds);
    if (isDone)
        __tsan_acquire(&workGivenBack);
    return isDone;
}

// The ways of a mutex that has to be waited for; the others are compiled into our programs, and seen.
WRAPS(void, _ZN11QBasicMutex12lockInternalEv, QBasicMutex *self)
{
    __real__ZN11QBasicMutex12lockInternalEv(self);
    __tsan_acquire(self);
}

WRAPS(void, _ZN11QBasicMutex14unlockInternalEv, QBasicMutex *self)
{
    __tsan_release(self);
    __real__ZN11QBasicMutex14unlockInternalEv(self);
}
// NOLINTEND
