// SPDX-License-Identifier: MIT
#pragma once

// Long work beside a window: how much of the machine it takes, and how its answer comes back.

#include "base/result.h"
#include "base/threadcrew.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThreadPool>
#include <QtConcurrent/QtConcurrentRun>

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace seedbed {

/// Lets other threads go first from now on: those of the calling thread, and those that it starts later, take what is
/// left over. To be called at the start of work that a window waits for in the background. Where the system knows no
/// such thing for single threads, nothing happens.
void enterBackground();

/// An answer that can say why there is none: a Result.
template <typename Answer>
concept CanFail = requires(const Error &error)
{
    Answer(tl::unexpected<Error>(error));
};

/// The answer of work that ended with an exception, where an answer can say so.
template <typename Answer>
[[nodiscard]] std::optional<Answer> failedAnswer(const Error &error)
{
    if constexpr (CanFail<Answer>)
        return Answer(tl::unexpected<Error>(error));
    else
        return std::nullopt;
}

/// Why work in the background was not done: there was no memory for it, or no thread.
[[nodiscard]] Error backgroundError(bool isThreadRefused);

/// Does \a work in the background, on a thread of \a pool, and hands its answer to \a take on the thread of \a context:
/// never before this returns, as QFuture::then() does where the work is done by then, and not at all where the context
/// is gone by then. Where the system refuses a thread, or memory, the answer is that error. Work whose answer is no
/// Result must be short: where a thread is refused it is done on the thread of \a context, and where memory is, it is
/// not answered, which is logged.
template <typename Work, typename Take>
void doInBackground(QThreadPool &pool, QObject &context, Work work, Take take)
{
    using Answer = std::invoke_result_t<Work>;
    const auto promise = std::make_shared<QPromise<Answer>>();
    promise->future().then(&context, std::move(take));
    promise->start();
    const auto fail = [promise](const Error &error) {
        if (auto answer = failedAnswer<Answer>(error))
            promise->addResult(std::move(*answer));
        else
            qWarning("%s", qUtf8Printable(error.message));
        if (promise->future().resultCount() > 0)
            promise->finish();
    };
    const auto answer = [promise, fail, error = backgroundError(false), work = std::move(work)] {
        try {
            promise->addResult(work());
        } catch (const std::exception &) {
            return fail(error);
        }
        promise->finish();
    };
    // A pool waits for ever for a thread that it could not start.
    if (canStartThread()) {
        (void)QtConcurrent::run(&pool, [answer] {
            enterBackground();
            answer();
        });
    } else if constexpr (CanFail<Answer>) {
        QMetaObject::invokeMethod(
            &context, [fail] { fail(backgroundError(true)); }, Qt::QueuedConnection);
    } else {
        QMetaObject::invokeMethod(&context, answer, Qt::QueuedConnection);
    }
}

/// Does \a work, which nobody waits for and which throws nothing, on a thread of \a pool; before this returns where the
/// system refuses a thread.
template <typename Work>
void doUnawaited(QThreadPool &pool, Work work)
{
    if (!canStartThread())
        return work(); // a pool waits for ever for a thread that it could not start
    (void)QtConcurrent::run(&pool, [work = std::move(work)]() mutable {
        enterBackground();
        work();
    });
}

} // namespace seedbed
