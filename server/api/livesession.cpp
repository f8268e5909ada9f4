// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/livesession.h"

#include "server/api/closecodes.h"
#include "server/api/eventjson.h"
#include "server/api/eventscope.h"
#include "server/api/livelimits.h"
#include "server/api/methods/methods.h"
#include "server/timetext.h"
#include "transport/closecodes.h"

#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Caller;

namespace {

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

LiveSession::LiveSession(LiveHub &hub, listen::Connection &connection, transport::WebSocket &webSocket, const QString &sessionId,
                         const QString &address)
    : OperatorSocket(connection, webSocket, livelimits::unsentAtMost)
    , m_hub(hub)
    , m_sessionId(sessionId)
    , m_address(address)
{
    connect(&webSocket, &transport::WebSocket::textReceived, this, &LiveSession::receive);
    connect(&webSocket, &transport::WebSocket::binaryReceived, this,
            [this] { hangUp(transport::closecode::unsupportedData, u"text frames only"_s); });
}

LiveSession::~LiveSession()
{
    while (!m_subscriptions.empty())
        drop(QString(m_subscriptions.begin()->first));
}

void LiveSession::drop(const QString &id)
{
    auto held = m_subscriptions.extract(id);
    if (held.empty())
        return;
    Subscription &subscription = held.mapped();
    if (subscription.topic == Topic::Health)
        QMetaObject::invokeMethod(&m_hub.m_fleet,
                                  [fleet = &m_hub.m_fleet, device = subscription.device] { fleet->health().unwatch(device); });
    // It may be what calls: it goes when it has returned, and is silent from now on.
    if (LogTail *log = subscription.log.release()) {
        log->disconnect(this);
        log->deleteLater();
    }
}

void LiveSession::receive(const QByteArray &text)
{
    const auto object = parseJsonObject(text);
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
    if (m_inFlight >= livelimits::calls)
        return answer(failure(TooMany, u"%1 calls wait for their answers already"_s.arg(m_inFlight)));
    ++m_inFlight;
    dispatch(caller, request)
        .then(this, [this, answer, isSubscribe = request.method == "Live.Subscribe"_L1,
                     topic = request.params["topic"_L1].toString()](const Answer &result) {
            --m_inFlight;
            answer(result);
            if (!isSubscribe || !result)
                return;
            m_hub.m_gate.table().contract().check(pictureOf(topic), *result);
            // The client knows the subscription now: what came for it meanwhile may follow.
            const auto begun = m_subscriptions.find((*result)["subscription"_L1].toString());
            if (begun != m_subscriptions.end() && begun->second.log)
                begun->second.log->show();
        });
}

QFuture<LiveSession::Answer> LiveSession::dispatch(const Caller &caller, const Request &request)
{
    if (!request.method.startsWith("Live."_L1))
        return m_hub.m_gate.invoke(caller, request.method, request.params);
    if (const auto admitted = m_hub.m_gate.admit(caller, request.method, request.params); !admitted)
        return ready<Answer>(std::unexpected(admitted.error()));
    if (request.method == "Live.Ping"_L1)
        return ready<Answer>(QJsonObject{{"time"_L1, timestampText(QDateTime::currentMSecsSinceEpoch())}});
    if (request.method == "Live.Subscribe"_L1)
        return subscribe(caller, request.params);
    if (request.method == "Live.Move"_L1)
        return move(request.params);
    if (request.method == "Live.Credit"_L1)
        return ready(credit(request.params));
    return ready(unsubscribe(request.params));
}

// --- subscriptions -------------------------------------------------------------------------------------------------

Result<void> LiveSession::readWindow(Subscription &subscription, const QJsonObject &params) const
{
    auto query = fleet::ListQuery::fromJson(params);
    if (!query)
        return std::unexpected(query.error());
    const qint64 offset = params.value("offset"_L1).toInteger(0);
    const qint64 limit = params.value("limit"_L1).toInteger(100);
    if (offset < 0 || limit < 1 || limit > fleet::Registry::mostRows)
        return failure(InvalidParams, u"a window starts at offset 0 or later and holds 1 to %1 rows"_s.arg(fleet::Registry::mostRows));
    subscription.query = *query;
    subscription.offset = offset;
    subscription.limit = limit;
    return {};
}

Result<Subscription> LiveSession::readSubscription(Topic topic, const QJsonObject &params) const
{
    Subscription subscription;
    subscription.topic = topic;
    const bool byId = topic == Topic::Device || topic == Topic::Shadow || topic == Topic::Health;
    const QLatin1StringView deviceParam = byId ? "id"_L1 : "device"_L1;
    if (topic == Topic::Devices) {
        if (const auto good = readWindow(subscription, params); !good)
            return std::unexpected(good.error());
    } else if (byId || topic == Topic::History || topic == Topic::Logs || params.contains(deviceParam)) {
        subscription.device = params.value(deviceParam).toString();
        if (!isDeviceId(subscription.device))
            return failure(InvalidParams, u"\"%1\" is not a device id"_s.arg(deviceParam));
    }
    if (topic == Topic::Approvals)
        subscription.text = params.value("text"_L1).toString();
    if (topic == Topic::Commands || topic == Topic::History) {
        subscription.limit = params.value("limit"_L1).toInt(100);
        if (subscription.limit > livelimits::rows)
            return failure(InvalidParams, u"\"limit\": this topic shows at most %1 rows"_s.arg(livelimits::rows));
        subscription.states = statesOf(params);
        subscription.bulk = params.value("bulk"_L1).toString();
        if (params.contains("state"_L1) && subscription.states.isEmpty())
            return failure(InvalidParams, u"\"state\" is no state of commands"_s);
    }
    if (topic != Topic::Logs)
        return subscription;
    if (params.value("container"_L1).toString().isEmpty() || !params.contains("credit"_L1))
        return failure(InvalidParams, u"\"container\" and \"credit\" are needed"_s);
    if (std::ranges::count_if(m_subscriptions, [](const auto &other) { return other.second.topic == Topic::Logs; }) >= livelimits::logs)
        return failure(TooMany, u"%1 logs are open on this connection already"_s.arg(livelimits::logs));
    return subscription;
}

QFuture<LiveSession::Answer> LiveSession::subscribe(const Caller &caller, const QJsonObject &params)
{
    const auto row = std::ranges::find(topics, params.value("topic"_L1).toString(), &TopicRow::name);
    if (row == topics.end())
        return ready<Answer>(failure(InvalidParams, u"there is no such topic"_s)); // the schema says it better
    if (const auto allowed = m_hub.m_gate.check(caller, row->permission); !allowed)
        return ready<Answer>(std::unexpected(allowed.error()));
    if (m_subscriptions.size() >= livelimits::subscriptions)
        return ready<Answer>(failure(TooMany, u"%1 subscriptions are open already"_s.arg(m_subscriptions.size())));
    auto subscription = readSubscription(row->topic, params);
    if (!subscription)
        return ready<Answer>(std::unexpected(subscription.error()));
    if (!subscription->device.isEmpty() && !caller.sees(subscription->device))
        return ready<Answer>(std::unexpected(fleet::Registry::unknown(subscription->device)));
    if (!isInScope(*subscription, caller))
        return ready<Answer>(failure(Forbidden, u"%1 sees single devices, and this is about more"_s.arg(caller.user)));
    const QString id = u"s%1"_s.arg(++m_lastSubscription);
    const QString device = subscription->device;
    m_subscriptions.emplace(id, std::move(*subscription));
    if (row->topic == Topic::Logs)
        return beginLog(id, params);
    if (row->topic == Topic::Health) {
        QMetaObject::invokeMethod(&m_hub.m_fleet, [fleet = &m_hub.m_fleet, device] { fleet->health().watch(device); });
        return ready<Answer>(QJsonObject{{"subscription"_L1, id}});
    }
    return picture(id, true).then(this, [this, id](const Result<QJsonObject> &shown) -> Answer {
        if (shown)
            return *shown;
        m_subscriptions.erase(id);
        return std::unexpected(shown.error());
    });
}

QFuture<LiveSession::Answer> LiveSession::beginLog(const QString &id, const QJsonObject &params)
{
    QJsonObject wanted{{"id"_L1, params.value("container"_L1)}};
    for (const QLatin1StringView name : {"tail"_L1, "since"_L1, "until"_L1, "stdout"_L1, "stderr"_L1, "follow"_L1}) {
        if (params.contains(name))
            wanted.insert(name, params.value(name));
    }
    Subscription &subscription = m_subscriptions.at(id);
    subscription.log = std::make_unique<LogTail>(m_hub.m_fleet, subscription.device, wanted, params.value("credit"_L1).toInteger());
    LogTail *log = subscription.log.get();
    connect(log, &LogTail::text, this, [this, id](const QString &text) {
        if (const auto found = m_subscriptions.find(id); found != m_subscriptions.end() && may(found->second))
            return push(found->second, {{"subscription"_L1, id}, {"text"_L1, text}});
        // Nobody grants any more: the device need not go on.
        logEnded(id, Error{.code = Forbidden, .message = u"the permission %1 was taken away"_s.arg(rowOf(Topic::Logs).permission)});
    });
    connect(log, &LogTail::ended, this, [this, id](const std::optional<Error> &error) { logEnded(id, error); });
    return log->begin().then(this, [this, id](const Answer &begun) -> Answer {
        if (begun)
            return QJsonObject{{"subscription"_L1, id}};
        drop(id);
        return begun;
    });
}

void LiveSession::logEnded(const QString &id, const std::optional<Error> &error)
{
    drop(id);
    notify(u"Live.LogEnd"_s,
           {{"subscription"_L1, id}, {"error"_L1, error ? QJsonValue(errorToJson(*error)) : QJsonValue(QJsonValue::Null)}});
}

LiveSession::Answer LiveSession::credit(const QJsonObject &params)
{
    const QString id = params.value("subscription"_L1).toString();
    const auto found = m_subscriptions.find(id);
    if (found == m_subscriptions.end() || !found->second.log)
        return failure(NotFound, u"there is no subscription \"%1\" of logs"_s.arg(id));
    if (!may(found->second))
        return failure(Forbidden, u"the permission %1 was taken away"_s.arg(rowOf(Topic::Logs).permission));
    if (const auto granted = found->second.log->grant(params.value("bytes"_L1).toInteger()); !granted)
        return std::unexpected(granted.error());
    return QJsonObject{};
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
    if (!m_subscriptions.contains(id))
        return failure(NotFound, u"there is no subscription \"%1\""_s.arg(id));
    drop(id);
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
        subscription.query.only = caller().devices;
        return inThreadOf(fleet, [fleet, query = subscription.query, offset = subscription.offset, limit = subscription.limit,
                                  known] { return fleet->registry().window(query, offset, limit, known); })
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
                              auto row = fleet->registry().deviceSince(device, version);
                              return std::pair(row, version);
                          })
            .then(this, [this, id, whole](const std::pair<Result<std::optional<QJsonObject>>, quint64> &answer) -> Picture {
                return pictureOfOne(id, "device"_L1, whole, answer.first, answer.second);
            });
    case Topic::Shadow:
        return inThreadOf(fleet,
                          [fleet, device = subscription.device, version = whole ? 0 : subscription.version]() mutable {
                              auto document = fleet->shadows().documentSince(device, version);
                              return std::pair(document, version);
                          })
            .then(this, [this, id, whole](const std::pair<Result<std::optional<QJsonObject>>, quint64> &answer) -> Picture {
                return pictureOfOne(id, "shadow"_L1, whole, answer.first, answer.second);
            });
    case Topic::Approvals:
        return inThreadOf(fleet,
                          [fleet, text = subscription.text] {
                              return fleet->enrolment().list(
                                  {.states = {store::KeyState::Pending}, .text = text, .network = {}, .after = 0});
                          })
            .then(this, [id](QJsonObject shown) -> Picture {
                shown.insert("subscription"_L1, id);
                return shown;
            });
    case Topic::Commands: {
        fleet::Commands *commands = &m_hub.m_commands;
        const fleet::Commands::Query query{.device = subscription.device,
                                           .states = subscription.states,
                                           .bulk = subscription.bulk,
                                           .after = {},
                                           .limit = static_cast<int>(subscription.limit)};
        return inThreadOf(commands, [commands, query] { return commands->list(query); }).then(this, [id](const Picture &page) -> Picture {
            if (!page)
                return page;
            return QJsonObject{{"subscription"_L1, id}, {"items"_L1, page->value("items"_L1)}, {"counts"_L1, page->value("counts"_L1)}};
        });
    }
    case Topic::History:
        return m_hub.m_fleet.history()
            .store()
            .list(subscription.device, {.kind = {}, .withCommands = caller().may(rowOf(Topic::Commands).permission)},
                  static_cast<int>(subscription.limit), 0)
            .then(this, [id](const Result<QList<store::HistoryRow>> &rows) -> Picture {
                if (!rows)
                    return std::unexpected(rows.error());
                QJsonArray items;
                for (const auto &row : *rows)
                    items.append(fleet::historyJson(row));
                return QJsonObject{{"subscription"_L1, id}, {"items"_L1, items}};
            });
    case Topic::Events: return ready<Picture>(QJsonObject{{"subscription"_L1, id}, {"events"_L1, QJsonArray()}});
    case Topic::Fleet:
    case Topic::Health:
    case Topic::Logs: break;
    }
    return inThreadOf(fleet, [fleet, only = caller().devices] { return fleet->registry().counts(only); })
        .then(this, [id](const fleet::Counts &counts) -> Picture {
            return QJsonObject{{"subscription"_L1, id}, {"counts"_L1, counts.toJson()}};
        });
}

