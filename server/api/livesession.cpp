// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/livesession.h"

#include "protocol/rpc/limits.h"
#include "server/api/closecodes.h"
#include "server/timetext.h"

#include <QJsonDocument>
#include <QWebSocket>

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Caller;
using Topic = Subscription::Topic;

namespace {

constexpr size_t mostSubscriptions = 50;

struct TopicRow
{
    QLatin1StringView name;
    Topic topic;
    QLatin1StringView permission;
    QLatin1StringView notification;
};
constexpr std::array topics{
    TopicRow{"devices"_L1, Topic::Devices, operators::permission::devicesRead, "Live.Window"_L1},
    TopicRow{"device"_L1, Topic::Device, operators::permission::devicesRead, "Live.Device"_L1},
    TopicRow{"approvals"_L1, Topic::Approvals, operators::permission::approvalsRead, "Live.Approvals"_L1},
    TopicRow{"fleet"_L1, Topic::Fleet, operators::permission::devicesRead, "Live.Fleet"_L1},
    TopicRow{"health"_L1, Topic::Health, operators::permission::devicesRead, "Live.Health"_L1},
};

const TopicRow &rowOf(Topic topic)
{
    return *std::ranges::find(topics, topic, &TopicRow::topic);
}

QJsonArray arrayOf(const QList<QJsonObject> &objects)
{
    QJsonArray array;
    for (const QJsonObject &object : objects)
        array.append(object);
    return array;
}

QJsonObject windowJson(const fleet::Window &window)
{
    return {{"total"_L1, window.total},
            {"counts"_L1, window.counts.toJson()},
            {"offset"_L1, window.offset},
            {"ids"_L1, QJsonArray::fromStringList(window.ids)},
            {"rows"_L1, arrayOf(window.rows)}};
}

} // namespace

LiveSession::LiveSession(LiveHub &hub, QWebSocket *socket, const QString &sessionId, const QString &address)
    : m_hub(hub)
    , m_socket(socket)
    , m_sessionId(sessionId)
    , m_address(address)
{
    m_socket->setParent(this);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &LiveSession::receive);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this,
            [this] { m_socket->close(QWebSocketProtocol::CloseCodeDatatypeNotSupported, u"text frames only"_s); });
    connect(m_socket, &QWebSocket::disconnected, this, &LiveSession::ended);
}

LiveSession::~LiveSession()
{
    for (const auto &[id, subscription] : m_subscriptions) {
        if (subscription.topic == Topic::Health)
            QMetaObject::invokeMethod(&m_hub.m_fleet,
                                      [fleet = &m_hub.m_fleet, device = subscription.device] { fleet->unwatchHealth(device); });
    }
}

void LiveSession::receive(const QString &text)
{
    const auto object = parseJsonObject(text.toUtf8());
    if (!object)
        return send(Response{.id = {}, .result = std::unexpected(object.error())});
    const auto message = messageFromJson(*object);
    if (!message)
        return send(Response{.id = object->value("id"_L1).toString(), .result = std::unexpected(message.error())});
    if (const auto *request = std::get_if<Request>(&*message))
        handle(*request);
}

void LiveSession::handle(const Request &request)
{
    const auto answer = [this, id = request.id](const Answer &result) { send(Response{.id = id, .result = result}); };
    // Looked up anew each time: a role taken away counts from the next message on.
    const Caller caller = m_hub.m_accounts.callerOfSession(m_sessionId, m_address);
    if (!caller.isSignedIn())
        return signOut(u"the session has ended"_s);
    if (m_inFlight >= limits::callsInFlight)
        return answer(failure(TooMany, u"%1 calls wait for their answers already"_s.arg(m_inFlight)));
    if (request.method == "Live.Ping"_L1)
        return answer(QJsonObject{{"time"_L1, timestampText(QDateTime::currentMSecsSinceEpoch())}});
    if (request.method == "Live.Unsubscribe"_L1)
        return answer(unsubscribe(request.params));
    ++m_inFlight;
    const bool isSubscribe = request.method == "Live.Subscribe"_L1;
    const bool isMove = request.method == "Live.Move"_L1;
    QFuture<Answer> future = isSubscribe ? subscribe(caller, request.params)
                             : isMove    ? move(request.params)
                                         : m_hub.m_gate.invoke(caller, request.method, request.params);
    future.then(this, [this, answer](const Answer &result) {
        --m_inFlight;
        answer(result);
    });
}

