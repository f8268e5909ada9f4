// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/message.h"
#include "protocol/rpc/parse.h"
#include "protocol/signing/keys.h"

#include <QDateTime>

#include <chrono>

namespace muster {

enum class Direction { DeviceToCloud, CloudToDevice };

/// The server's id in `signer_id` and `audience_id`.
inline constexpr QLatin1StringView cloudId("cloud-dashboard");
/// The audience of Session.Hello alone: the server does not know yet who called.
inline constexpr QLatin1StringView anyAudience("*");

/// `meta`, without the signature.
struct Meta
{
    QString signerId;
    QString audienceId;
    Direction direction = Direction::DeviceToCloud;
    QString session;     ///< the part of `nonce` before the dot
    quint64 counter = 0; ///< the part after it
    QDateTime timestamp; ///< UTC, milliseconds
    QString algorithm;
};

/// A message whose signature held, and who made it.
struct Verified
{
    Meta meta;
    Message message;
};

/// Checks a device's message that was kept, outside of its session: form, algorithm, signature, audience and direction. Who
/// signed it is in `meta`; that it was fresh was checked by who kept it.
/// @return the message; or one of ErrorCode from ParseError to BadKey
[[nodiscard]] Result<Verified> verifyKept(QByteArrayView text, const PublicKey &key);

/// One end of one session: gives outgoing messages their `meta` and signature, and lets only good ones in.
/// The same class serves both ends. It knows no socket and no clock: `now` is handed in. Not thread-safe.
class SignedSession
{
public:
    /// The server's end; the device's id and key follow with setPeer() once its authentication was read.
    [[nodiscard]] static SignedSession cloudEnd(const QString &session, std::shared_ptr<const Signer> signer);
    /// The device's end: pins the server's key. The first request sealed must be the authentication, under a random id.
    [[nodiscard]] static SignedSession deviceEnd(const QString &deviceId, std::shared_ptr<const Signer> signer,
                                                 std::shared_ptr<const Verifier> cloud);

    /// A new session id: 128 random bits, base64url.
    [[nodiscard]] static QString newSessionId();

    [[nodiscard]] const QString &session() const { return m_session; }
    void setPeer(const QString &peerId, std::shared_ptr<const Verifier> verifier);
    /// True once the peer has said who it is: what seal() makes is then addressed to it.
    [[nodiscard]] bool hasPeerId() const { return !m_peerId.isEmpty(); }
    [[nodiscard]] bool hasPeer() const { return m_verifier != nullptr && !m_peerId.isEmpty(); }

    /// Signs one outgoing message with the next counter. @return the UTF-8 text to send, in canonical form.
    [[nodiscard]] Result<QByteArray> seal(const Message &message, const QDateTime &now);

    /// Checks one incoming message: JSON, `meta`, algorithm, signature, signer, audience, direction, session, counter
    /// and timestamp, in that order; the counter moves only for a message that passed everything.
    /// On the device's end the first good Session.Hello sets the session; and until the server has answered the device's
    /// first request, nothing but that answer is let in: the unguessable id of that request is the only thing in a session
    /// that the device chose itself, so without it a recording of an earlier session would pass for the server.
    /// @param limit for this state of the connection, bytes
    /// @return the message; or one of ErrorCode from ParseError to Skewed
    [[nodiscard]] Result<Verified> open(QByteArrayView text, const QDateTime &now, qsizetype limit);

    /// For the server's end before setPeer(): reads the authentication request without trusting it, checks it against
    /// the key that it carries itself (proof of possession), and everything else that open() checks.
    /// @param method the request's expected name (AUTH_RPC_METHOD)
    /// @return the verified request and the key; the peer is set. After an error the peer's id alone is set where a usable
    /// one was claimed, so that seal() can still tell the peer what was wrong.
    struct Introduction
    {
        Verified verified;
        QString deviceId;
        PublicKey key;
    };
    [[nodiscard]] Result<Introduction> openIntroduction(QByteArrayView text, const QString &method, const QDateTime &now, qsizetype limit);

    /// How far the peer's clock is ahead of ours, as its first message of this session showed.
    [[nodiscard]] std::chrono::milliseconds peerClockAhead() const { return m_peerClockAhead; }

private:
    SignedSession() = default;
    [[nodiscard]] Result<Verified> check(const ParsedObject &parsed, const Verifier &verifier, const QString &signerId,
                                         const QDateTime &now);
    [[nodiscard]] Result<void> checkFreshness(const Meta &meta, const QDateTime &now) const;
    [[nodiscard]] Result<void> checkOrder(const Message &message) const;

    QString m_ownId;
    QString m_peerId;
    QString m_session;
    /// On the device's end: the id of its first request, until that is answered. Null before and after.
    QString m_introductionId;
    Direction m_outgoing = Direction::DeviceToCloud;
    std::shared_ptr<const Signer> m_signer;
    std::shared_ptr<const Verifier> m_verifier;
    quint64 m_sent = 0;
    quint64 m_received = 0;
    std::chrono::milliseconds m_peerClockAhead{0};
    bool m_peerClockKnown = false;
    bool m_introduced = false;
};

} // namespace muster
