// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/async.h"
#include "server/fleet/devicelink.h"

#include <QDateTime>

#include <functional>

namespace muster::test {

/// A connection without a socket: keeps what it was told, answers every call with its params.
class FakeLink : public fleet::DeviceLink
{
    Q_OBJECT

public:
    [[nodiscard]] fleet::Abilities abilities() const override { return able; }
    QFuture<Result<QJsonValue>> call(const QString &method, const QJsonObject &params, std::chrono::milliseconds) override
    {
        calls.append(method);
        allParams.append(params);
        return ready<Result<QJsonValue>>(answer ? answer(method, params) : Result<QJsonValue>(params));
    }
    QFuture<Result<QJsonValue>> openStream(const QString &method, const QJsonObject &params, qint64 credit, std::chrono::milliseconds,
                                           const std::shared_ptr<fleet::DeviceStream> &stream) override
    {
        calls.append(method);
        allParams.append(params);
        connect(stream.get(), &fleet::DeviceStream::granted, this, [this](qint64 bytes) { granted += bytes; });
        granted = credit;
        streams.append(stream);
        return ready<Result<QJsonValue>>(QJsonObject{});
    }
    void tellStanding(fleet::Standing standing, const QString &reason) override
    {
        told.append(standing);
        reasons.append(reason);
    }
    void close(fleet::Farewell, const QString &reason) override { drop(reason); }
    [[nodiscard]] bool isClosed() const override { return closedNow; }
    [[nodiscard]] qint64 evidenceAt() const override { return evidence; }
    [[nodiscard]] qint64 aliveAt() const override { return evidence; }
    [[nodiscard]] int roundTrip() const override { return 7; }

    void drop(const QString &reason)
    {
        if (std::exchange(closedNow, true))
            return;
        closeReason = reason;
        for (const auto &stream : std::as_const(streams))
            stream->end(Error{.code = DeviceOffline, .message = reason});
        emit closed(reason);
    }

    fleet::Abilities able = fleet::Ability::Calls | fleet::Ability::Streams | fleet::Ability::DurableCommands | fleet::Ability::Receipts
                            | fleet::Ability::LiveHealth;
    QList<fleet::Standing> told;
    QStringList reasons;
    QStringList calls;
    QList<QJsonObject> allParams; ///< of the calls
    /// What calls are answered with; without it, their params.
    std::function<Result<QJsonValue>(const QString &method, const QJsonObject &params)> answer;
    QList<std::shared_ptr<fleet::DeviceStream>> streams;
    qint64 granted = 0; ///< bytes, over all streams
    QString closeReason;
    bool closedNow = false;
    qint64 evidence = QDateTime::currentMSecsSinceEpoch();
};

} // namespace muster::test
