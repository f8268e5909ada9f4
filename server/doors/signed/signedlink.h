// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/stream.h"
#include "protocol/signing/envelope.h"
#include "server/doors/signed/signeddoor.h"

namespace muster::doors {

/// One connection of the signed protocol: greets, verifies, signs. Lives in an I/O thread.
class SignedLink : public WebSocketLink
{
    Q_OBJECT

public:
    SignedLink(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
               std::shared_ptr<const SignedContext> context);

    /// Sends Session.Hello. @param turnAway where there is no room now: says when to come again, and closes
    void start(std::optional<std::chrono::seconds> turnAway);

    [[nodiscard]] fleet::Abilities abilities() const override
    {
        using enum fleet::Ability;
        return Calls | Streams | DurableCommands | Receipts | LiveHealth;
    }
    [[nodiscard]] QFuture<Result<QJsonValue>> openStream(const QString &method, const QJsonObject &params, qint64 credit,
                                                         std::chrono::milliseconds timeout,
                                                         const std::shared_ptr<fleet::DeviceStream> &stream) override;

protected:
    void receive(const QByteArray &text) override;
    void sendCall(quint64 id, const QString &method, const QJsonObject &params) override;
    void sendStanding(fleet::Standing standing, const QString &reason) override;
    /// Tells the device of the other servers, where there is news of them.
    void second(qint64 now) override;
    void ending(const Error &gone) override;

private:
    /// The session's own time: setting the server's clock must not make every message of a living session look skewed.
    [[nodiscard]] QDateTime sessionTime() const;
    void receiveIntroduction(const QByteArray &text);
    void refuseIntroduction(const Error &error);
    void receiveMessage(const QByteArray &text);
    /// Whether a message is within what the device may send; told where it is not.
    [[nodiscard]] bool isAffordable(const Message &message, qsizetype bytes);
    void handle(Request &&request, const QByteArray &text);
    void handle(Response &&response);
    void handle(const Notification &notification);
    void answer(const QString &id, Answer result);
    void send(const Message &message);
    void startStream(const QString &method, QJsonObject params, qint64 credit, std::chrono::milliseconds timeout,
                     const std::shared_ptr<fleet::DeviceStream> &stream, const std::shared_ptr<QPromise<Answer>> &promise);
    void takePiece(const QJsonObject &params);
    void granted(const QString &id, qint64 bytes);
    /// The stream is over, and its books are closed. @param tellDevice where it does not know yet
    void endStream(const QString &id, const std::optional<Error> &error, bool tellDevice);

    struct Reading
    {
        StreamSink sink;
        std::shared_ptr<fleet::DeviceStream> stream;
    };

    std::shared_ptr<const SignedContext> m_context;
    SignedSession m_session;
    QString m_challenge;
    PublicKey m_key;
    QString m_introductionId; ///< the request that the standing answers
    std::map<QString, Reading> m_streams;
    int m_answering = 0;
    qint64 m_startedAt;          ///< ms since 1970
    qint64 m_startedSteady;      ///< the same moment, as steadyNow()
    quint64 m_toldServers = 0;   ///< see ServerUrls::version()
    qint64 m_tellsServersAt = 0; ///< as steadyNow(); 0: nothing is to be told
};

} // namespace muster::doors
