// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/bus/natsclient.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTimer>

#include <atomic>
#include <mutex>

#include <nats/nats.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logBus, "muster.agent.bus", QtInfoMsg)

/// What may wait in the agent's thread: a worker that floods the bus fills nobody's memory.
constexpr int mostQueued = 1000;
constexpr int mostQueuedBytes = 8 * 1024 * 1024;
/// Of the library's own queue, before that.
constexpr int mostPending = 1000;
constexpr int mostPendingBytes = 16 * 1024 * 1024;
/// Settings that cannot work now may work later: a file that is mounted late, a password that is set anew.
constexpr auto afterBadSettings = std::chrono::seconds(30);
/// Nothing is kept for a bus that is away: who asks is told so.
constexpr int keptWhileAway = 64 * 1024;
constexpr int socketBuffer = 16 * 1024;

/// @param connection null: of the last call of this thread
QString reasonOf(natsConnection *connection, natsStatus status)
{
    const char *text = nullptr;
    if (connection != nullptr)
        natsConnection_GetLastError(connection, &text);
    else
        text = nats_GetLastError(nullptr);
    if (text == nullptr || *text == '\0')
        text = natsStatus_GetText(status);
    return cleanText(QString::fromUtf8(text), limits::textLength);
}

/// The library is opened once in a process, with a single thread that delivers.
void openLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] {
        natsClientConfig config = {};
        config.ThreadPoolMax = 1;
        config.DefaultToThreadPool = true;
        nats_OpenWithConfig(&config);
    });
}

} // namespace

/// What the library's threads know of a client. Never freed: nats.c does not say when its last callback has returned.
struct NatsClient::Relay
{
    std::mutex mutex;
    NatsClient *client = nullptr;
    std::atomic<int> queued = 0;
    std::atomic<int> queuedBytes = 0;
    std::atomic<int> dropped = 0;

    static Relay *make(NatsClient *client)
    {
        // Nor when the program ends: the library's threads live on while statics are destroyed.
        static auto &allMutex = *new std::mutex;
        static auto &all = *new std::vector<std::unique_ptr<Relay>>;
        const std::lock_guard lock(allMutex);
        Relay *const relay = all.emplace_back(std::make_unique<Relay>()).get();
        relay->client = client;
        return relay;
    }

    /// Runs in the client's thread, if there still is one.
    template <typename Job>
    void post(Job job)
    {
        const std::lock_guard lock(mutex);
        if (client)
            QMetaObject::invokeMethod(client, std::move(job), Qt::QueuedConnection);
    }
};

struct NatsClient::Callbacks
{
    static Relay &relay(void *closure) { return *static_cast<Relay *>(closure); }

    static void onMessage(natsConnection *, natsSubscription *, natsMsg *message, void *closure)
    {
        Relay &to = relay(closure);
        const int size = natsMsg_GetDataLength(message);
        if (to.queued >= mostQueued || to.queuedBytes >= mostQueuedBytes) {
            ++to.dropped;
            natsMsg_Destroy(message);
            return;
        }
        BusMessage copy{.subject = QString::fromUtf8(natsMsg_GetSubject(message)),
                        .reply = QString::fromUtf8(natsMsg_GetReply(message)),
                        .isTooLarge = size > NatsClient::mostBytes,
                        .hasNobody = natsMsg_IsNoResponders(message)};
        if (!copy.isTooLarge)
            copy.data = QByteArray(natsMsg_GetData(message), size);
        const char *worker = nullptr;
        if (natsMsgHeader_Get(message, "Muster-Worker", &worker) == NATS_OK)
            copy.worker = QString::fromUtf8(worker);
        natsMsg_Destroy(message);
        ++to.queued;
        to.queuedBytes += static_cast<int>(copy.data.size());
        to.post([&to, copy = std::move(copy)] {
            --to.queued;
            to.queuedBytes -= static_cast<int>(copy.data.size());
            if (const int dropped = to.dropped.exchange(0); dropped > 0)
                qCWarning(logBus) << dropped << "messages of the bus came faster than they can be handled, and were dropped";
            // In the client's thread, where it goes too: no lock is needed.
            if (to.client)
                emit to.client->received(copy);
        });
    }

