// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/fleet/commands.h"

namespace muster::fleet {

/// A device's message as it was signed, and the key whose signature held. Empty where nothing has to be proven later.
struct SignedText
{
    QByteArray text;
    PublicKey key;
};

/// What an accepted device may ask of the server: a table of its own, deny by default. Thread-safe; doors call it from their
/// I/O threads, so that decoding does not burden the fleet's thread.
class DeviceCalls
{
public:
    DeviceCalls(Fleet &fleet, Commands &commands, store::TelemetryStore &telemetry, Counters &counters);

    /// Answers a request. A ready future answers at once. @param proof needed by methods::commandDone alone
    [[nodiscard]] QFuture<Result<QJsonValue>> call(const QString &deviceId, const QString &method, const QJsonObject &params,
                                                   const SignedText &proof = {});
    /// Takes a notification in; what is not understood is dropped.
    void notify(const QString &deviceId, const QString &method, const QJsonObject &params);

private:
    [[nodiscard]] QFuture<Result<QJsonValue>> answer(const QString &deviceId, const QString &method, const QJsonObject &params,
                                                     const SignedText &proof);
    [[nodiscard]] QFuture<Result<QJsonValue>> healthReport(const QString &deviceId, const QJsonObject &params);
    [[nodiscard]] QFuture<Result<QJsonValue>> eventReport(const QString &deviceId, const QJsonObject &params);
    [[nodiscard]] QFuture<Result<QJsonValue>> stateReport(const QString &deviceId, const QJsonValue &patch, const QString &name);
    [[nodiscard]] QFuture<Result<QJsonValue>> shadowUpdate(const QString &deviceId, const QJsonObject &params);
    [[nodiscard]] QFuture<Result<QJsonValue>> commandDone(const QString &deviceId, const QJsonObject &params, const SignedText &proof);

    Fleet &m_fleet;
    Commands &m_commands;
    store::TelemetryStore &m_telemetry;
    Counters &m_counters;
};

} // namespace muster::fleet
