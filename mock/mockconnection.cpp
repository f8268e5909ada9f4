// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockconnection.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "protocol/rpc/limits.h"

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
        answer = m_fleet->call(QString(contract::method::approvalsList), {{"text"_L1, params["text"_L1]}, {"limit"_L1, 500}})
                     .value_or(QJsonValue())
                     .toObject();
    else if (topic == "fleet"_L1)
        answer["counts"_L1] = m_fleet->counts();
    else if (topic == "commands"_L1)
        answer = m_fleet->commands().list(params).value_or(QJsonValue()).toObject();
    else if (topic == "history"_L1)
        answer = m_fleet->commands().history(m_fleet->facts(params["device"_L1].toString()), params,
                                             m_fleet->people().may(contract::permission::commandsRead).has_value());
    // Nobody pages through what moves.
    if (topic == "commands"_L1 || topic == "history"_L1) {
        answer.remove("total"_L1);
        answer.remove("next"_L1);
    }
    answer["subscription"_L1] = id;
    return answer;
}

Result<QJsonValue> MockConnection::subscribe(const QJsonObject &params)
{
    const QString topic = params["topic"_L1].toString();
    const auto facts = std::ranges::find(contract::topics, topic, &contract::TopicFacts::name);
    if (facts == contract::topics.end())
        return failure(InvalidParams, u"There is no topic \"%1\""_s.arg(topic));
    if (const auto allowed = m_fleet->people().may(facts->permission); !allowed)
        return std::unexpected(allowed.error());
    if ((topic == "device"_L1 || topic == "health"_L1) && m_fleet->device(params["id"_L1].toString()).isNull())
        return failure(NotFound, u"There is no device \"%1\""_s.arg(params["id"_L1].toString()));
    const QString device = params["device"_L1].toString();
    if ((topic == "history"_L1 || topic == "logs"_L1) && m_fleet->device(device).isNull())
        return failure(NotFound, u"There is no device \"%1\""_s.arg(device));
    const QString id = u"s%1"_s.arg(++m_lastId);
    if (topic == "logs"_L1) {
        const Result<MockContainers::Feed> feed = m_fleet->containers().open(m_fleet->facts(device), params, m_fleet->now());
        if (!feed)
            return std::unexpected(feed.error());
        m_feeds.insert(id, *feed);
        QMetaObject::invokeMethod(this, [this, id] { pump(id); }, Qt::QueuedConnection);
    }
    m_subscriptions[id] = params;
    m_told = std::max(m_told, m_fleet->now());
    return whole(id, params);
}

Result<QJsonValue> MockConnection::call(const QString &method, const QJsonObject &params)
{
    if (const auto good = MockFleet::fits(method, params); !good && method.startsWith("Live."_L1))
        return std::unexpected(good.error());
    if (method == "Live.Ping"_L1)
        return QJsonObject{{"time"_L1, timeToJson(m_fleet->now())}};
    if (method == "Live.Subscribe"_L1)
        return subscribe(params);
    const QString id = params["subscription"_L1].toString();
    m_feeds.remove(method == "Live.Unsubscribe"_L1 ? id : QString());
    if (method == "Live.Credit"_L1)
        return credit(params);
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
    static const QStringList changing =
        u"Approvals.Accept Approvals.Reject Approvals.RejectFrom Devices.Forget Devices.Call Commands.Create Commands.Cancel Bulks.Cancel Bulks.Again"_s
            .split(u' ');
    if (answer && changing.contains(method))
        QMetaObject::invokeMethod(this, &MockConnection::tick, Qt::QueuedConnection);
    return answer;
}

Result<QJsonValue> MockConnection::credit(const QJsonObject &params)
{
    const QString id = params["subscription"_L1].toString();
    const auto it = m_feeds.find(id);
    if (it == m_feeds.end())
        return failure(NotFound, u"There is no such subscription"_s);
    it->credit += params["bytes"_L1].toInteger();
    if (it->credit > limits::streamWindowBytes)
        return failure(TooLarge, u"More was granted than a window holds"_s);
    QMetaObject::invokeMethod(this, [this, id] { pump(id); }, Qt::QueuedConnection);
    return QJsonObject{};
}

void MockConnection::pump(const QString &id)
{
    const auto it = m_feeds.find(id);
    if (it == m_feeds.end() || it->ended)
        return;
    m_fleet->containers().settle(*it);
    const QString text = MockContainers::read(*it, m_fleet->now());
    const bool ended = it->ended;
    if (!text.isEmpty()) {
        QMetaObject::invokeMethod(this, [this, id] { pump(id); }, Qt::QueuedConnection);
        // As on a real line: a piece may end within a line.
        const qsizetype cut = text.size() / 2;
        emit notified(u"Live.Log"_s, {{"subscription"_L1, id}, {"text"_L1, text.first(cut)}});
        emit notified(u"Live.Log"_s, {{"subscription"_L1, id}, {"text"_L1, text.sliced(cut)}});
    }
    if (ended)
        emit notified(u"Live.LogEnd"_s, {{"subscription"_L1, id}, {"error"_L1, QJsonValue::Null}});
}

QStringList MockConnection::topics() const
{
    QStringList all;
    for (const QJsonObject &params : m_subscriptions)
        all << params["topic"_L1].toString();
    all.sort();
    return all;
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
        } else if (topic == "commands"_L1) {
            emit notified(u"Live.Commands"_s, news);
        } else if (topic == "history"_L1) {
            emit notified(u"Live.History"_s, news);
        } else if (topic == "logs"_L1) {
            pump(id);
        }
    }
}

} // namespace muster
