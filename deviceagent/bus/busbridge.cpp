// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/bus/busbridge.h"

#include "deviceagent/boottime.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/timestamp.h"
#include "protocol/signing/canonical.h"
#include "protocol/signing/envelope.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logBridge, "muster.agent.bus", QtInfoMsg)

/// Calls of workers that wait for the server: the link has room for more, and that is for the agent itself.
constexpr int mostUpwards = 32;
/// Workers, and what their schemas may take of one answer of rpc.discover.
constexpr int mostWorkers = 64;
constexpr qsizetype mostSchemaBytes = 400 * 1024;
/// What a worker does wrong is logged this often at most: it may do so all the time.
constexpr qint64 complainEvery = 10'000;

/// How late a worker on a busy device may renew.
constexpr qint64 lateRenewal = 5000;

/// What workers may call at the server. It has a table of its own, which decides in the end.
constexpr std::array upwardMethods{methods::timeNow, methods::eventReport, methods::stateReport, methods::shadowGet, methods::shadowUpdate};

/// What a worker would report of the agent itself.
bool speaksForAgent(const QString &method, const QJsonObject &params)
{
    const QJsonValue state = params.value("state"_L1);
    return (method == methods::stateReport && state.toObject().contains("muster"_L1))
           || (method == methods::shadowUpdate && state["reported"_L1].toObject().contains("muster"_L1));
}

QByteArray textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

