// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/states.h"
#include "protocol/rpc/health.h"

#include <QJsonObject>
#include <QObject>
#include <QStringList>

namespace muster {

/// Who is signed in where.
struct SessionInfo
{
    Q_GADGET
    Q_PROPERTY(QString user MEMBER user FINAL)
    Q_PROPERTY(QString role MEMBER role FINAL)
    Q_PROPERTY(QString serverName MEMBER serverName FINAL)
    Q_PROPERTY(QString serverVersion MEMBER serverVersion FINAL)

public:
    QString id;
    QString user;
    QString role;
    QStringList permissions;
    QString serverName;
    QString serverVersion;

    /// True when the server would allow what needs `permission`. The server decides; this only keeps useless buttons away.
    Q_INVOKABLE bool may(const QString &permission) const { return permissions.contains(permission); }

    [[nodiscard]] static SessionInfo fromJson(const QJsonObject &object);
    bool operator==(const SessionInfo &) const = default;
};

/// How many devices are in which state.
struct FleetCounts
{
    Q_GADGET
    Q_PROPERTY(int devices MEMBER devices FINAL)
    Q_PROPERTY(int online MEMBER online FINAL)
    Q_PROPERTY(int offline MEMBER offline FINAL)
    Q_PROPERTY(int never MEMBER never FINAL)
    Q_PROPERTY(int ok MEMBER ok FINAL)
    Q_PROPERTY(int warning MEMBER warning FINAL)
    Q_PROPERTY(int failing MEMBER failing FINAL)
    Q_PROPERTY(int approvals MEMBER approvals FINAL)

public:
    int devices = 0;
    int online = 0;
    int offline = 0;
    int never = 0;
    int ok = 0;
    int warning = 0;
    int failing = 0;
    int approvals = 0;

    [[nodiscard]] static FleetCounts fromJson(const QJsonObject &object);
    [[nodiscard]] QJsonObject toJson() const;
    bool operator==(const FleetCounts &) const = default;
};

/// What a device says about the machine it runs on. Its own words: shown, never believed.
struct Machine
{
    Q_GADGET
    Q_PROPERTY(QString os MEMBER os FINAL)
    Q_PROPERTY(QString model MEMBER model FINAL)
    Q_PROPERTY(QString arch MEMBER arch FINAL)
    Q_PROPERTY(QString kernel MEMBER kernel FINAL)
    Q_PROPERTY(QString hostname MEMBER hostname FINAL)
    Q_PROPERTY(int cpus MEMBER cpus FINAL)
    Q_PROPERTY(qint64 memoryKib MEMBER memoryKib FINAL)
    Q_PROPERTY(qint64 diskKib MEMBER diskKib FINAL)

public:
    QString os;
    QString model;
    QString arch;
    QString kernel;
    QString hostname;
    int cpus = 0;
    qint64 memoryKib = 0;
    qint64 diskKib = 0;

