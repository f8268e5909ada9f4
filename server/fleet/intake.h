// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/fleet/commands.h"
#include "server/store/methodstore.h"

namespace muster::fleet {

/// A device's message as it was signed, and the key whose signature held.
struct SignedText
{
    QByteArray text;
    PublicKey key;
};

/// Something that happened to a device, as it tells it.
struct DeviceEvent
{
    QString name;    ///< 1 to limits::eventNameLength of A-Z a-z 0-9 . _ -
    qint64 time = 0; ///< ms since 1970, by the device's clock
    QJsonValue data = QJsonValue::Undefined;
    QString source; ///< the program that told it; may be empty
};

/// What accepted devices bring, whatever they speak: doors read their protocol and hand it over as values. Thread-safe; called from
/// the I/O threads, so that what can be judged there does not burden the fleet's thread. What comes back is written, and errors are fit
/// for a device's eyes.
class Intake
{
public:
    using Answer = Result<QJsonValue>;

    Intake(Fleet &fleet, Commands &commands, store::TelemetryStore &telemetry, store::MethodStore &methods, Counters &counters);

    /// Samples to keep; those of impossible times are dropped. @return {stored, dropped}
    [[nodiscard]] QFuture<Answer> health(const QString &deviceId, QList<HealthSample> samples);
    /// A sample to show, and not to keep.
    void live(const QString &deviceId, const HealthSample &sample);
    /// Events to keep; those of impossible times are dropped. @return {stored, dropped}; InvalidParams, TooLarge
    [[nodiscard]] QFuture<Answer> events(const QString &deviceId, const QList<DeviceEvent> &events);
    /// The device told or asked something of its own accord: a notification of the fleet. What it reports of its state becomes one by
    /// itself. @param method what it called
    void told(const QString &deviceId, const QString &method, const QJsonValue &data);
    /// A merge patch (RFC 7396) to what the device reports. @param name of it, for messages. @return {version}; TooLarge, InvalidParams
    [[nodiscard]] QFuture<Answer> state(const QString &deviceId, const QJsonValue &patch, const QString &name);
    /// What is wanted of the device, what it reports and what differs: it knows now.
    [[nodiscard]] QFuture<Answer> shadow(const QString &deviceId);
    /// What became of a command. @param proof the message that says so, as it was signed
    [[nodiscard]] QFuture<Answer> receipt(const QString &deviceId, const QJsonObject &params, const SignedText &proof);
    /// What the device says of itself; see Fleet::describe().
    void describe(const QString &deviceId, const QJsonObject &machine, const QJsonObject &agent, qint64 bootedAt);
    /// The methods that the device has: known from now on, also while it is away. @param document OpenRPC
    void methods(const QString &deviceId, const QJsonObject &document);

private:
    Fleet &m_fleet;
    Commands &m_commands;
    store::TelemetryStore &m_telemetry;
    store::MethodStore &m_methods;
    Counters &m_counters;
};

} // namespace muster::fleet
