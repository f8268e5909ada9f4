// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/creditedstream.h"

#include "protocol/rpc/message.h"

#include <chrono>
#include <utility>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// Several pieces become one change of what is shown, and a frame passes between two of them.
constexpr auto takeEvery = 40ms;

} // namespace

CreditedStream::CreditedStream(Link *link, Names names, qint64 window, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_names(std::move(names))
    , m_window(window)
{
    m_take.setSingleShot(true);
    m_take.setInterval(takeEvery);
    connect(&m_take, &QTimer::timeout, this, &CreditedStream::takeIn);
}

QJsonObject CreditedStream::withCredit(QJsonObject params) const
{
    params["credit"_L1] = m_window;
    return params;
}

void CreditedStream::begin(const QJsonObject &params)
{
    delete m_subscription;
    m_incoming.clear();
    m_incomingBytes = 0;
    m_ungranted = 0;
    m_ended = false;
    if (!m_link)
        return;
    m_subscription = m_link->subscribe(m_names.topic, withCredit(params), this);
    connect(m_subscription, &Subscription::updated, this, &CreditedStream::receive);
    connect(m_subscription, &Subscription::started, this, [this] {
        m_ungranted = 0;
        m_ended = false;
        emit started();
    });
    connect(m_subscription, &Subscription::failed, this, &CreditedStream::failed);
}

void CreditedStream::change(const QJsonObject &params)
{
    if (m_subscription)
        m_subscription->move(withCredit(params));
}

void CreditedStream::setPaused(bool paused)
{
    m_paused = paused;
    emit waitingChanged();
    if (!paused && !m_incoming.isEmpty())
        m_take.start();
}

void CreditedStream::receive(const QString &method, const QJsonObject &params)
{
    if (m_ended)
        return;
    if (method == m_names.piece) {
        const QString text = params["text"_L1].toString();
        m_incoming += text;
        m_incomingBytes += text.toUtf8().size();
        emit came();
        if (m_paused)
            emit waitingChanged();
        else if (!m_take.isActive())
            m_take.start();
    } else if (method == m_names.end) {
        m_ended = true;
        takeIn(); // its last words stand before what is said of its end
        Error error;
        if (params["error"_L1].isObject())
            error = errorFromJson(params["error"_L1].toObject());
        emit ended(error);
    }
}

void CreditedStream::takeIn()
{
    if (m_paused)
        return;
    m_take.stop();
    if (m_incoming.isEmpty())
        return;
    m_ungranted += std::exchange(m_incomingBytes, 0);
    emit taken(std::exchange(m_incoming, {}));
    grant();
}

void CreditedStream::drop()
{
    m_incoming.clear();
    m_incomingBytes = 0;
    emit waitingChanged();
}

void CreditedStream::grant()
{
    // Half a window at a time is enough, and one message for many pieces.
    if (m_ungranted < m_window / 2 || !m_subscription || !m_subscription->isActive() || !m_link || m_ended)
        return;
    const qint64 bytes = std::exchange(m_ungranted, 0);
    m_link->call(u"Live.Credit"_s, {{"subscription"_L1, m_subscription->id()}, {"bytes"_L1, bytes}}, this,
                 [](const Result<QJsonValue> &) { /* a stream that has ended wants none */ });
}

} // namespace muster
