// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QFuture>
#include <QMetaObject>
#include <QObject>
#include <QPromise>

#include <memory>

namespace muster {

namespace detail {

template <typename T>
struct FutureValue
{
    using type = T;
};
template <typename T>
struct FutureValue<QFuture<T>>
{
    using type = T;
};

} // namespace detail

/// Runs `work` in the thread of `context`, soon. Work that returns a QFuture is waited for without blocking.
/// Where `context` goes first, or what the work waits for is given up, the future ends cancelled, without a value: continuations do not
/// run, and what they hold is let go of.
template <typename Work>
[[nodiscard]] auto inThreadOf(QObject *context, Work work) -> QFuture<typename detail::FutureValue<std::invoke_result_t<Work>>::type>
{
    using R = std::invoke_result_t<Work>;
    using T = typename detail::FutureValue<R>::type;
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QFuture<T> future = promise->future();
    QMetaObject::invokeMethod(
        context,
        [context, promise, work = std::move(work)]() mutable {
            if constexpr (std::is_same_v<R, QFuture<T>>) {
                work().then(context, [promise](const T &value) {
                    promise->addResult(value);
                    promise->finish();
                });
            } else {
                static_cast<void>(context); // one branch needs it
                promise->addResult(work());
                promise->finish();
            }
        },
        Qt::QueuedConnection);
    return future;
}

/// A future that has its value already.
template <typename T>
[[nodiscard]] QFuture<T> ready(T value)
{
    return QtFuture::makeReadyValueFuture(std::move(value));
}

/// One that has failed already.
template <typename T>
[[nodiscard]] QFuture<Result<T>> refused(const Error &error)
{
    return ready<Result<T>>(std::unexpected(error));
}

} // namespace muster