void LiveSession::refresh(const QString &id)
{
    const auto held = m_subscriptions.find(id);
    if (held == m_subscriptions.end())
        return; // ended while others were told
    Subscription &subscription = held->second;
    if (subscription.asking) {
        subscription.askAgain = true;
        return;
    }
    // A client that cannot keep up gets the newest picture later instead of every picture now.
    if (!webSocket() || webSocket()->unsentBytes() > livelimits::unsentForPictures)
        return;
    if (!may(subscription)) // taken away since: nothing more is shown
        return closeView(id, subscription);
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
                push(now, *shown);
            now.last = around;
        }
        if (std::exchange(now.askAgain, false))
            refresh(id);
    });
}

void LiveSession::closeView(const QString &id, Subscription &subscription)
{
    // Where one device is shown, what stands there must not look as if it were so still: as of one that was forgotten.
    if (std::exchange(subscription.version, 0) != 0)
        notify(rowOf(subscription.topic).notification,
               {{"subscription"_L1, id}, {subscription.topic == Topic::Shadow ? "shadow"_L1 : "device"_L1, QJsonValue::Null}});
}

template <typename Wanted>
QStringList LiveSession::subscriptionsWith(Wanted wanted) const
{
    QStringList ids;
    for (const auto &[id, subscription] : m_subscriptions) {
        if (wanted(subscription))
            ids.append(id);
    }
    return ids;
}