    [[nodiscard]] static Machine fromJson(const QJsonObject &object);
    bool operator==(const Machine &) const = default;
};

/// One row of the fleet. Times are milliseconds since 1970 by the server's clock, 0 for never. Texts are cleaned.
struct Device
{
    Q_GADGET
    Q_PROPERTY(QString id MEMBER id FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString door MEMBER door FINAL)
    Q_PROPERTY(muster::states::Presence presence MEMBER presence FINAL)
    Q_PROPERTY(QString presenceReason MEMBER presenceReason FINAL)
    Q_PROPERTY(qint64 presenceSince MEMBER presenceSince FINAL)
    Q_PROPERTY(qint64 evidenceAt MEMBER evidenceAt FINAL)
    Q_PROPERTY(qint64 linkAt MEMBER linkAt FINAL)
    Q_PROPERTY(int generation MEMBER generation FINAL)
    Q_PROPERTY(int roundTripMs MEMBER roundTripMs FINAL)
    Q_PROPERTY(muster::states::Level level MEMBER level FINAL)
    Q_PROPERTY(QString conditionText MEMBER conditionText FINAL)
    Q_PROPERTY(QString fingerprint MEMBER fingerprint FINAL)
    Q_PROPERTY(QStringList words MEMBER words FINAL)
    Q_PROPERTY(QString algorithm MEMBER algorithm FINAL)
    Q_PROPERTY(qint64 acceptedAt MEMBER acceptedAt FINAL)
    Q_PROPERTY(QString acceptedBy MEMBER acceptedBy FINAL)
    Q_PROPERTY(QString trust MEMBER trust FINAL)
    Q_PROPERTY(bool byToken READ isByToken FINAL)
    Q_PROPERTY(bool tokenGiven MEMBER tokenGiven FINAL)
    Q_PROPERTY(qint64 tokenChangedAt MEMBER tokenChangedAt FINAL)
    Q_PROPERTY(QString tokenChangedBy MEMBER tokenChangedBy FINAL)
    Q_PROPERTY(QStringList abilities MEMBER abilities FINAL)
    Q_PROPERTY(bool pendingKey MEMBER pendingKey FINAL)
    Q_PROPERTY(QString agentName MEMBER agentName FINAL)
    Q_PROPERTY(QString agentVersion MEMBER agentVersion FINAL)
    Q_PROPERTY(muster::Machine machine MEMBER machine FINAL)
    Q_PROPERTY(QString bootId MEMBER bootId FINAL)
    Q_PROPERTY(qint64 bootedAt MEMBER bootedAt FINAL)
    Q_PROPERTY(QString address MEMBER address FINAL)
    Q_PROPERTY(qint64 clockAheadMs MEMBER clockAheadMs FINAL)
    Q_PROPERTY(qint64 firstSeen MEMBER firstSeen FINAL)
    Q_PROPERTY(QString busState MEMBER busState FINAL)
    Q_PROPERTY(qint64 busSince MEMBER busSince FINAL)
    Q_PROPERTY(bool hasEngine MEMBER hasEngine FINAL)
    Q_PROPERTY(bool mayReboot MEMBER mayReboot FINAL)
    Q_PROPERTY(bool measured MEMBER measured FINAL)
    Q_PROPERTY(qint64 measuredAt MEMBER measuredAt FINAL)
    Q_PROPERTY(double cpu READ cpu FINAL)
    Q_PROPERTY(double memory READ memory FINAL)
    Q_PROPERTY(double disk READ disk FINAL)
    Q_PROPERTY(double temperature READ temperature FINAL)
    Q_PROPERTY(double networkIn READ networkIn FINAL)
    Q_PROPERTY(double networkOut READ networkOut FINAL)
    Q_PROPERTY(double load READ load FINAL)
    Q_PROPERTY(QList<double> cpuTrend MEMBER cpuTrend FINAL)

public:
    QString id;
    QString name;
    QString door;
    states::Presence presence = states::Presence::Never;
    QString presenceReason;
    qint64 presenceSince = 0;
    qint64 evidenceAt = 0; ///< the last message with a good signature, or behind its token
    qint64 linkAt = 0;     ///< the last sign of life of the connection itself
    int generation = 0;
    int roundTripMs = -1; ///< -1: not measured
    states::Level level = states::Level::Unknown;
    QString conditionText;                     ///< in the server's words
    std::optional<HealthField> conditionField; ///< the measure that decided
    double conditionValue = 0;                 ///< in its unit
    QString fingerprint;
    QStringList words;
    QString algorithm;
    qint64 acceptedAt = 0;
    QString acceptedBy;
    QString trust;           ///< signed, token, …: what it is trusted by
    bool tokenGiven = false; ///< false: it was taken back, or it is trusted by something else
    qint64 tokenChangedAt = 0;
    QString tokenChangedBy;
    QStringList abilities; ///< of its connection; empty: it has none, or an older server does not say
    bool pendingKey = false;
    QString agentName;
    QString agentVersion;
    Machine machine;
    QString bootId;
    qint64 bootedAt = 0; ///< 0: the server does not say
    QString address;
    qint64 clockAheadMs = 0;
    qint64 firstSeen = 0;
    QString busState; ///< connected, away or off; empty: the device does not say
    qint64 busSince = 0;
    bool hasEngine = false; ///< it has said that it has a container engine
    bool mayReboot = false; ///< it has said that it can be started anew
    bool measured = false;  ///< `latest` holds a sample
    qint64 measuredAt = 0;
    HealthSample latest;
    QList<double> cpuTrend; ///< permille, one a minute, NaN where missing

