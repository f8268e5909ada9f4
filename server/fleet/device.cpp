// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/device.h"

#include "server/fleet/reported.h"
#include "server/timetext.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

namespace {

/// From these on, in the units of the field.
struct Threshold
{
    HealthField field;
    qint64 warning;
    qint64 failing;
};
constexpr qint64 never = std::numeric_limits<qint64>::max();
/// A full disk stops a device for good, a busy processor only slows it: no level of CPU is called failing.
constexpr std::array thresholds{
    Threshold{HealthField::Disk, 850, 950},
    Threshold{HealthField::Memory, 900, 970},
    Threshold{HealthField::Temperature, 800, 950},
    Threshold{HealthField::Cpu, 950, never},
};

/// Of the reported state in a row of a list: 500 rows have to fit a message.
constexpr qsizetype reportedInLists = 2048;

QString describe(HealthField field, qint64 value)
{
    switch (field) {
    case HealthField::Disk: return u"Disk %1 %"_s.arg(value / 10);
    case HealthField::Memory: return u"Memory %1 %"_s.arg(value / 10);
    case HealthField::Temperature: return u"CPU %1 °C"_s.arg(value / 10);
    default: return u"CPU %1 %"_s.arg(value / 10);
    }
}

QJsonObject conditionJson(const Condition &condition)
{
    return {{"level"_L1, levelName(condition.level)},
            {"text"_L1, condition.text},
            {"field"_L1, condition.field ? QJsonValue(healthFieldName(*condition.field)) : QJsonValue::Null},
            {"value"_L1, condition.field ? QJsonValue(condition.value) : QJsonValue::Null}};
}

} // namespace

QString standingName(Standing standing)
{
    switch (standing) {
    case Standing::Pending: return u"pending"_s;
    case Standing::Accepted: return u"accepted"_s;
    case Standing::Rejected: break;
    }
    return u"rejected"_s;
}

QStringList abilityNames(Abilities abilities)
{
    QStringList names;
    for (const auto &[ability, name] : {std::pair(Ability::Calls, "calls"_L1), std::pair(Ability::Streams, "streams"_L1),
                                        std::pair(Ability::DurableCommands, "durable_commands"_L1),
                                        std::pair(Ability::Receipts, "receipts"_L1), std::pair(Ability::LiveHealth, "live_health"_L1)}) {
        if (abilities.testFlag(ability))
            names.append(name);
    }
    return names;
}

QString presenceName(PresenceState state)
{
    switch (state) {
    case PresenceState::Never: return u"never"_s;
    case PresenceState::Offline: return u"offline"_s;
    case PresenceState::Online: break;
    }
    return u"online"_s;
}

QString levelName(Level level)
{
    switch (level) {
    case Level::Unknown: return u"unknown"_s;
    case Level::Ok: return u"ok"_s;
    case Level::Warning: return u"warning"_s;
    case Level::Failing: break;
    }
    return u"failing"_s;
}

Condition conditionOf(const HealthSample &sample)
{
    Condition worst{.level = Level::Ok, .text = u"OK"_s};
    for (const Threshold &threshold : thresholds) {
        const qint64 value = sample[threshold.field];
        if (value == HealthSample::missing || value < threshold.warning)
            continue;
        const Level level = value >= threshold.failing ? Level::Failing : Level::Warning;
        if (level > worst.level)
            worst = {.level = level, .text = describe(threshold.field, value), .field = threshold.field, .value = value};
    }
    return worst;
}

QJsonObject thresholdsJson()
{
    QJsonObject all;
    for (const Threshold &threshold : thresholds) {
        QJsonObject one{{"warning"_L1, threshold.warning}};
        if (threshold.failing != never)
            one.insert("failing"_L1, threshold.failing);
        all.insert(healthFieldName(threshold.field), one);
    }
    return all;
}

void Trend::add(const HealthSample &sample)
{
    const qint64 value = sample[HealthField::Cpu];
    const qint64 minute = sample.time / 60'000;
    if (value == HealthSample::missing || minute <= m_last - minutes)
        return;
    for (qint64 empty = std::max(m_last + 1, minute - minutes + 1); empty <= minute; ++empty)
        m_counts[static_cast<size_t>(empty % minutes)] = 0;
    m_last = std::max(m_last, minute);
    const auto slot = static_cast<size_t>(minute % minutes);
    const int count = std::min<int>(m_counts[slot], 254);
    m_values[slot] = static_cast<qint16>((m_values[slot] * count + std::clamp<qint64>(value, 0, 1000)) / (count + 1));
    m_counts[slot] = static_cast<quint8>(count + 1);
}