Result<QJsonObject> LiveSession::pictureOfOne(const QString &id, QLatin1StringView name, bool whole,
                                              const Result<std::optional<QJsonObject>> &now, quint64 version)
{
    if (!now && whole)
        return std::unexpected(now.error());
    const auto found = m_subscriptions.find(id);
    // It was forgotten, which is said once.
    const quint64 before = found != m_subscriptions.end() ? std::exchange(found->second.version, now ? version : 0) : 0;
    if (!now)
        return before == 0 ? QJsonObject{} : QJsonObject{{"subscription"_L1, id}, {name, QJsonValue::Null}};
    const std::optional<QJsonObject> &picture = *now;
    return picture ? QJsonObject{{"subscription"_L1, id}, {name, *picture}} : QJsonObject{};
}

void LiveSession::fleetChanged()
{
    const QStringList ids = subscriptionsWith([](const Subscription &subscription) { return subscription.topic <= Topic::Fleet; });
    for (const QString &id : ids)
        refresh(id);
}

void LiveSession::listChanged(Topic topic, const QSet<QString> &devices)
{
    const QStringList ids = subscriptionsWith([&](const Subscription &subscription) {
        return subscription.topic == topic && (subscription.device.isEmpty() || devices.contains(subscription.device));
    });
    for (const QString &id : ids)
        refresh(id);
}