    /// The latest value in the units of protocol/rpc/health.h; NaN where the device does not measure it.
    [[nodiscard]] double value(HealthField field) const;
    [[nodiscard]] double cpu() const { return value(HealthField::Cpu); }
    [[nodiscard]] double memory() const { return value(HealthField::Memory); }
    [[nodiscard]] double disk() const { return value(HealthField::Disk); }
    [[nodiscard]] double temperature() const { return value(HealthField::Temperature); }
    [[nodiscard]] double networkIn() const { return value(HealthField::NetworkIn); }
    [[nodiscard]] double networkOut() const { return value(HealthField::NetworkOut); }
    [[nodiscard]] double load() const { return value(HealthField::Load); }

    /// It shows a secret in the place of a signature.
    [[nodiscard]] bool isByToken() const { return trust == QLatin1StringView("token"); }
    /// Whether it can do something: as its connection says, or its kind while it has none.
    Q_INVOKABLE [[nodiscard]] bool can(const QString &ability) const;

    [[nodiscard]] static Device fromJson(const QJsonObject &row);
};

/// A key that waits for a person, or that one has decided on.
struct Approval
{
    Q_GADGET
    Q_PROPERTY(QString id MEMBER id FINAL)
    Q_PROPERTY(QString deviceId MEMBER deviceId FINAL)
    Q_PROPERTY(bool newKey MEMBER newKey FINAL)
    Q_PROPERTY(QString state MEMBER state FINAL)
    Q_PROPERTY(QString fingerprint MEMBER fingerprint FINAL)
    Q_PROPERTY(QStringList words MEMBER words FINAL)
    Q_PROPERTY(QString algorithm MEMBER algorithm FINAL)
    Q_PROPERTY(int bits MEMBER bits FINAL)
    Q_PROPERTY(QString address MEMBER address FINAL)
    Q_PROPERTY(QString network MEMBER network FINAL)
    Q_PROPERTY(int pendingFromNetwork MEMBER pendingFromNetwork FINAL)
    Q_PROPERTY(qint64 firstSeen MEMBER firstSeen FINAL)
    Q_PROPERTY(qint64 lastSeen MEMBER lastSeen FINAL)
    Q_PROPERTY(int attempts MEMBER attempts FINAL)
    Q_PROPERTY(bool connected MEMBER connected FINAL)
    Q_PROPERTY(muster::Machine machine MEMBER machine FINAL)
    Q_PROPERTY(QString agentName MEMBER agentName FINAL)
    Q_PROPERTY(QString agentVersion MEMBER agentVersion FINAL)
    Q_PROPERTY(qint64 clockAheadMs MEMBER clockAheadMs FINAL)
    Q_PROPERTY(QStringList twins MEMBER twins FINAL)
    Q_PROPERTY(QString replacesFingerprint MEMBER replacesFingerprint FINAL)
    Q_PROPERTY(QStringList replacesWords MEMBER replacesWords FINAL)
    Q_PROPERTY(qint64 decidedAt MEMBER decidedAt FINAL)
    Q_PROPERTY(QString decidedBy MEMBER decidedBy FINAL)

public:
    QString id;
    QString deviceId;
    bool newKey = false; ///< the device is known by another key: the loud case
    QString state;
    QString fingerprint;
    QStringList words;
    QString algorithm;
    int bits = 0;
    QString address;
    QString network;            ///< whom the server counts together: an address, or a /64 of IPv6
    int pendingFromNetwork = 0; ///< keys that wait from there, this one included
    qint64 firstSeen = 0;
    qint64 lastSeen = 0;
    int attempts = 0;
    bool connected = false;
    Machine machine;
    QString agentName;
    QString agentVersion;
    qint64 clockAheadMs = 0;
    QStringList twins; ///< ids of other devices that hold the same key
    QString replacesFingerprint;
    QStringList replacesWords;
    qint64 decidedAt = 0; ///< 0: nobody has decided yet
    QString decidedBy;

    [[nodiscard]] static Approval fromJson(const QJsonObject &object);
    bool operator==(const Approval &) const = default;
};

/// Milliseconds since 1970 of an RFC 3339 text or a number; 0 where there is neither.
[[nodiscard]] qint64 timeFromJson(const QJsonValue &value);
/// RFC 3339, UTC, milliseconds.
[[nodiscard]] QString timeToJson(qint64 msecs);

} // namespace muster
