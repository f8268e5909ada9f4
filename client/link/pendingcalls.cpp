// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/pendingcalls.h"

#include <utility>

namespace muster {

QString PendingCalls::add(QObject *context, const Link::Reply &reply, qint64 deadline)
{
    const QString id = QString::number(++m_nextId);
    m_pending.insert(id, {context, reply, deadline});
    return id;
}

void PendingCalls::answer(const QString &id, const Result<QJsonValue> &answer)
{
    const Pending pending = m_pending.take(id);
    if (pending.context)
        pending.reply(answer);
}

void PendingCalls::expire(qint64 time, const Error &error)
{
    QList<Pending> late;
    for (auto it = m_pending.begin(); it != m_pending.end();) {
        if (it->deadline <= time) {
            late << *it;
            it = m_pending.erase(it);
        } else {
            ++it;
        }
    }
    for (const Pending &one : std::as_const(late)) {
        if (one.context)
            one.reply(std::unexpected(error));
    }
}

void PendingCalls::fail(const Error &error)
{
    const QHash<QString, Pending> pending = std::exchange(m_pending, {});
    for (const Pending &one : pending) {
        if (one.context)
            one.reply(std::unexpected(error));
    }
}

} // namespace muster