// --- subscriptions -------------------------------------------------------------------------------------------------

Result<void> LiveSession::readWindow(Subscription &subscription, const QJsonObject &params) const
{
    auto query = fleet::ListQuery::fromJson(params);
    if (!query)
        return std::unexpected(query.error());
    const qint64 offset = params.value("offset"_L1).toInteger(0);
    const qint64 limit = params.value("limit"_L1).toInteger(100);
    if (offset < 0 || limit < 1 || limit > fleet::Fleet::mostRows)
        return failure(InvalidParams, u"a window starts at offset 0 or later and holds 1 to %1 rows"_s.arg(fleet::Fleet::mostRows));
    subscription.query = *query;
    subscription.offset = offset;
    subscription.limit = limit;
    return {};
}

QFuture<LiveSession::Answer> LiveSession::subscribe(const Caller &caller, const QJsonObject &params)
{
    const QString name = params.value("topic"_L1).toString();
    const auto row = std::ranges::find(topics, name, &TopicRow::name);
    if (row == topics.end())
        return ready<Answer>(
            failure(InvalidParams, u"the topic is \"%1\": it takes devices, device, approvals, fleet or health"_s.arg(name.left(40))));
    if (const auto allowed = m_hub.m_gate.check(caller, row->permission); !allowed)
        return ready<Answer>(std::unexpected(allowed.error()));
    if (m_subscriptions.size() >= mostSubscriptions)
        return ready<Answer>(failure(TooMany, u"%1 subscriptions are open already"_s.arg(m_subscriptions.size())));
    Subscription subscription;
    subscription.topic = row->topic;
    if (row->topic == Topic::Devices) {
        if (const auto good = readWindow(subscription, params); !good)
            return ready<Answer>(std::unexpected(good.error()));
    } else if (row->topic == Topic::Device || row->topic == Topic::Health) {
        subscription.device = params.value("id"_L1).toString();
        if (!isDeviceId(subscription.device))
            return ready<Answer>(failure(InvalidParams, u"\"id\" is not a device id"_s));
    }
    const QString id = u"s%1"_s.arg(++m_lastSubscription);
    m_subscriptions.emplace(id, subscription);
    if (subscription.topic == Topic::Health) {
        QMetaObject::invokeMethod(&m_hub.m_fleet, [fleet = &m_hub.m_fleet, device = subscription.device] { fleet->watchHealth(device); });
        return ready<Answer>(QJsonObject{{"subscription"_L1, id}});
    }
    return picture(id, true).then(this, [this, id](const Result<QJsonObject> &shown) -> Answer {
        if (shown)
            return *shown;
        m_subscriptions.erase(id);
        return std::unexpected(shown.error());
    });
}

QFuture<LiveSession::Answer> LiveSession::move(const QJsonObject &params)
{
    const QString id = params.value("subscription"_L1).toString();
    const auto found = m_subscriptions.find(id);
    if (found == m_subscriptions.end() || found->second.topic != Topic::Devices)
        return ready<Answer>(failure(NotFound, u"there is no subscription \"%1\" of devices"_s.arg(id.left(40))));
    if (const auto good = readWindow(found->second, params); !good)
        return ready<Answer>(std::unexpected(good.error()));
    return picture(id, true).then(
        this, [](const Result<QJsonObject> &shown) -> Answer { return shown ? Answer(*shown) : Answer(std::unexpected(shown.error())); });
}

LiveSession::Answer LiveSession::unsubscribe(const QJsonObject &params)
{
    const QString id = params.value("subscription"_L1).toString();
    const auto found = m_subscriptions.find(id);
    if (found == m_subscriptions.end())
        return failure(NotFound, u"there is no subscription \"%1\""_s.arg(id.left(40)));
    if (found->second.topic == Topic::Health)
        QMetaObject::invokeMethod(&m_hub.m_fleet,
                                  [fleet = &m_hub.m_fleet, device = found->second.device] { fleet->unwatchHealth(device); });
    m_subscriptions.erase(found);
    return QJsonObject{};
}

