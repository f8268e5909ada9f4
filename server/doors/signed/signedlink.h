// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/stream.h"
#include "protocol/signing/envelope.h"
#include "server/doors/signed/signeddoor.h"
#include "server/fleet/devicelink.h"
#include "server/listen/connection.h"
#include "transport/websocket.h"

#include <QPointer>
#include <QPromise>

#include <atomic>
#include <map>

namespace muster::doors {

/// One WebSocket of one device: greets, verifies, signs, matches answers to calls, pings. Lives in an I/O thread.
class SignedLink : public fleet::DeviceLink
{
    Q_OBJECT

public:
    SignedLink(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
               std::shared_ptr<const SignedContext> context);
    ~SignedLink() override;

    /// Sends Session.Hello. @param self the pointer that the fleet will share
    /// @param turnAway where there is no room now: says when to come again, and closes
    void start(const std::shared_ptr<SignedLink> &self, std::optional<std::chrono::seconds> turnAway);
    /// Judges calls and pings; each second, in the I/O thread. @param now as steadyNow()
    void tick(qint64 now);
    /// Closes at once, in the I/O thread.
    void end(const QString &reason);

    [[nodiscard]] QFuture<Result<QJsonValue>> call(const QString &method, const QJsonObject &params,
                                                   std::chrono::milliseconds timeout) override;
    [[nodiscard]] QFuture<Result<QJsonValue>> openStream(const QString &method, const QJsonObject &params, qint64 credit,
                                                         std::chrono::milliseconds timeout,
                                                         const std::shared_ptr<fleet::DeviceStream> &stream) override;
    void tellStanding(fleet::Standing standing, const QString &reason) override;
    void close(fleet::Farewell farewell, const QString &reason) override;
    [[nodiscard]] bool isClosed() const override { return m_closed; }
    [[nodiscard]] qint64 evidenceAt() const override { return m_evidenceAt; }
    [[nodiscard]] qint64 aliveAt() const override { return m_aliveAt; }
    [[nodiscard]] int roundTrip() const override { return m_roundTrip; }

private:
    using Answer = Result<QJsonValue>;
    struct Waiting
    {
        std::shared_ptr<QPromise<Answer>> promise;
        qint64 deadline = 0; ///< as steadyNow()
    };

    /// The session's own time: setting the server's clock must not make every message of a living session look skewed.
    [[nodiscard]] QDateTime sessionTime() const;
    void receive(const QByteArray &text);
    void receiveIntroduction(const QByteArray &text);
    void receiveMessage(const QByteArray &text);
    /// Whether a message is within what the device may send; told where it is not.
    [[nodiscard]] bool isAffordable(const Message &message, qsizetype bytes);
    void handle(Request &&request, const QByteArray &text);
    void handle(Response &&response);
    void handle(const Notification &notification);
    void answer(const QString &id, Answer result);
    void send(const Message &message);
    void startCall(const QString &method, const QJsonObject &params, std::chrono::milliseconds timeout,
                   const std::shared_ptr<QPromise<Answer>> &promise);
    void startStream(const QString &method, QJsonObject params, qint64 credit, std::chrono::milliseconds timeout,
                     const std::shared_ptr<fleet::DeviceStream> &stream, const std::shared_ptr<QPromise<Answer>> &promise);
    void takePiece(const QJsonObject &params);
    void granted(const QString &id, qint64 bytes);
    /// The stream is over, and its books are closed. @param tellDevice where it does not know yet
    void endStream(const QString &id, const std::optional<Error> &error, bool tellDevice);
    void applyStanding(fleet::Standing standing, const QString &reason);
    /// Closes for a broken rule: the reason goes to the device and into the log.
    void tellServers(qint64 now);
    void countRefused();
    void refuse(const Error &error);
    /// Says goodbye; closed() follows once the connection is gone.
    void hangUp(quint16 code, const QString &reason, std::chrono::milliseconds within);
    void hangUp(quint16 code, const QString &reason);
    void finishClosing(const QString &reason);
    [[nodiscard]] QString reasonOf(listen::Ending ending) const;

    QPointer<listen::Connection> m_connection; ///< null once it has ended
    QPointer<transport::WebSocket> m_webSocket;
    QString m_address;
    listen::Admission::Turn m_turn;
    std::shared_ptr<const SignedContext> m_context;
    SignedSession m_session;
    QString m_challenge;
    QString m_deviceId;
    PublicKey m_key;
    QString m_introductionId; ///< the request that the standing answers
    std::weak_ptr<SignedLink> m_self;
    std::map<QString, Waiting> m_calls;
    quint64 m_lastCall = 0;
    struct Reading
    {
        StreamSink sink;
        std::shared_ptr<fleet::DeviceStream> stream;
    };
    std::map<QString, Reading> m_streams;
    int m_answering = 0;
    qint64 m_startedAt = 0;      ///< ms since 1970
    qint64 m_startedSteady = 0;  ///< the same moment, as steadyNow()
    qint64 m_pingedAt = 0;       ///< as steadyNow()
    qint64 m_inMessageSince = 0; ///< as steadyNow(); 0: between messages
    DeviceBudget m_budget;
    quint64 m_toldServers = 0;   ///< see ServerUrls::version()
    qint64 m_tellsServersAt = 0; ///< as steadyNow(); 0: nothing is to be told
    int m_unanswered = 0;
    bool m_introduced = false;
    bool m_accepted = false;
    QString m_closeReason;
    std::atomic<bool> m_closed{false};
    std::atomic<qint64> m_evidenceAt{0};
    std::atomic<qint64> m_aliveAt{0};
    std::atomic<int> m_roundTrip{-1};
};

} // namespace muster::doors
