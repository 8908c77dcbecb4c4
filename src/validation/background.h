// SPDX-License-Identifier: MIT
#pragma once

// Long work beside a window: how much of the machine it takes, and how its answer comes back.

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThreadPool>
#include <QtConcurrent/QtConcurrentRun>

#include <memory>
#include <type_traits>
#include <utility>

namespace seedbed {

/// Lets other threads go first from now on: those of the calling thread, and those that it starts later, take what is
/// left over. To be called at the start of work that a window waits for in the background. Where the system knows no
/// such thing for single threads, nothing happens.
void enterBackground();

/// Does \a work in the background, on a thread of \a pool, and hands its answer to \a take on the thread of \a context:
/// never before this returns, as QFuture::then() does where the work is done by then, and not at all where the context
/// is gone by then.
template <typename Work, typename Take>
void doInBackground(QThreadPool &pool, QObject &context, Work work, Take take)
{
    const auto promise = std::make_shared<QPromise<std::invoke_result_t<Work>>>();
    promise->future().then(&context, std::move(take));
    (void)QtConcurrent::run(&pool, [promise, work = std::move(work)] {
        enterBackground();
        promise->start();
        promise->addResult(work());
        promise->finish();
    });
}

} // namespace seedbed