    static void onConnected(natsConnection *connection, void *closure)
    {
        Relay &to = relay(closure);
        to.post([&to, most = natsConnection_GetMaxPayload(connection)] {
            if (!to.client)
                return;
            to.client->setMostPayload(most);
            to.client->setConnected(true, {});
        });
    }

    static void onDisconnected(natsConnection *connection, void *closure)
    {
        Relay &to = relay(closure);
        to.post([&to, reason = reasonOf(connection, NATS_CONNECTION_DISCONNECTED)] {
            if (to.client)
                to.client->setConnected(false, reason);
        });
    }

    static void onClosed(natsConnection *connection, void *closure)
    {
        Relay &to = relay(closure);
        to.post([&to, reason = reasonOf(connection, NATS_CONNECTION_CLOSED)] {
            if (to.client) {
                to.client->setConnected(false, reason);
                QMetaObject::invokeMethod(to.client->m_worker,
                                          [client = to.client, reason] { client->tryAgain(reason, client->m_options.reconnectWait); });
            }
        });
    }

    static void onError(natsConnection *connection, natsSubscription *, natsStatus status, void *closure)
    {
        const QString reason = reasonOf(connection, status);
        qCInfo(logBus).noquote() << "the bus:" << reason;
        // nats-server names the subject alone, and cuts nothing but the quotes around all of it.
        static const QRegularExpression refusal(u"Permissions Violation for Publish to \"([^\"]+)"_s);
        const QRegularExpressionMatch match = refusal.match(reason);
        if (!match.hasMatch())
            return;
        Relay &to = relay(closure);
        to.post([&to, subject = match.captured(1)] {
            if (to.client)
                emit to.client->unsent(
                    subject, {},
                    {.code = Unavailable,
                     .message = u"The message bus of this device does not let the agent's user publish on %1."_s.arg(subject)});
        });
    }
};

