// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/live.h"
#include "server/api/livetopics.h"
#include "server/api/logtail.h"
#include "server/api/operatorsocket.h"

#include "protocol/rpc/message.h"

namespace muster::api {

/// What one live socket watches.
struct Subscription
{
    Topic topic = Topic::Fleet;
    QString device;         ///< Device, Health, History, Logs; Commands, Events: empty for all
    fleet::ListQuery query; ///< Devices
    QString text;           ///< Approvals: a part of the id, the address or the fingerprint
    qsizetype offset = 0;
    qsizetype limit = 0;
    QList<store::CommandState> states; ///< Commands
    QString bulk;                      ///< Commands: of one order to many; empty for all
    std::unique_ptr<LogTail> log;      ///< Logs
    QHash<QString, quint64> known;     ///< Devices: versions that the client has
    quint64 version = 0;               ///< Device
    QJsonObject last;                  ///< what was sent last, so that nothing is sent twice
    bool asking = false;               ///< one question to the fleet at a time
    bool askAgain = false;
};

/// One live socket of one signed-in session. Lives in the API's thread.
class LiveSession : public OperatorSocket
{
    Q_OBJECT

public:
    LiveSession(LiveHub &hub, listen::Connection &connection, transport::WebSocket &webSocket, const QString &sessionId,
                const QString &address);
    ~LiveSession() override;

    [[nodiscard]] const QString &sessionId() const { return m_sessionId; }
    void fleetChanged();
    void healthSample(const QString &deviceId, const QJsonObject &sample);
    /// There is news for the topic (Commands or History) about these devices.
    void listChanged(Topic topic, const QSet<QString> &devices);
    void eventsHappened(const QList<store::FleetEvent> &events);
    void signOut(const QString &reason);

private:
    using Answer = Result<QJsonValue>;

    void receive(const QByteArray &text);
    void handle(const Request &request);
    [[nodiscard]] QFuture<Answer> dispatch(const operators::Caller &caller, const Request &request);
    [[nodiscard]] QFuture<Answer> subscribe(const operators::Caller &caller, const QJsonObject &params);
    /// What a topic needs to know beside its name. @return InvalidParams
    [[nodiscard]] Result<Subscription> readSubscription(Topic topic, const QJsonObject &params) const;
    [[nodiscard]] QFuture<Answer> beginLog(const QString &id, const QJsonObject &params);
    void logEnded(const QString &id, const std::optional<Error> &error);
    [[nodiscard]] Answer credit(const QJsonObject &params);
    [[nodiscard]] QFuture<Answer> move(const QJsonObject &params);
    [[nodiscard]] Answer unsubscribe(const QJsonObject &params);
    [[nodiscard]] Result<void> readWindow(Subscription &subscription, const QJsonObject &params) const;
    /// Asks the fleet for what a subscription shows now.
    [[nodiscard]] QFuture<Result<QJsonObject>> picture(const QString &id, bool whole);
    /// Of a topic that shows one device. @param now none: it did not change; an error: there is none any more
    [[nodiscard]] Result<QJsonObject> pictureOfOne(const QString &id, QLatin1StringView name, bool whole,
                                                   const Result<std::optional<QJsonObject>> &now, quint64 version);
    void refresh(const QString &id);
    void closeView(const QString &id, Subscription &subscription);
    /// Ends what a subscription holds elsewhere, and forgets it.
    void drop(const QString &id);
    /// Looked up anew each time: what was taken away counts at once.
    [[nodiscard]] operators::Caller caller() const;
    /// Whether it is about no other devices than the caller sees.
    [[nodiscard]] static bool isInScope(const Subscription &subscription, const operators::Caller &caller);
    [[nodiscard]] bool may(const Subscription &subscription) const;
    /// The ids of the subscriptions of which `wanted` is true, as they are now: telling one may end others.
    template <typename Wanted>
    [[nodiscard]] QStringList subscriptionsWith(Wanted wanted) const;
    /// Tells news of a subscription, to who may still see it.
    void push(const Subscription &subscription, const QJsonObject &params);
    void notify(const QString &method, const QJsonObject &params);
    void send(const Message &message);

    LiveHub &m_hub;
    QString m_sessionId;
    QString m_address;
    std::map<QString, Subscription> m_subscriptions;
    int m_lastSubscription = 0;
    int m_inFlight = 0;
};

} // namespace muster::api
