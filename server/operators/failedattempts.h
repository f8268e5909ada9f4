// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"
#include "server/steadytime.h"

#include <QHash>
#include <QString>

namespace muster::operators {

/// Slows guessers down: so many failures of one key (an account, a network) in a quarter of an hour, and no more.
/// Its memory is bounded: where ever new keys come, those that failed first are forgotten first.
/// Used in the thread that made it. Times are of the steady clock: whoever sets the clock frees nobody.
class FailedAttempts
{
public:
    /// @param allowed failures of one key before it must wait
    /// @param most    keys that are remembered at once
    FailedAttempts(int allowed, qsizetype most);

    /// @return TooMany, with the seconds until it may try again in `retry_after_s`, while the key must wait
    [[nodiscard]] Result<void> check(const QString &key, qint64 time = steadyNow()) const;
    void note(const QString &key, qint64 time = steadyNow());
    /// What note() counted was no failure.
    void takeBack(const QString &key);
    void forget(const QString &key) { m_attempts.remove(key); }
    /// Lets go of what is too old to count.
    void tidy(qint64 time = steadyNow());

private:
    struct Attempts
    {
        int failed = 0;
        qint64 since = 0;
    };
    QHash<QString, Attempts> m_attempts;
    int m_allowed;
    qsizetype m_most;
};

} // namespace muster::operators