Caller LiveSession::caller() const
{
    return m_hub.m_accounts.callerOfSession(m_sessionId, m_address);
}

bool LiveSession::isInScope(const Subscription &subscription, const Caller &caller)
{
    // They are made for who asks.
    const bool staysInScope = subscription.topic == Topic::Devices || subscription.topic == Topic::Fleet
                              || subscription.topic == Topic::Events;
    return !caller.devices || staysInScope || (!subscription.device.isEmpty() && caller.sees(subscription.device));
}

bool LiveSession::may(const Subscription &subscription) const
{
    const Caller now = caller();
    return now.may(rowOf(subscription.topic).permission) && isInScope(subscription, now);
}

void LiveSession::healthSample(const QString &deviceId, const QJsonObject &sample)
{
    const QStringList ids = subscriptionsWith(
        [&](const Subscription &subscription) { return subscription.topic == Topic::Health && subscription.device == deviceId; });
    for (const QString &id : ids) {
        if (const auto found = m_subscriptions.find(id); found != m_subscriptions.end())
            push(found->second, {{"subscription"_L1, id}, {"sample"_L1, sample}});
    }
}

void LiveSession::eventsHappened(const QList<store::FleetEvent> &events)
{
    const QStringList ids = subscriptionsWith([](const Subscription &subscription) { return subscription.topic == Topic::Events; });
    if (ids.isEmpty())
        return;
    const Caller now = caller();
    for (const QString &id : ids) {
        const auto found = m_subscriptions.find(id);
        if (found == m_subscriptions.end())
            continue; // ended while others were told
        QJsonArray shown;
        for (const store::FleetEvent &event : events) {
            if ((found->second.device.isEmpty() || found->second.device == event.deviceId) && mayShow(now, event))
                shown.append(eventJson(event));
        }
        if (!shown.isEmpty())
            push(found->second, {{"subscription"_L1, id}, {"events"_L1, shown}});
    }
}

// --- going out -----------------------------------------------------------------------------------------------------

void LiveSession::push(const Subscription &subscription, const QJsonObject &params)
{
    if (may(subscription))
        notify(rowOf(subscription.topic).notification, params);
}

void LiveSession::notify(const QString &method, const QJsonObject &params)
{
    send(Notification{.method = method, .params = params});
}

void LiveSession::send(const Message &message)
{
    sendText(QJsonDocument(toJson(message)).toJson(QJsonDocument::Compact));
}

void LiveSession::signOut(const QString &reason)
{
    // Whoever does not answer the close must not go on reading.
    while (!m_subscriptions.empty())
        drop(QString(m_subscriptions.begin()->first));
    notify(u"Live.SignedOut"_s, {{"reason"_L1, reason}});
    hangUp(liveclose::signedOut, reason);
}

} // namespace muster::api
