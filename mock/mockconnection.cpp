// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockconnection.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "protocol/rpc/limits.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

QJsonObject MockConnection::picture(const QString &id, const QJsonObject &params) const
{
    QJsonObject answer;
    const MockTable::Topic topic = m_fleet->table().topics.value(params["topic"_L1].toString());
    if (topic.picture)
        answer = topic.picture(params).value_or(QJsonObject());
    answer["subscription"_L1] = id;
    return answer;
}

Result<QJsonValue> MockConnection::subscribe(const QJsonObject &params)
{
    const QString topic = params["topic"_L1].toString();
    const auto facts = std::ranges::find(contract::topics, topic, &contract::TopicFacts::name);
    if (facts == contract::topics.end())
        return failure(InvalidParams, u"There is no topic \"%1\""_s.arg(topic));
    if (const auto allowed = m_fleet->gate().mayDo(facts->permission); !allowed)
        return std::unexpected(allowed.error());
    if (facts->name == contract::topic::device) {
        if (const auto device = m_fleet->known(params["id"_L1].toString()); !device)
            return std::unexpected(device.error());
    }
    const QString id = u"s%1"_s.arg(++m_lastId);
    if (const auto open = m_fleet->table().streams.value(topic)) {
        Result<std::unique_ptr<MockStream>> stream = open(params);
        if (!stream)
            return std::unexpected(stream.error());
        m_streams[id] = std::move(*stream);
        QMetaObject::invokeMethod(this, [this, id] { pump(id); }, Qt::QueuedConnection);
    } else if (const auto first = m_fleet->table().topics.value(topic).picture(params); !first) {
        return std::unexpected(first.error());
    }
    m_subscriptions[id] = params;
    m_told = std::max(m_told, m_fleet->now());
    return picture(id, params);
}

Result<QJsonValue> MockConnection::call(const QString &method, const QJsonObject &params)
{
    if (const auto good = MockGate::fits(method, params); !good && method.startsWith("Live."_L1))
        return std::unexpected(good.error());
    if (method == "Live.Ping"_L1)
        return QJsonObject{{"time"_L1, timeToJson(m_fleet->now())}};
    if (method == "Live.Subscribe"_L1)
        return subscribe(params);
    const QString id = params["subscription"_L1].toString();
    if (method == "Live.Unsubscribe"_L1)
        m_streams.erase(id);
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
        return picture(id, *it);
    }
    const Result<QJsonValue> answer = m_fleet->call(method, params);
    if (answer && m_fleet->table().calls.value(method).changes)
        QMetaObject::invokeMethod(this, &MockConnection::tick, Qt::QueuedConnection);
    return answer;
}

Result<QJsonValue> MockConnection::credit(const QJsonObject &params)
{
    const QString id = params["subscription"_L1].toString();
    const auto it = m_streams.find(id);
    if (it == m_streams.end())
        return failure(NotFound, u"There is no such subscription"_s);
    if (it->second->grant(params["bytes"_L1].toInteger()) > limits::streamWindowBytes)
        return failure(TooLarge, u"More was granted than a window holds"_s);
    QMetaObject::invokeMethod(this, [this, id] { pump(id); }, Qt::QueuedConnection);
    return QJsonObject{};
}

void MockConnection::pump(const QString &id)
{
    const auto it = m_streams.find(id);
    if (it == m_streams.end() || it->second->hasEnded())
        return;
    const QString text = it->second->read(m_fleet->now());
    const bool ended = it->second->hasEnded();
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
        const QString name = params["topic"_L1].toString();
        const MockTable::Topic topic = m_fleet->table().topics.value(name);
        if (!topic.picture) {
            pump(id);
            continue;
        }
        QJsonObject news = topic.news ? topic.news(params, since) : picture(id, params);
        if (news.isEmpty())
            continue;
        news["subscription"_L1] = id;
        emit notified(QString(std::ranges::find(contract::topics, name, &contract::TopicFacts::name)->notification), news);
    }
}

} // namespace muster
