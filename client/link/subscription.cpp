// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/subscription.h"

#include "client/link/link.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

Subscription::Subscription(Link *link, const QString &topic, const QJsonObject &params, Unseen unseen, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_topic(topic)
    , m_params(params)
    , m_unseen(unseen)
{
}

Subscription::~Subscription()
{
    if (m_link)
        m_link->drop(this);
}

void Subscription::begin()
{
    m_asked = true;
    QJsonObject params = m_params;
    params["topic"_L1] = m_topic;
    const quint64 wish = ++m_wish;
    const quint64 begun = ++m_begun;
    // The link hears the answer also when nobody is left who asked: what it opened on the server has to be ended.
    const auto answered = [self = QPointer(this), link = m_link, wish, begun](const Result<QJsonValue> &answer) {
        if (!self || begun != self->m_begun) {
            // Given up on while the answer was on its way: the server must not go on telling.
            const QString id = answer ? (*answer)["subscription"_L1].toString() : QString();
            if (!id.isEmpty() && link && link->isLive())
                link->unsubscribe(id);
            return;
        }
        self->m_asked = false;
        if (!answer) {
            emit self->failed(answer.error());
            return;
        }
        self->m_id = (*answer)["subscription"_L1].toString();
        if (wish == self->m_wish)
            emit self->started(answer->toObject());
        else
            self->move(self->m_params); // the wish changed while the first answer was on its way
    };
    m_link->call(u"Live.Subscribe"_s, params, m_link, answered);
}

void Subscription::move(const QJsonObject &params)
{
    m_params = params;
    const quint64 wish = ++m_wish;
    if (!m_link || !m_link->serves(*this) || m_asked)
        return; // begin() takes the newest params
    if (m_id.isEmpty()) {
        begin(); // the earlier wish was refused
        return;
    }
    QJsonObject all = params;
    all["subscription"_L1] = m_id;
    m_link->call(u"Live.Move"_s, all, this, [this, wish](const Result<QJsonValue> &answer) {
        if (wish != m_wish)
            return;
        if (answer)
            emit started(answer->toObject());
        else
            emit failed(answer.error());
    });
}

void Subscription::forget()
{
    m_id.clear();
    m_asked = false;
    ++m_wish;
    ++m_begun;
}

} // namespace muster
