// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockbackend.h"

#include <QPointer>
#include <QStringList>

namespace muster::test {

/// The invented fleet behind a slow line: what is asked is answered when the test lets it, and not before.
class HeldBackend : public MockBackend
{
public:
    explicit HeldBackend(Mode mode = Mode::Default)
        : MockBackend(mode, false)
    {
        MockBackend::link()->setHolder(
            [this](const QString &method, const QJsonObject &params, QObject *context, const Link::Reply &reply) {
                if (!held.contains(method))
                    return false;
                asked << method;
                m_waiting << Waiting{method, params, context, reply};
                return true;
            });
    }

    /// Answers the oldest question that waits, as the fleet would now.
    void release()
    {
        const Waiting one = m_waiting.takeFirst();
        if (one.context)
            link()->answer(one.method, one.params, one.context, one.reply);
    }

    /// Answers it with this instead.
    void release(const Result<QJsonValue> &answer)
    {
        const Waiting one = m_waiting.takeFirst();
        if (one.context)
            one.reply(answer);
    }

    [[nodiscard]] qsizetype waiting() const { return m_waiting.size(); }

    QStringList held;  ///< the methods that wait
    QStringList asked; ///< those of them that were asked, in order

private:
    struct Waiting
    {
        QString method;
        QJsonObject params;
        QPointer<QObject> context;
        Link::Reply reply;
    };
    QList<Waiting> m_waiting;
};

} // namespace muster::test
