// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/stream.h"
#include "protocol/signing/envelope.h"
#include "server/doors/signed/signeddoor.h"
#include "server/fleet/devicelink.h"

#include <QElapsedTimer>
#include <QPromise>

#include <atomic>
#include <map>

class QWebSocket;

namespace muster::doors {

/// One WebSocket of one device: greets, verifies, signs, matches answers to calls, pings. Lives in an I/O thread.
class SignedLink : public fleet::DeviceLink
{
    Q_OBJECT

public:
    SignedLink(QWebSocket *socket, const QString &address, listen::ConnectionGuard::Slot slot,
               std::shared_ptr<const SignedContext> context);
    ~SignedLink() override;

    /// Sends Session.Hello. @param self the pointer that the fleet will share
    void start(const std::shared_ptr<SignedLink> &self);
    /// Judges deadlines and pings; each second. In the I/O thread.
    void tick(qint64 now);
    /// Closes at once, in the I/O thread.
    void end(const QString &reason);

    [[nodiscard]] QFuture<Result<QJsonValue>> call(const QString &method, const QJsonObject &params,
                                                   std::chrono::milliseconds timeout) override;
    [[nodiscard]] QFuture<Result<QJsonValue>> openStream(const QString &method, const QJsonObject &params, qint64 credit,
                                                         std::chrono::milliseconds timeout,
                                                         const std::shared_ptr<fleet::DeviceStream> &stream) override;
    void tellStanding(fleet::Standing standing, const QString &reason) override;
    void close(const QString &reason) override;
    [[nodiscard]] bool isClosed() const override { return m_closed; }
    [[nodiscard]] qint64 evidenceAt() const override { return m_evidenceAt; }
    [[nodiscard]] qint64 aliveAt() const override { return m_aliveAt; }
    [[nodiscard]] int roundTrip() const override { return m_roundTrip; }

private:
    using Answer = Result<QJsonValue>;
    struct Waiting
    {
        std::shared_ptr<QPromise<Answer>> promise;
        qint64 deadline = 0;
    };

    /// The session's own time: setting the server's clock must not make every message of a living session look skewed.
    [[nodiscard]] QDateTime sessionTime() const;
    void receive(const QString &text);
    void receiveIntroduction(const QByteArray &text);
    void receiveMessage(const QByteArray &text);
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
    void setSizeLimit(qsizetype bytes);
    /// Closes for a broken rule: the reason goes to the device and into the log.
    void refuse(const Error &error);
    void finishClosing(const QString &reason);

    QWebSocket *m_socket;
    QString m_address;
    listen::ConnectionGuard::Slot m_slot;
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
    qint64 m_startedAt = 0;
    QElapsedTimer m_running; ///< since m_startedAt
    qint64 m_pingedAt = 0;
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