NatsClient::NatsClient(const Options &options, const QStringList &subjects, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_subjects(subjects)
    , m_relay(Relay::make(this))
{
}

NatsClient::~NatsClient()
{
    {
        const std::lock_guard lock(m_relay->mutex);
        m_relay->client = nullptr;
    }
    if (m_worker) {
        QMetaObject::invokeMethod(m_worker, [this] {
            disconnectNow();
            QThread::currentThread()->quit();
        });
        m_thread.wait();
        delete m_worker;
    }
}

void NatsClient::start()
{
    m_worker = new QObject;
    m_worker->moveToThread(&m_thread);
    m_thread.setObjectName(u"bus"_s);
    m_thread.start();
    QMetaObject::invokeMethod(m_worker, [this] { connectNow(); });
}

Result<void> NatsClient::publish(const QString &subject, const QByteArray &data, const QString &reply)
{
    if (!m_isConnected)
        return failure(Unavailable, u"The message bus of this device is away."_s);
    if (m_mostPayload > 0 && data.size() > m_mostPayload)
        return failure(
            TooLarge,
            u"The message has %1 bytes; this device's message bus takes %2 (its max_payload)."_s.arg(data.size()).arg(m_mostPayload));
    QMetaObject::invokeMethod(m_worker, [this, subject, data, reply] {
        const auto size = static_cast<int>(data.size());
        const QByteArray to = subject.toUtf8();
        natsStatus status = NATS_CONNECTION_DISCONNECTED;
        // Not into what the library keeps for later: who asked is told that the bus is away, and it must not come true after all.
        if (m_connection != nullptr && natsConnection_Status(m_connection) == NATS_CONN_STATUS_CONNECTED)
            status = reply.isEmpty()
                         ? natsConnection_Publish(m_connection, to.constData(), data.constData(), size)
                         : natsConnection_PublishRequest(m_connection, to.constData(), reply.toUtf8().constData(), data.constData(), size);
        if (status == NATS_OK)
            return;
        const QString reason = reasonOf(m_connection, status);
        qCInfo(logBus).noquote() << "a message could not be sent over the bus:" << reason;
        m_relay->post([this, subject, reply, status, reason] {
            emit unsent(subject, reply,
                        {.code = status == NATS_MAX_PAYLOAD ? TooLarge : Unavailable,
                         .message = u"The message bus of this device did not take it: %1"_s.arg(reason)});
        });
    });
    return {};
}

void NatsClient::connectNow()
{
    openLibrary();
    natsOptions *options = nullptr;
    natsStatus status = natsOptions_Create(&options);
    const auto set = [&status](natsStatus outcome) {
        if (status == NATS_OK)
            status = outcome;
    };
    const auto path = [](const QString &text) { return text.toLocal8Bit(); };
    set(natsOptions_SetURL(options, m_options.url.toUtf8().constData()));
    set(natsOptions_SetName(options, m_options.name.toUtf8().constData()));
    set(natsOptions_SetMaxReconnect(options, -1));
    set(natsOptions_SetReconnectWait(options, m_options.reconnectWait.count()));
    set(natsOptions_SetReconnectBufSize(options, keptWhileAway));
    set(natsOptions_SetIOBufSize(options, socketBuffer));
    set(natsOptions_SetMaxPendingMsgs(options, mostPending));
    set(natsOptions_SetMaxPendingBytes(options, mostPendingBytes));
    set(natsOptions_UseGlobalMessageDelivery(options, true));
    set(natsOptions_SetDisconnectedCB(options, &Callbacks::onDisconnected, m_relay));
    set(natsOptions_SetReconnectedCB(options, &Callbacks::onConnected, m_relay));
    set(natsOptions_SetClosedCB(options, &Callbacks::onClosed, m_relay));
    set(natsOptions_SetErrorHandler(options, &Callbacks::onError, m_relay));
    if (!m_options.user.isEmpty())
        set(natsOptions_SetUserInfo(options, m_options.user.toUtf8().constData(), m_options.password.toUtf8().constData()));
    if (!m_options.token.isEmpty())
        set(natsOptions_SetToken(options, m_options.token.toUtf8().constData()));
    if (!m_options.credentialsPath.isEmpty())
        set(natsOptions_SetUserCredentialsFromFiles(options, path(m_options.credentialsPath).constData(), nullptr));
    if (!m_options.caPath.isEmpty())
        set(natsOptions_LoadCATrustedCertificates(options, path(m_options.caPath).constData()));
    if (!m_options.certificatePath.isEmpty())
        set(natsOptions_LoadCertificatesChain(options, path(m_options.certificatePath).constData(), path(m_options.keyPath).constData()));
    if (!m_options.caPath.isEmpty() || !m_options.certificatePath.isEmpty() || m_options.url.startsWith("tls://"_L1))
        set(natsOptions_SetSecure(options, true));
    const bool canWork = status == NATS_OK;
    // One attempt at a time: when the library tries again by itself, it does not say why it failed.
    if (canWork)
        status = natsConnection_Connect(&m_connection, options);
    natsOptions_Destroy(options);
    if (status != NATS_OK)
        return tryAgain(reasonOf(nullptr, status),
                        canWork && status != NATS_CONNECTION_AUTH_FAILED ? m_options.reconnectWait : afterBadSettings);
    for (const QString &subject : m_subjects) {
        natsSubscription *subscription = nullptr;
        if (natsConnection_Subscribe(&subscription, m_connection, subject.toUtf8().constData(), &Callbacks::onMessage, m_relay) == NATS_OK)
            m_subscriptions.append(subscription);
    }
    Callbacks::onConnected(m_connection, m_relay);
}

void NatsClient::disconnectNow()
{
    for (natsSubscription *subscription : std::exchange(m_subscriptions, {}))
        natsSubscription_Destroy(subscription);
    natsConnection_Destroy(std::exchange(m_connection, nullptr));
}

void NatsClient::tryAgain(const QString &reason, std::chrono::milliseconds wait)
{
    disconnectNow();
    m_relay->post([this, reason] { setConnected(false, reason); });
    QTimer::singleShot(wait, m_worker, [this] {
        if (m_connection == nullptr)
            connectNow();
    });
}

void NatsClient::setConnected(bool isConnected, const QString &reason)
{
    // The library tells of each attempt; who listens wants to know what is new.
    if (m_isKnown && isConnected == m_isConnected && (isConnected || reason == m_reason))
        return;
    m_isKnown = true;
    m_isConnected = isConnected;
    m_reason = reason;
    if (isConnected)
        emit connected();
    else
        emit disconnected(reason);
}

} // namespace muster::agent
