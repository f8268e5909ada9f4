// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/bus/eventqueue.h"
#include "deviceagent/bus/natsclient.h"
#include "deviceagent/bus/registration.h"
#include "deviceagent/capabilities/registry.h"

#include <QHash>
#include <QPromise>

namespace muster::agent {

/// Between the server and the workers of this device, which sit on a NATS bus: docs/workers.md. The server's calls become
/// requests on `<prefix>.rpc.<Method>`; workers register on `<prefix>.register`, call the server through `<prefix>.cloud.<Method>`
/// (a few methods and no other), hear on `<prefix>.shadow.delta` what is wanted of them, and report events on `<prefix>.event.<name>`. The device's policy holds both ways.
class BusBridge : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        NatsClient::Options nats;
        QString prefix = QStringLiteral("muster");
        QString deviceId;
        std::chrono::milliseconds renew = std::chrono::seconds(30);
        std::chrono::milliseconds forget = std::chrono::seconds(90);
        EventQueue::Options events;
    };

    BusBridge(ServerLink &link, Registry &registry, const Options &options, QObject *parent = nullptr);
    ~BusBridge() override;

    void start();
    /// {state: "connected" | "away", since}
    [[nodiscard]] QJsonObject state() const;
    /// Whether the workers that are there had their time to register: an agent that has just started does not know them yet.
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] const EventQueue &events() const { return m_events; }

signals:
    /// The bus came or went.
    void stateChanged();

private:
    struct Request
    {
        QPromise<Answer> promise;
        QString method;
    };
    /// A worker that has registered, until it is silent for too long.
    struct Worker
    {
        qint64 until = 0; ///< of the boot clock
        QHash<QString, std::chrono::milliseconds> timeouts;
    };

    [[nodiscard]] qint64 renewSeconds() const;
    void receive(const BusMessage &message);
    void registerWorker(const BusMessage &message);
    [[nodiscard]] Result<void> admit(const Registration &registration);
    void forgetSilentWorkers();
    [[nodiscard]] QFuture<Answer> ask(const QString &worker, const QString &method, const QJsonObject &params);
    void answered(const QString &id, const BusMessage &message);
    void fail(const QString &id, const Error &error);
    void failUnsent(const QString &subject, const QString &reply, const Error &error);
    void send(const QString &subject, const QByteArray &text);
    void callServer(const QString &method, const BusMessage &message);
    void addShadow();
    void askForShadow();
    void takeEvent(const QString &name, const BusMessage &message);
    void complain(const QString &what);

    ServerLink &m_link;
    Registry &m_registry;
    const Options m_options;
    const QString m_inbox; ///< where workers' answers come
    NatsClient m_nats;
    EventQueue m_events;
    qint64 m_since = 0; ///< of the boot clock
    bool m_wasConnected = false;
    quint64 m_lastRequest = 0;
    int m_upwards = 0; ///< calls of workers that the server has not answered
    QHash<QString, std::shared_ptr<Request>> m_requests;
    QHash<QString, Worker> m_workers;
    QTimer m_forgetting;
    qint64 m_complainedAt = 0;
    int m_unsaid = 0;
};

} // namespace muster::agent
