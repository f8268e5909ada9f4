// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"
#include "server/async.h"

#include <deque>
#include <functional>

namespace muster::operators {

/// Work that reads, waits for the disk and then writes, one after the other: what one has read is still so when it writes. Belongs to
/// one thread.
class Turns : public QObject
{
    Q_OBJECT

public:
    /// People change accounts by hand; more at once is a script that has run wild.
    static constexpr size_t mostWaiting = 100;

    /// Runs `work`, which gives a QFuture<Result<T>>, once everything before it is through. @return its result; TooMany
    template <typename Work>
    [[nodiscard]] std::invoke_result_t<Work> run(Work work)
    {
        using R = typename detail::FutureValue<std::invoke_result_t<Work>>::type;
        if (m_waiting.size() >= mostWaiting)
            return ready<R>(failure(TooMany, QStringLiteral("%1 changes wait already: try again").arg(m_waiting.size())));
        auto promise = std::make_shared<QPromise<R>>();
        promise->start();
        m_waiting.push_back([this, promise, work = std::move(work)]() mutable {
            work().then(this, [this, promise](const R &result) {
                m_isBusy = false;
                promise->addResult(result);
                promise->finish();
                next();
            });
        });
        auto future = promise->future();
        next();
        return future;
    }

private:
    void next()
    {
        if (m_isBusy || m_waiting.empty())
            return;
        m_isBusy = true;
        const auto work = std::move(m_waiting.front());
        m_waiting.pop_front();
        work();
    }

    std::deque<std::function<void()>> m_waiting;
    bool m_isBusy = false;
};

} // namespace muster::operators
