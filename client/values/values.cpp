// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/values.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/timestamp.h"

#include <QDateTime>
#include <QJsonArray>
#include <QTimeZone>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// The server cleans what devices say; a screen does not rely on it.
QString text(const QJsonValue &value)
{
    return cleanText(value.toString(), limits::textLength);
}

QStringList texts(const QJsonValue &value)
{
    QStringList list;
    for (const auto &item : value.toArray())
        list << text(item);
    return list;
}

states::Presence presenceFrom(const QString &word)
{
    if (word == "online"_L1)
        return states::Presence::Online;
    return word == "offline"_L1 ? states::Presence::Offline : states::Presence::Never;
}

states::Level levelFrom(const QString &word)
{
    if (word == "ok"_L1)
        return states::Level::Ok;
    if (word == "warning"_L1)
        return states::Level::Warning;
    return word == "failing"_L1 ? states::Level::Failing : states::Level::Unknown;
}

} // namespace

qint64 timeFromJson(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toInteger();
    const QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

QString timeToJson(qint64 msecs)
{
    return QString::fromLatin1(toTimestamp(QDateTime::fromMSecsSinceEpoch(msecs, QTimeZone::UTC)));
}

SessionInfo SessionInfo::fromJson(const QJsonObject &object)
{
    const QJsonObject server = object["server"_L1].toObject();
    SessionInfo info;
    info.id = object["id"_L1].toString();
    info.user = text(object["user"_L1]);
    info.role = text(object["role"_L1]);
    info.permissions = texts(object["permissions"_L1]);
    info.serverName = text(server["name"_L1]);
    info.serverVersion = text(server["version"_L1]);
    return info;
}

FleetCounts FleetCounts::fromJson(const QJsonObject &object)
{
    return {.devices = object["devices"_L1].toInt(),
            .online = object["online"_L1].toInt(),
            .offline = object["offline"_L1].toInt(),
            .never = object["never"_L1].toInt(),
            .ok = object["ok"_L1].toInt(),
            .warning = object["warning"_L1].toInt(),
            .failing = object["failing"_L1].toInt(),
            .approvals = object["approvals"_L1].toInt()};
}

QJsonObject FleetCounts::toJson() const
{
    return {{"devices"_L1, devices}, {"online"_L1, online},   {"offline"_L1, offline}, {"never"_L1, never},
            {"ok"_L1, ok},           {"warning"_L1, warning}, {"failing"_L1, failing}, {"approvals"_L1, approvals}};
}

Machine Machine::fromJson(const QJsonObject &object)
{
    return {.os = text(object["os"_L1]),
            .model = text(object["model"_L1]),
            .arch = text(object["arch"_L1]),
            .kernel = text(object["kernel"_L1]),
            .hostname = text(object["hostname"_L1]),
            .cpus = object["cpus"_L1].toInt(),
            .memoryKib = object["memory_kib"_L1].toInteger(),
            .diskKib = object["disk_kib"_L1].toInteger()};
}

double Device::value(HealthField field) const
{
    const qint64 raw = latest[field];
    return raw == HealthSample::missing ? std::numeric_limits<double>::quiet_NaN() : double(raw);
}

bool Device::can(const QString &ability) const
{
    return abilities.isEmpty() ? !isByToken() || ability == "calls"_L1 : abilities.contains(ability);
}

Device Device::fromJson(const QJsonObject &row)
{
    const QJsonObject presence = row["presence"_L1].toObject();
    const QJsonObject condition = row["condition"_L1].toObject();
    const QJsonObject key = row["key"_L1].toObject();
    const QJsonObject agent = row["agent"_L1].toObject();
    Device d;
    d.id = row["id"_L1].toString();
    d.name = text(row["name"_L1]);
    if (d.name.isEmpty())
        d.name = cleanText(d.id, limits::textLength);
    d.door = text(row["door"_L1]);
    d.presence = presenceFrom(presence["state"_L1].toString());
    d.presenceReason = text(presence["reason"_L1]);
    d.presenceSince = timeFromJson(presence["since"_L1]);
    d.evidenceAt = timeFromJson(presence["evidence_at"_L1]);
    d.linkAt = timeFromJson(presence["link_at"_L1]);
    d.generation = presence["generation"_L1].toInt();
    d.roundTripMs = presence["round_trip_ms"_L1].toInt(-1);
    d.level = levelFrom(condition["level"_L1].toString());
    d.conditionText = text(condition["text"_L1]);
    d.conditionField = healthFieldFrom(condition["field"_L1].toString());
    d.conditionValue = condition["value"_L1].toDouble();
    d.fingerprint = text(key["fingerprint"_L1]);
    d.words = texts(key["words"_L1]);
    d.algorithm = text(key["algorithm"_L1]);
    d.acceptedAt = timeFromJson(key["accepted_at"_L1]);
    d.acceptedBy = text(key["accepted_by"_L1]);
    const QJsonObject token = row["token"_L1].toObject();
    d.trust = text(row["trust"_L1]);
    d.tokenGiven = token["is_given"_L1].toBool();
    d.tokenChangedAt = timeFromJson(token["changed_at"_L1]);
    d.tokenChangedBy = text(token["changed_by"_L1]);
    d.abilities = texts(row["abilities"_L1]);
    d.pendingKey = row["pending_key"_L1].toBool();
    d.agentName = text(agent["name"_L1]);
    d.agentVersion = text(agent["version"_L1]);
    d.machine = Machine::fromJson(row["machine"_L1].toObject());
    d.bootId = text(row["boot_id"_L1]);
    d.bootedAt = timeFromJson(row["booted_at"_L1]);
    d.address = text(row["address"_L1]);
    d.clockAheadMs = row["clock_ahead_ms"_L1].toInteger();
    d.firstSeen = timeFromJson(row["first_seen"_L1]);
    d.busState = text(row["bus"_L1]["state"_L1]);
    d.busSince = timeFromJson(row["bus"_L1]["since"_L1]);
    d.hasEngine = row["containers"_L1].toBool();
    d.mayReboot = row["reboot"_L1].toBool();
    if (row["latest"_L1].isObject()) {
        if (const Result<HealthSample> sample = healthSampleFromJson(row["latest"_L1].toObject())) {
            d.latest = *sample;
            d.measured = true;
            d.measuredAt = sample->time;
        }
    }
    const QJsonArray trend = row["trend"_L1]["cpu"_L1].toArray();
    d.cpuTrend.reserve(trend.size());
    for (const auto &value : trend)
        d.cpuTrend << (value.isDouble() ? value.toDouble() : std::numeric_limits<double>::quiet_NaN());
    // Nothing was measured: that is no line, and a screen can say so.
    if (std::ranges::all_of(d.cpuTrend, [](double value) { return std::isnan(value); }))
        d.cpuTrend.clear();
    return d;
}

Approval Approval::fromJson(const QJsonObject &object)
{
    const QJsonObject replaces = object["replaces"_L1].toObject();
    const QJsonObject agent = object["agent"_L1].toObject();
    Approval a;
    a.id = object["id"_L1].toString();
    a.deviceId = text(object["device_id"_L1]);
    a.newKey = object["kind"_L1].toString() == "new_key"_L1;
    a.state = object["state"_L1].toString();
    a.fingerprint = text(object["fingerprint"_L1]);
    a.words = texts(object["words"_L1]);
    a.algorithm = text(object["algorithm"_L1]);
    a.bits = object["bits"_L1].toInt();
    a.address = text(object["address"_L1]);
    a.network = text(object["network"_L1]);
    a.pendingFromNetwork = object["pending_from_network"_L1].toInt();
    a.firstSeen = timeFromJson(object["first_seen"_L1]);
    a.lastSeen = timeFromJson(object["last_seen"_L1]);
    a.attempts = object["attempts"_L1].toInt();
    a.connected = object["connected"_L1].toBool();
    a.machine = Machine::fromJson(object["machine"_L1].toObject());
    a.agentName = text(agent["name"_L1]);
    a.agentVersion = text(agent["version"_L1]);
    a.clockAheadMs = object["clock_ahead_ms"_L1].toInteger();
    a.twins = texts(object["twins"_L1]);
    a.replacesFingerprint = text(replaces["fingerprint"_L1]);
    a.replacesWords = texts(replaces["words"_L1]);
    a.decidedAt = timeFromJson(object["decided_at"_L1]);
    a.decidedBy = text(object["decided_by"_L1]);
    return a;
}

} // namespace muster