QFuture<Result<QJsonObject>> LiveSession::picture(const QString &id, bool whole)
{
    using Picture = Result<QJsonObject>;
    Subscription &subscription = m_subscriptions.at(id);
    fleet::Fleet *fleet = &m_hub.m_fleet;
    switch (subscription.topic) {
    case Topic::Devices: {
        const auto known = whole ? QHash<QString, quint64>() : subscription.known;
        return inThreadOf(fleet, [fleet, query = subscription.query, offset = subscription.offset, limit = subscription.limit,
                                  known] { return fleet->window(query, offset, limit, known); })
            .then(this, [this, id](const fleet::Window &window) -> Picture {
                if (const auto found = m_subscriptions.find(id); found != m_subscriptions.end())
                    found->second.known = window.versions;
                QJsonObject json = windowJson(window);
                json.insert("subscription"_L1, id);
                return json;
            });
    }
    case Topic::Device:
        return inThreadOf(fleet,
                          [fleet, device = subscription.device, version = whole ? 0 : subscription.version]() mutable {
                              auto row = fleet->deviceSince(device, version);
                              return std::pair(row, version);
                          })
            .then(this, [this, id, whole](const std::pair<Result<std::optional<QJsonObject>>, quint64> &answer) -> Picture {
                const auto &[row, version] = answer;
                if (!row && whole)
                    return std::unexpected(row.error());
                if (const auto found = m_subscriptions.find(id); found != m_subscriptions.end())
                    found->second.version = row ? version : 0;
                if (row && !*row)
                    return QJsonObject{};
                return QJsonObject{{"subscription"_L1, id}, {"device"_L1, row ? QJsonValue(**row) : QJsonValue(QJsonValue::Null)}};
            });
    case Topic::Approvals:
        return inThreadOf(fleet, [fleet] { return fleet->approvals({store::KeyState::Pending}); })
            .then(this, [id](const QList<QJsonObject> &items) -> Picture {
                return QJsonObject{{"subscription"_L1, id}, {"items"_L1, arrayOf(items)}};
            });
    case Topic::Fleet:
    case Topic::Health: break;
    }
    return inThreadOf(fleet, [fleet] { return fleet->counts(); }).then(this, [id](const fleet::Counts &counts) -> Picture {
        return QJsonObject{{"subscription"_L1, id}, {"counts"_L1, counts.toJson()}};
    });
}

void LiveSession::refresh(const QString &id)
{
    Subscription &subscription = m_subscriptions.at(id);
    if (subscription.asking) {
        subscription.askAgain = true;
        return;
    }
    // A client that cannot keep up gets the newest picture later instead of every picture now.
    if (m_socket->bytesToWrite() > limits::queuedBytesPerConnection / 2)
        return;
    subscription.asking = true;
    picture(id, false).then(this, [this, id](const Result<QJsonObject> &shown) {
        const auto found = m_subscriptions.find(id);
        if (found == m_subscriptions.end())
            return;
        Subscription &now = found->second;
        now.asking = false;
        if (shown && !shown->isEmpty()) {
            // Rows are sent once each; what stands around them only when it changed.
            QJsonObject around = *shown;
            const bool hasRows = !around.take("rows"_L1).toArray().isEmpty();
            if (hasRows || around != now.last)
                notify(rowOf(now.topic).notification, *shown);
            now.last = around;
        }
        if (std::exchange(now.askAgain, false))
            refresh(id);
    });
}

void LiveSession::fleetChanged()
{
    for (auto &[id, subscription] : m_subscriptions) {
        if (subscription.topic != Topic::Health)
            refresh(id);
    }
}

void LiveSession::healthSample(const QString &deviceId, const QJsonObject &sample)
{
    for (const auto &[id, subscription] : m_subscriptions) {
        if (subscription.topic == Topic::Health && subscription.device == deviceId)
            notify(rowOf(Topic::Health).notification, {{"subscription"_L1, id}, {"sample"_L1, sample}});
    }
}

// --- going out -----------------------------------------------------------------------------------------------------

void LiveSession::notify(const QString &method, const QJsonObject &params)
{
    send(Notification{.method = method, .params = params});
}

void LiveSession::send(const Message &message)
{
    if (m_socket->bytesToWrite() > limits::queuedBytesPerConnection * 4)
        return m_socket->abort();
    m_socket->sendTextMessage(QString::fromUtf8(QJsonDocument(toJson(message)).toJson(QJsonDocument::Compact)));
}

void LiveSession::signOut(const QString &reason)
{
    notify(u"Live.SignedOut"_s, {{"reason"_L1, reason}});
    m_socket->close(closeCode(LiveClose::SignedOut), reason);
}

void LiveSession::goAway()
{
    m_socket->close(QWebSocketProtocol::CloseCodeGoingAway, u"the server stops"_s);
}

} // namespace muster::api