QList<qint64> Trend::until(qint64 now) const
{
    QList<qint64> values;
    values.reserve(minutes);
    const qint64 end = now / 60'000;
    for (qint64 minute = end - minutes + 1; minute <= end; ++minute) {
        const auto slot = static_cast<size_t>(minute % minutes);
        const bool known = minute <= m_last && minute > m_last - minutes && m_counts[slot] > 0;
        values.append(known ? m_values[slot] : HealthSample::missing);
    }
    return values;
}

namespace {

/// What its connection can do; of a device that has none, nobody knows.
QJsonValue abilitiesJson(const Device &device)
{
    return device.link ? QJsonValue(QJsonArray::fromStringList(abilityNames(device.link->abilities()))) : QJsonValue(QJsonValue::Null);
}

} // namespace

QJsonObject rowOf(const Device &device, bool pendingKey, qint64 now, bool whole)
{
    QJsonObject presence{
        {"state"_L1, presenceName(device.presence.state)},
        {"reason"_L1, device.presence.reason},
        {"since"_L1, timeOrNull(device.presence.since)},
        {"evidence_at"_L1, timeOrNull(device.evidenceAt())},
        {"link_at"_L1, timeOrNull(device.link ? device.link->aliveAt() : 0)},
        {"generation"_L1, static_cast<qint64>(device.presence.generation)},
    };
    if (device.link && device.link->roundTrip() >= 0)
        presence.insert("round_trip_ms"_L1, device.link->roundTrip());
    QJsonArray trend;
    for (const qint64 value : device.trend.until(now))
        trend.append(value == HealthSample::missing ? QJsonValue(QJsonValue::Null) : QJsonValue(value));
    QJsonObject row{
        {"id"_L1, device.id},
        {"name"_L1, device.shownName()},
        {"door"_L1, device.door},
        {"presence"_L1, presence},
        {"condition"_L1, conditionJson(device.condition)},
        {"trust"_L1, store::credentialName(device.credential.kind)},
        {"key"_L1, device.credential.keyJson()},
        {"token"_L1, device.credential.tokenJson()},
        {"abilities"_L1, abilitiesJson(device)},
        {"pending_key"_L1, pendingKey},
        {"agent"_L1, device.agent},
        {"machine"_L1, device.machine},
        {"boot_id"_L1, device.bootId},
        {"booted_at"_L1, timeOrNull(device.bootedAt)},
        {"address"_L1, device.address},
        {"clock_ahead_ms"_L1, device.clockAhead},
        {"first_seen"_L1, timeOrNull(device.firstSeen)},
        {"latest"_L1, device.latest ? QJsonValue(toJson(*device.latest)) : QJsonValue(QJsonValue::Null)},
        {"trend"_L1, QJsonObject{{"cpu"_L1, trend}}},
        {"bus"_L1, busOf(device.reported.values)},
        {"containers"_L1, hasContainers(device.reported.values)},
        {"reboot"_L1, mayReboot(device.reported.values)},
    };
    if (whole || jsonBytes(device.reported.values) <= reportedInLists)
        row.insert("reported"_L1, device.reported.values);
    else
        row.insert("reported_cut"_L1, true);
    return row;
}

QJsonObject shadowJson(const Device &device)
{
    const ShadowDelivery &delivery = device.delivery;
    QJsonValue told = QJsonValue::Null;
    if (delivery.at > 0 || delivery.isUnderway)
        told = QJsonObject{{"version"_L1, delivery.version},
                           {"at"_L1, timeOrNull(delivery.at)},
                           {"error"_L1, delivery.error.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(delivery.error)}};
    return {{"state"_L1, QJsonObject{{"desired"_L1, device.desired.state.values},
                                     {"reported"_L1, device.reported.values},
                                     {"delta"_L1, deltaOf(device.desired.state.values, device.reported.values)}}},
            {"metadata"_L1,
             QJsonObject{{"desired"_L1, metadataJson(device.desired.state.times)}, {"reported"_L1, metadataJson(device.reported.times)}}},
            {"version"_L1, device.desired.version},
            {"timestamp"_L1, device.desired.changedAt / 1000},
            {"changed_at"_L1, timeOrNull(device.desired.changedAt)},
            {"changed_by"_L1, device.desired.changedBy},
            {"told"_L1, told}};
}

} // namespace muster::fleet
