// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"

#include <QHash>
#include <QPointer>

namespace muster {

/// The calls that wait for their answers. Each ends once: by its answer, by its deadline, or with the connection. Who asked and is gone
/// is told nothing. One thread.
class PendingCalls
{
public:
    /// @param deadline after which expire() ends it, by whichever clock that has
    /// @return the name that the answer will have
    [[nodiscard]] QString add(QObject *context, const Link::Reply &reply, qint64 deadline);
    /// An answer to what was given up on is nobody's.
    void answer(const QString &id, const Result<QJsonValue> &answer);
    /// Ends those whose deadline has come.
    void expire(qint64 time, const Error &error);
    /// Ends all of them.
    void fail(const Error &error);

private:
    struct Pending
    {
        QPointer<QObject> context;
        Link::Reply reply;
        qint64 deadline = 0;
    };

    QHash<QString, Pending> m_pending;
    quint64 m_nextId = 0;
};

} // namespace muster