BusBridge::BusBridge(ServerLink &link, Registry &registry, const Options &options, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_registry(registry)
    , m_options(options)
    , m_inbox("_INBOX."_L1 + SignedSession::newSessionId())
    , m_nats(options.nats,
             {options.prefix + ".register"_L1, options.prefix + ".cloud.>"_L1, options.prefix + ".event.>"_L1, m_inbox + ".*"_L1})
    , m_events(link, options.events)
    , m_since(bootTime())
{
    connect(&m_nats, &NatsClient::received, this, &BusBridge::receive);
    connect(&m_nats, &NatsClient::connected, this, [this] {
        qCInfo(logBridge).noquote() << "connected to the bus at" << m_options.nats.url;
        m_since = bootTime();
        m_wasConnected = true;
        // Workers need not wait until they would renew.
        send(m_options.prefix + ".hello"_L1,
             textOf({{"agent"_L1, "muster-agent"_L1}, {"device_id"_L1, m_options.deviceId}, {"renew_s"_L1, renewSeconds()}}));
        emit stateChanged();
        askForShadow();
    });
    connect(&m_nats, &NatsClient::disconnected, this, [this](const QString &reason) {
        qCInfo(logBridge).noquote() << "the bus at" << m_options.nats.url << "is away:" << reason << "- the agent goes on without it";
        if (std::exchange(m_wasConnected, false))
            m_since = bootTime();
        const QStringList ids = m_requests.keys();
        for (const QString &id : ids)
            fail(id, {.code = Unavailable, .message = u"The message bus of this device went away before the worker answered."_s});
        emit stateChanged();
    });
    connect(&m_nats, &NatsClient::unsent, this, &BusBridge::failUnsent);
    addShadow();
    m_forgetting.setTimerType(Qt::VeryCoarseTimer);
    m_forgetting.setInterval(std::max(m_options.forget / 3, std::chrono::milliseconds(1)));
    connect(&m_forgetting, &QTimer::timeout, this, &BusBridge::forgetSilentWorkers);
}

BusBridge::~BusBridge()
{
    const QStringList names = m_workers.keys();
    for (const QString &name : names)
        m_registry.removeWorker(name);
}

void BusBridge::start()
{
    m_nats.start();
}

qint64 BusBridge::renewSeconds() const
{
    return std::chrono::duration_cast<std::chrono::seconds>(m_options.renew).count();
}

bool BusBridge::isSettled() const
{
    // Who missed the hello registers with its next renewal.
    return m_nats.isConnected() && bootTime() - m_since > m_options.renew.count() + lateRenewal;
}

QJsonObject BusBridge::state() const
{
    const QDateTime since = QDateTime::fromMSecsSinceEpoch(m_link.clock().at(m_since), QTimeZone::UTC);
    // A merge patch: null takes an earlier reason away.
    return {{"state"_L1, m_nats.isConnected() ? "connected"_L1 : "away"_L1},
            {"since"_L1, QString::fromLatin1(toTimestamp(since))},
            {"reason"_L1, m_nats.reason().isEmpty() ? QJsonValue() : QJsonValue(m_nats.reason())}};
}

void BusBridge::receive(const BusMessage &message)
{
    const auto below = [&message](const QString &prefix) {
        return message.subject.startsWith(prefix) ? message.subject.sliced(prefix.size()) : QString();
    };
    if (const QString id = below(m_inbox + u'.'); !id.isEmpty())
        answered(id, message);
    else if (const QString event = below(m_options.prefix + ".event."_L1); !event.isEmpty())
        takeEvent(event, message);
    else if (const QString method = below(m_options.prefix + ".cloud."_L1); !method.isEmpty())
        callServer(method, message);
    else if (message.subject == m_options.prefix + ".register"_L1)
        registerWorker(message);
}

// --- workers come and go -------------------------------------------------------------------------------------------

void BusBridge::registerWorker(const BusMessage &message)
{
    const Result<Registration> registration = message.isTooLarge ? failure(TooLarge, u"The registration is too long."_s)
                                                                 : Registration::fromJson(message.data);
    const Result<void> admitted = registration ? admit(*registration) : std::unexpected(registration.error());
    if (!admitted)
        complain(u"a worker was not registered: %1"_s.arg(admitted.error().message));
    if (message.reply.isEmpty())
        return;
    send(message.reply, textOf(admitted ? QJsonObject{{"ok"_L1, true}, {"renew_s"_L1, renewSeconds()}}
                                        : QJsonObject{{"error"_L1, errorToJson(admitted.error())}}));
}

Result<void> BusBridge::admit(const Registration &registration)
{
    const bool isKnown = m_workers.contains(registration.worker);
    if (!isKnown && m_workers.size() >= mostWorkers)
        return failure(TooMany, u"%1 workers have registered already."_s.arg(m_workers.size()));
    qsizetype bytes = 0;
    const QList<const Method *> all = m_registry.methods();
    for (const Method *method : all) {
        if (!method->worker.isEmpty() && method->worker != registration.worker)
            bytes += method->params.size() + method->result.size();
    }
    for (const Registration::Entry &entry : registration.methods) {
        const std::optional<QString> owner = m_registry.ownerOf(entry.method.name);
        if (owner && owner->isEmpty())
            return failure(Conflict, u"%1 is a method of the agent itself: give yours another name."_s.arg(entry.method.name));
        if (owner && *owner != registration.worker)
            return failure(Conflict, u"%1 belongs to the worker %2, which is there."_s.arg(entry.method.name, *owner));
        bytes += entry.method.params.size() + entry.method.result.size();
    }
    if (bytes > mostSchemaBytes)
        return failure(TooLarge, u"The schemas of all workers would take %1 bytes; they may take %2."_s.arg(bytes).arg(mostSchemaBytes));

    m_registry.removeWorker(registration.worker);
    Worker &worker = m_workers[registration.worker];
    worker.until = bootTime() + m_options.forget.count();
    worker.timeouts.clear();
    for (const Registration::Entry &entry : registration.methods) {
        Method method = entry.method;
        method.call = [this, worker = registration.worker, name = method.name](const QJsonObject &params) {
            return ask(worker, name, params);
        };
        worker.timeouts.insert(method.name, entry.timeout);
        m_registry.add(std::move(method));
    }
    if (!isKnown)
        qCInfo(logBridge).noquote() << "the worker" << registration.worker << "has" << registration.methods.size() << "methods";
    if (!m_forgetting.isActive())
        m_forgetting.start();
    return {};
}

void BusBridge::forgetSilentWorkers()
{
    const qint64 now = bootTime();
    const QStringList names = m_workers.keys();
    for (const QString &name : names) {
        if (m_workers.value(name).until > now)
            continue;
        qCInfo(logBridge).noquote() << "the worker" << name << "is silent: its methods are gone until it registers again";
        m_workers.remove(name);
        m_registry.removeWorker(name);
    }
    if (m_workers.isEmpty())
        m_forgetting.stop();
}

// --- down: the server calls a worker -------------------------------------------------------------------------------

QFuture<Answer> BusBridge::ask(const QString &worker, const QString &method, const QJsonObject &params)
{
    if (!m_nats.isConnected())
        return ready(failure(Unavailable, u"The message bus of this device is away, and with it the worker %1."_s.arg(worker)));
    if (m_requests.size() >= limits::callsInFlight)
        return ready(failure(TooMany, u"%1 calls wait for workers already."_s.arg(m_requests.size())));
    const QString id = QString::number(++m_lastRequest);
    const auto request = std::make_shared<Request>();
    request->method = method;
    request->promise.start();
    m_requests.insert(id, request);
    const auto timeout = m_workers.value(worker).timeouts.value(method, Registration::defaultTimeout);
    QTimer::singleShot(timeout, Qt::CoarseTimer, this, [this, id, worker, method, timeout] {
        fail(id,
             {.code = TimedOut,
              .message = u"The worker %1 did not answer %2 within %3 s."_s.arg(worker, method, QString::number(timeout.count() / 1000))});
    });
    const Result<void> sent = m_nats.publish(m_options.prefix + ".rpc."_L1 + method,
                                             textOf(toJson(muster::Request{.id = id, .method = method, .params = params})),
                                             m_inbox + u'.' + id);
    if (!sent)
        fail(id, sent.error());
    return request->promise.future();
}

void BusBridge::answered(const QString &id, const BusMessage &message)
{
    const std::shared_ptr<Request> request = m_requests.value(id);
    if (!request)
        return; // too late, or a second time
    if (message.hasNobody)
        return fail(id, {.code = Unavailable, .message = u"No worker listens for %1: has it stopped?"_s.arg(request->method)});
    if (message.isTooLarge || message.data.size() > limits::resultBytes)
        return fail(
            id,
            {.code = TooLarge,
             .message = u"The worker's answer to %1 is over the limit of %2 KiB."_s.arg(request->method).arg(limits::resultBytes / 1024)});
    const Result<QJsonObject> object = parseJsonObject(message.data);
    const Result<Message> parsed = object ? messageFromJson(*object) : std::unexpected(object.error());
    const Response *response = parsed ? std::get_if<Response>(&*parsed) : nullptr;
    if (!response || response->id != id) {
        const QString why = !parsed     ? parsed.error().message
                            : !response ? u"It is no response."_s
                                        : u"Its \"id\" is not that of the request."_s;
        complain(u"a worker answered %1 with what is no JSON-RPC response: %2"_s.arg(request->method, why));
        return fail(
            id, {.code = InternalError, .message = u"The worker's answer to %1 is no JSON-RPC response: %2"_s.arg(request->method, why)});
    }
    m_requests.remove(id);
    request->promise.addResult(response->result);
    request->promise.finish();
}

/// What never reached a worker has no answer to wait for.
void BusBridge::failUnsent(const QString &subject, const QString &reply, const Error &error)
{
    if (reply.startsWith(m_inbox + u'.'))
        return fail(reply.sliced(m_inbox.size() + 1), error);
    const QStringList ids = m_requests.keys();
    for (const QString &id : ids) {
        if (m_options.prefix + ".rpc."_L1 + m_requests.value(id)->method == subject)
            fail(id, error);
    }
}

void BusBridge::send(const QString &subject, const QByteArray &text)
{
    if (const Result<void> sent = m_nats.publish(subject, text); !sent)
        qCInfo(logBridge).noquote() << "nothing was sent to" << subject << "-" << sent.error().message;
}

void BusBridge::fail(const QString &id, const Error &error)
{
    if (const std::shared_ptr<Request> request = m_requests.take(id)) {
        request->promise.addResult(std::unexpected(error));
        request->promise.finish();
    }
}

// --- up: a worker calls the server ---------------------------------------------------------------------------------

void BusBridge::callServer(const QString &method, const BusMessage &message)
{
    // An empty message is a call without params; the id is given back as it came.
    const Result<QJsonObject> request = message.isTooLarge       ? failure(TooLarge, u"The call is too long."_s)
                                        : message.data.isEmpty() ? QJsonObject()
                                                                 : parseJsonObject(message.data);
    const QJsonValue id = request ? request->value("id"_L1) : QJsonValue();
    const auto answer = [this, reply = message.reply, id](const Answer &outcome) {
        if (reply.isEmpty())
            return;
        QJsonObject response{{"jsonrpc"_L1, "2.0"_L1}, {"id"_L1, id.isUndefined() ? QJsonValue(QJsonValue::Null) : id}};
        if (outcome)
            response.insert("result"_L1, *outcome);
        else
            response.insert("error"_L1, errorToJson(outcome.error()));
        const QByteArray text = textOf(response);
        if (const Result<void> sent = m_nats.publish(reply, text); !sent && sent.error().code == TooLarge) {
            response.remove("result"_L1);
            response.insert("error"_L1, errorToJson({.code = TooLarge, .message = u"The server's answer: %1"_s.arg(sent.error().message)}));
            send(reply, textOf(response));
        }
    };
    if (!request)
        return answer(std::unexpected(request.error()));
    const QString shown = cleanText(method, 64);
    if (!std::ranges::contains(upwardMethods, method))
        return answer(failure(
            MethodNotFound, u"Workers may call Time.Now, Event.Report, State.Report, Shadow.Get and Shadow.Update, not %1."_s.arg(shown)));
    if (!m_registry.permits(method))
        return answer(failure(PolicyForbids, u"The policy of this device forbids %1."_s.arg(shown)));
    if (request->contains("method"_L1) && request->value("method"_L1) != method)
        return answer(failure(InvalidRequest, u"\"method\" is another one than the subject says."_s));
    if (request->contains("params"_L1) && !request->value("params"_L1).isObject())
        return answer(failure(InvalidParams, u"\"params\" must be an object."_s));
    const QJsonObject params = request->value("params"_L1).toObject();
    if (speaksForAgent(method, params))
        return answer(failure(Forbidden, u"\"muster\" is what the agent says of itself: use another member of the state."_s));
    // As it goes to the server: 1e15 takes 16 characters there.
    const qsizetype size = canonicalJson(params).value_or(QByteArray()).size();
    if (size > limits::resultBytes)
        return answer(failure(TooLarge, u"The call has %1 bytes; it may have %2."_s.arg(size).arg(limits::resultBytes)));
    if (m_upwards >= mostUpwards)
        return answer(failure(TooMany, u"%1 calls of workers wait for the server already."_s.arg(m_upwards)));
    ++m_upwards;
    m_link.call(method, params).then(this, [this, answer](const Answer &outcome) {
        --m_upwards;
        answer(outcome);
    });
}

// --- what is wanted of this device ---------------------------------------------------------------------------------

void BusBridge::addShadow()
{
    m_registry.add({.name = methods::shadowDelta,
                    .summary = "Tells the workers of this device what is wanted of it and differs from what it reports.",
                    .params = R"({"type":"object","required":["state","version"],"properties":{)"
                              R"("state":{"type":"object","description":"What differs, with the values that are wanted"},)"
                              R"("version":{"type":"integer","description":"Of what is wanted"},)"
                              R"("timestamp":{"type":"integer","description":"Since when, s since 1970"}}})",
                    .result = R"({"type":"object"})",
                    .call = [this](const QJsonObject &params) {
                        if (!params.value("state"_L1).isObject())
                            return ready(failure(InvalidParams, u"\"state\" must be an object: what differs."_s));
                        if (!m_nats.isConnected())
                            return ready(failure(Unavailable, u"The message bus of this device is away, and with it its workers."_s));
                        const Result<void> sent = m_nats.publish(m_options.prefix + ".shadow.delta"_L1, textOf(params));
                        return ready(sent ? Answer(QJsonObject{}) : std::unexpected(sent.error()));
                    }});
}

void BusBridge::askForShadow()
{
    // What was told while the bus was away reached nobody.
    if (m_link.state() != ServerLink::State::Accepted || !m_registry.permits(methods::shadowDelta))
        return;
    m_link.call(methods::shadowGet, {}).then(this, [this](const Answer &document) {
        if (!document)
            return; // an older server has none
        const QJsonObject delta = (*document)["state"_L1]["delta"_L1].toObject();
        if (!delta.isEmpty() && m_nats.isConnected())
            send(m_options.prefix + ".shadow.delta"_L1,
                 textOf({{"state"_L1, delta}, {"version"_L1, (*document)["version"_L1]}, {"timestamp"_L1, (*document)["timestamp"_L1]}}));
    });
}

void BusBridge::takeEvent(const QString &name, const BusMessage &message)
{
    if (message.isTooLarge)
        return complain(u"the event %1 is too long"_s.arg(cleanText(name, 64)));
    if (!m_registry.permits(methods::eventReport))
        return;
    QJsonValue data = QJsonValue::Undefined;
    if (!message.data.isEmpty()) {
        // Any JSON value: the strict parser wants an object around it.
        const Result<QJsonObject> wrapped = parseJsonObject(R"({"data":)" + message.data + '}');
        data = wrapped && wrapped->size() == 1 ? wrapped->value("data"_L1)
                                               : QJsonValue(cleanText(QString::fromUtf8(message.data), message.data.size()));
    }
    if (const Result<void> added = m_events.add(name, data, message.worker); !added)
        complain(added.error().message);
}

void BusBridge::complain(const QString &what)
{
    const qint64 now = bootTime();
    if (m_complainedAt != 0 && now - m_complainedAt < complainEvery) {
        ++m_unsaid;
        return;
    }
    m_complainedAt = now;
    qCWarning(logBridge).noquote() << what << (m_unsaid > 0 ? u"(and %1 more like that)"_s.arg(std::exchange(m_unsaid, 0)) : QString());
}

} // namespace muster::agent
