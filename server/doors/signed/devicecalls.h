// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/intake.h"

namespace muster::doors {

/// What an accepted device may ask of the server over the signed protocol: a table of its own, deny by default. Thread-safe.
class DeviceCalls
{
public:
    /// @param intake must outlive this
    DeviceCalls(fleet::Intake &intake, Counters &counters);

    /// Answers a request. A ready future answers at once. @param proof needed by methods::commandDone alone
    [[nodiscard]] QFuture<Result<QJsonValue>> call(const QString &deviceId, const QString &method, const QJsonObject &params,
                                                   const fleet::SignedText &proof = {});
    /// Takes a notification in; what is not understood is dropped.
    void notify(const QString &deviceId, const QString &method, const QJsonObject &params);

private:
    [[nodiscard]] QFuture<Result<QJsonValue>> healthReport(const QString &deviceId, const QJsonObject &params);
    [[nodiscard]] QFuture<Result<QJsonValue>> eventReport(const QString &deviceId, const QJsonObject &params);
    [[nodiscard]] QFuture<Result<QJsonValue>> shadowUpdate(const QString &deviceId, const QJsonObject &params);

    fleet::Intake &m_intake;
    Counters &m_counters;
};

} // namespace muster::doors
