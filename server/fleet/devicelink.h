// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/keys.h"
#include "server/fleet/devicestream.h"

#include <QFuture>
#include <QJsonObject>
#include <QObject>

#include <chrono>
#include <memory>

namespace muster::fleet {

/// What people decided about the key that a connection showed.
enum class Standing { Pending, Accepted, Rejected };
[[nodiscard]] QString standingName(Standing standing);

/// Why the server ends a connection, as its peer should take it.
enum class Farewell {
    Stopping, ///< the server's own matter: come back as usual
    Refused,  ///< something about this device
    Later,    ///< no room now
};

/// What a device can do over its connection. Whoever wants more of it is told why not, and asks nothing of the device.
enum class Ability {
    Calls = 1,           ///< its methods can be called
    Streams = 2,         ///< they may answer with a stream
    DurableCommands = 4, ///< it takes Command.Run, and runs each command once
    Receipts = 8,        ///< it signs what became of a command
    LiveHealth = 16,     ///< it sends health each few seconds while somebody looks
};
Q_DECLARE_FLAGS(Abilities, Ability)
Q_DECLARE_OPERATORS_FOR_FLAGS(Abilities)
[[nodiscard]] QStringList abilityNames(Abilities abilities);

/// How a connection presented itself: verified, but not decided on.
struct Introduction
{
    QString deviceId;
    PublicKey key;        ///< of one that signs
    QByteArray tokenHash; ///< of one that shows a token in its place; see TokenBook::hashOf()
    QString door;         ///< the protocol's name: "signed"
    QString address;      ///< of the peer, without port
    QString bootId;
    qint64 bootedAt = 0; ///< ms since 1970 by the server's clock; 0 where the device does not say
    QJsonObject machine;
    QJsonObject agent;
    std::chrono::milliseconds clockAhead{0};
};

/// One connection of one device, whatever it speaks. Made by a door, in the door's I/O thread, and shared with the fleet.
/// All functions are thread-safe; signals come from the I/O thread.
class DeviceLink : public QObject
{
    Q_OBJECT

public:
    /// Never changes.
    [[nodiscard]] virtual Abilities abilities() const = 0;
    /// Calls a method of the device. @return its result, its error, TimedOut, or DeviceOffline when the link closes first.
    [[nodiscard]] virtual QFuture<Result<QJsonValue>> call(const QString &method, const QJsonObject &params,
                                                           std::chrono::milliseconds timeout) = 0;
    /// Calls a method that answers with a stream of text, and feeds `stream` with it. The stream begins with `credit` bytes granted
    /// (limits::streamPieceBytes to limits::streamWindowBytes), and ends with the link.
    /// @return as call(), or TooMany; after an error the stream is closed with that error
    [[nodiscard]] virtual QFuture<Result<QJsonValue>> openStream(const QString &method, const QJsonObject &params, qint64 credit,
                                                                 std::chrono::milliseconds timeout,
                                                                 const std::shared_ptr<DeviceStream> &stream) = 0;
    /// Answers the introduction, or tells a decision that came later. Anything but Accepted and Pending ends the link.
    virtual void tellStanding(Standing standing, const QString &reason) = 0;
    /// Ends the link. @param reason told to the device and kept as the reason of its state
    virtual void close(Farewell farewell, const QString &reason) = 0;

    /// True once nothing more comes; set before closed() is emitted.
    [[nodiscard]] virtual bool isClosed() const = 0;
    /// When the last message that proves the device (a signed one, or one behind its token) came, ms since 1970.
    [[nodiscard]] virtual qint64 evidenceAt() const = 0;
    /// When anything came over the link, pongs included.
    [[nodiscard]] virtual qint64 aliveAt() const = 0;
    /// Of the last ping, ms; -1 before the first.
    [[nodiscard]] virtual int roundTrip() const = 0;

signals:
    /// The link is gone. Nothing comes after it. @param reason plain words
    void closed(const QString &reason);
};

} // namespace muster::fleet
