// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/async.h"
#include "server/fleet/devicelink.h"

#include <QDateTime>

namespace muster::test {

/// A connection without a socket: keeps what it was told, answers every call with its params.
class FakeLink : public fleet::DeviceLink
{
    Q_OBJECT

public:
    QFuture<Result<QJsonValue>> call(const QString &method, const QJsonObject &params, std::chrono::milliseconds) override
    {
        calls.append(method);
        return ready<Result<QJsonValue>>(QJsonValue(params));
    }
    void tellStanding(fleet::Standing standing, const QString &reason) override
    {
        told.append(standing);
        reasons.append(reason);
    }
    void close(const QString &reason) override { drop(reason); }
    [[nodiscard]] bool isClosed() const override { return closedNow; }
    [[nodiscard]] qint64 evidenceAt() const override { return evidence; }
    [[nodiscard]] qint64 aliveAt() const override { return evidence; }
    [[nodiscard]] int roundTrip() const override { return 7; }

    void drop(const QString &reason)
    {
        if (std::exchange(closedNow, true))
            return;
        closeReason = reason;
        emit closed(reason);
    }

    QList<fleet::Standing> told;
    QStringList reasons;
    QStringList calls;
    QString closeReason;
    bool closedNow = false;
    qint64 evidence = QDateTime::currentMSecsSinceEpoch();
};

} // namespace muster::test
