// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/mockconnection.h"

#include "client/values.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

QJsonObject MockConnection::whole(const QString &id, const QJsonObject &params) const
{
    const QString topic = params["topic"_L1].toString();
    QJsonObject answer;
    if (topic == "devices"_L1)
        answer = m_fleet->window(params);
    else if (topic == "device"_L1)
        answer["device"_L1] = m_fleet->device(params["id"_L1].toString());
    else if (topic == "approvals"_L1)
        answer["items"_L1] = m_fleet->pendingApprovals();
    else if (topic == "fleet"_L1)
        answer["counts"_L1] = m_fleet->counts();
    answer["subscription"_L1] = id;
    return answer;
}

Result<QJsonValue> MockConnection::subscribe(const QJsonObject &params)
{
    const QString topic = params["topic"_L1].toString();
    if (topic != "devices"_L1 && topic != "device"_L1 && topic != "approvals"_L1 && topic != "fleet"_L1 && topic != "health"_L1)
        return failure(InvalidParams, u"There is no topic \"%1\""_s.arg(topic));
    if ((topic == "device"_L1 || topic == "health"_L1) && m_fleet->device(params["id"_L1].toString()).isNull())
        return failure(NotFound, u"There is no device \"%1\""_s.arg(params["id"_L1].toString()));
    const QString id = u"s%1"_s.arg(++m_lastId);
    m_subscriptions[id] = params;
    m_told = std::max(m_told, m_fleet->now());
    return whole(id, params);
}

Result<QJsonValue> MockConnection::call(const QString &method, const QJsonObject &params)
{
    if (method == "Live.Ping"_L1)
        return QJsonObject{{"time"_L1, timeToJson(m_fleet->now())}};
    if (method == "Live.Subscribe"_L1)
        return subscribe(params);
    const QString id = params["subscription"_L1].toString();
    if (method == "Live.Unsubscribe"_L1)
        return m_subscriptions.remove(id) > 0 ? Result<QJsonValue>(QJsonObject{}) : failure(NotFound, u"There is no such subscription"_s);
    if (method == "Live.Move"_L1) {
        const auto it = m_subscriptions.find(id);
        if (it == m_subscriptions.end())
            return failure(NotFound, u"There is no such subscription"_s);
        *it = params;
        (*it)["topic"_L1] = "devices"_L1;
        return whole(id, *it);
    }
    const Result<QJsonValue> answer = m_fleet->call(method, params);
    if (answer && (method == "Approvals.Accept"_L1 || method == "Approvals.Reject"_L1 || method == "Devices.Forget"_L1))
        QMetaObject::invokeMethod(this, &MockConnection::tick, Qt::QueuedConnection);
    return answer;
}

void MockConnection::tick()
{
    const qint64 since = std::exchange(m_told, m_fleet->now());
    const QMap<QString, QJsonObject> subscriptions = m_subscriptions;
    for (const auto &[id, params] : subscriptions.asKeyValueRange()) {
        const QString topic = params["topic"_L1].toString();
        QJsonObject news = whole(id, params);
        if (topic == "devices"_L1) {
            news["rows"_L1] = m_fleet->changedRows(news["ids"_L1].toArray(), since);
            emit notified(u"Live.Window"_s, news);
        } else if (topic == "device"_L1) {
            emit notified(u"Live.Device"_s, news);
        } else if (topic == "approvals"_L1) {
            emit notified(u"Live.Approvals"_s, news);
        } else if (topic == "fleet"_L1) {
            emit notified(u"Live.Fleet"_s, news);
        } else if (topic == "health"_L1) {
            const QJsonObject sample = m_fleet->sample(params["id"_L1].toString(), m_fleet->now());
            if (!sample.isEmpty())
                emit notified(u"Live.Health"_s, {{"subscription"_L1, id}, {"sample"_L1, sample}});
        }
    }
}

} // namespace muster
