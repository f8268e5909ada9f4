// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QObject>
#include <QThread>

#include <memory>

typedef struct __natsConnection natsConnection;     // NOLINT: nats.h's own name
typedef struct __natsSubscription natsSubscription; // NOLINT

namespace muster::agent {

/// A message of the bus, copied out of the library.
struct BusMessage
{
    QString subject;
    QString reply; ///< where an answer is wanted; may be empty
    QByteArray data;
    QString worker;          ///< what the header "Muster-Worker" says
    bool isTooLarge = false; ///< over mostBytes: `data` was left behind
    bool hasNobody = false;  ///< nobody listens at the subject that was asked
};

/// A connection to a NATS server that comes back by itself. nats.c does everything in threads of its own, and some of its calls
/// wait: those are made in a thread that has nothing else to do. This object lives in a thread with an event loop, where all
/// signals come; nothing here waits.
class NatsClient : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString url; ///< nats:// or tls://
        QString name;
        QString user;
        QString password;
        QString token;
        QString credentialsPath; ///< a .creds file: JWT and seed
        QString caPath;
        QString certificatePath;
        QString keyPath;
        std::chrono::milliseconds reconnectWait = std::chrono::seconds(2);
    };

    /// What a worker says at once; more is not even copied.
    static constexpr int mostBytes = 1024 * 1024;

    NatsClient(const Options &options, const QStringList &subjects, QObject *parent = nullptr);
    ~NatsClient() override;

    void start();
    [[nodiscard]] bool isConnected() const { return m_isConnected; }
    /// Why it is not connected, in the library's or the bus's own words; empty while it is, and before the first attempt.
    [[nodiscard]] QString reason() const { return m_reason; }
    /// Sends. What goes wrong only later is told by unsent().
    /// @return Unavailable while the bus is away, TooLarge for more than the bus takes: nothing was sent then
    Result<void> publish(const QString &subject, const QByteArray &data, const QString &reply = {});

signals:
    /// A message that publish() took did not get onto the bus after all. @param reply of that message; empty where only its subject
    /// is known, because the bus says no more
    void unsent(const QString &subject, const QString &reply, const muster::Error &error);
    void connected();
    void disconnected(const QString &reason);
    void received(const muster::agent::BusMessage &message);

private:
    struct Relay;
    struct Callbacks;

    // In the thread of m_worker:
    void connectNow();
    void disconnectNow();
    void tryAgain(const QString &reason, std::chrono::milliseconds wait);

    // Told by the library's threads, in this object's:
    void setConnected(bool isConnected, const QString &reason);
    void setMostPayload(qint64 bytes) { m_mostPayload = bytes; }

    const Options m_options;
    const QStringList m_subjects;
    bool m_isKnown = false; ///< whether it is connected
    bool m_isConnected = false;
    QString m_reason;         ///< why not
    qint64 m_mostPayload = 0; ///< what the bus takes in a message; 0: not known
    QThread m_thread;
    QObject *m_worker = nullptr;               ///< lives in m_thread
    Relay *const m_relay;                      ///< outlives this: callbacks may still run
    natsConnection *m_connection = nullptr;    ///< of m_thread
    QList<natsSubscription *> m_subscriptions; ///< of m_thread
};

} // namespace muster::agent
