// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockmembers.h"

#include "client/values/values.h"
#include "protocol/rpc/health.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

namespace {

QJsonObject conditionOf(const QString &level, const QString &trouble)
{
    // Of its own words: "Disk 97 %", "CPU 82 °C".
    static const QRegularExpression said(u"^(Disk|Memory|CPU) (\\d+)\u00A0(%|°C)$"_s);
    const QRegularExpressionMatch match = said.match(trouble);
    const QString field = match.captured(1) == "CPU"_L1 && match.captured(3) != "%"_L1 ? u"temperature"_s : match.captured(1).toLower();
    return {{"level"_L1, level},
            {"text"_L1, trouble},
            {"field"_L1, match.hasMatch() ? QJsonValue(field) : QJsonValue::Null},
            {"value"_L1, match.hasMatch() ? QJsonValue(match.captured(2).toInt() * 10) : QJsonValue::Null}};
}

qint64 rounded(double value)
{
    return std::llround(value);
}

} // namespace

MockMembers::MockMembers(int devices, bool isHostile, qint64 origin)
    : m_isHostile(isHostile)
    , m_origin(origin)
{
    static const QStringList known =
        u"gate-01 gate-02 press-line-a press-line-b greenhouse-04 greenhouse-07 kiosk-lobby kiosk-pier-2 meter-0113 meter-0114 "
        "meter-0120 pump-north pump-south camera-yard bus-4411 bus-4420"_s.split(u' ');
    static const QStringList kinds = u"sensor silo tank tram turbine valve vent weir well winch"_s.split(u' ');
    static const QStringList warnings = u"CPU 82\u00A0°C|Memory 91\u00A0%|Disk 88\u00A0%|Load 6.41|CPU 79\u00A0°C"_s.split(u'|');
    m_list.reserve(devices);
    for (int i = 0; i < devices; ++i) {
        Member m;
        m.seed = mix(quint64(i) + 7);
        m.keySeed = m.seed;
        m.id = i < known.size() ? known[i] : u"%1-%2"_s.arg(kinds[qsizetype(m.seed % quint64(kinds.size()))]).arg(1000 + i);
        m.acceptedBy = u"admin"_s;
        m.acceptedAt = m_origin - day * qint64(20 + m.seed % 300);
        // The shares of the mock-up: of 1,204 devices 33 are away, 4 failing, 11 warned, and one has never come.
        if (i == 3 || i == 211 || i == 600 || i == 1010) {
            m.fate = Fate::Failing;
            m.trouble = i == 600 ? u"Memory 98\u00A0%"_s : u"Disk 97\u00A0%"_s;
        } else if (i == 5 || (i > 16 && i % 109 == 0 && i < 1150)) {
            m.fate = Fate::Warning;
            m.trouble = warnings[i % warnings.size()];
        } else if (i == 9 || (i > 16 && i % 37 == 5)) {
            m.fate = i == 42 ? Fate::Never : Fate::Offline;
            m.offlineFor = i == 9 ? 3 * hour : qint64(double(4 * day) * std::pow(unit(m.seed + 3), 3)) + 2 * minute;
        }
        m.pendingKey = i == 11;
        // Two of a kind that shows tokens; one of them may not come any more.
        if (i == 17) {
            m.id = u"hall-light"_s;
            m.name = u"Hall light"_s;
            m.token = Token{.isGiven = true, .changedAt = m.acceptedAt, .changedBy = m.acceptedBy};
        } else if (i == 79) {
            m.id = u"porch-light"_s;
            m.token = Token{.isGiven = false, .changedAt = m_origin - m.offlineFor, .changedBy = u"eva"_s};
        }
        m_list << m;
    }
    if (isHostile) {
        // The door refuses such ids; a screen must stand them all the same.
        for (int i = 0; i < std::min(devices, 16); ++i)
            m_list[i].trouble = m_list[i].fate == Fate::Well ? QString() : nasty(quint64(i));
    }
}

const MockMembers::Member *MockMembers::find(const QString &id) const
{
    const auto it = std::ranges::find(m_list, id, &Member::id);
    return it == m_list.cend() ? nullptr : &*it;
}

mock::Device MockMembers::facts(const QString &id) const
{
    const Member *m = find(id);
    if (!m)
        return {};
    return {.id = m->id,
            .seed = m->seed,
            .online = m->fate != Fate::Offline && m->fate != Fate::Never,
            .never = m->fate == Fate::Never,
            .hostile = m_isHostile,
            .byToken = m->token.has_value(),
            .origin = m_origin,
            .acceptedAt = m->acceptedAt,
            .acceptedBy = m->acceptedBy,
            .offlineFor = m->fate == Fate::Offline ? m->offlineFor : 0};
}

QJsonObject MockMembers::reported(const Member &member)
{
    const bool bus = member.seed % 5 != 1;
    return {{"muster"_L1, QJsonObject{{"bus"_L1, bus ? "connected"_L1 : "off"_L1},
                                      {"engine"_L1, member.id != "gate-02"_L1},
                                      {"reboot"_L1, member.id != "gate-02"_L1}}},
            {"site"_L1, member.seed % 2 == 0 ? "north"_L1 : "pier"_L1}};
}

QJsonObject MockMembers::machine(quint64 seed) const
{
    if (m_isHostile)
        return {{"os"_L1, nasty(seed)},
                {"model"_L1, nasty(seed + 1)},
                {"arch"_L1, nasty(seed + 2)},
                {"kernel"_L1, nasty(seed + 3)},
                {"hostname"_L1, nasty(seed + 4)},
                {"cpus"_L1, 4096},
                {"memory_kib"_L1, qint64(9'007'199'254'740'991)},
                {"disk_kib"_L1, -5}};
    static const QStringList models = u"Raspberry Pi CM4|Raspberry Pi 5|BeagleBone Black|Toradex Verdin|Olimex A64"_s.split(u'|');
    const auto n = qsizetype(mix(seed) % quint64(models.size()));
    return {{"os"_L1, n == 2 ? u"Debian 12"_s : u"Debian 13"_s},
            {"model"_L1, models[n]},
            {"arch"_L1, n == 2 ? u"armv7l"_s : u"aarch64"_s},
            {"kernel"_L1, "6.12.43"_L1},
            {"hostname"_L1, "device"_L1},
            {"cpus"_L1, n == 2 ? 1 : 4},
            {"memory_kib"_L1, n == 2 ? 512 * 1024 : 3'884'928},
            {"disk_kib"_L1, 30'535'680}};
}

qint64 MockMembers::evidenceAt(const Member &member) const
{
    if (member.fate == Fate::Never)
        return 0;
    if (member.fate == Fate::Offline)
        return m_origin - member.offlineFor - 20 * second;
    // A sample every ten seconds, each device in its own phase.
    return m_now - (m_now + qint64(member.seed % 10'000)) % (10 * second);
}

double MockMembers::value(const Member &member, int field, qint64 time) const
{
    const qint64 age = m_origin - time;
    // Everybody was away some time: charts must show it.
    if ((age > 34 * minute && age < 37 * minute) || (age > 9 * hour && age < 10 * hour) || (age > 70 * hour && age < 78 * hour)
        || (age > 31 * day && age < 34 * day))
        return std::numeric_limits<double>::quiet_NaN();
    // A light bulb measures no more.
    const auto measure = static_cast<HealthField>(field);
    if (member.token && measure != HealthField::Memory && measure != HealthField::Disk)
        return std::numeric_limits<double>::quiet_NaN();
    const quint64 seed = member.seed ^ mix(quint64(field) + 100);
    const double slow = curve(seed, time, 7 * hour);
    const double mid = curve(seed + 1, time, 17 * minute);
    const double quick = curve(seed + 2, time, 3 * minute);
    const double jitter = curve(seed + 3, time, 12 * second);
    switch (measure) {
    case HealthField::Cpu:
        return std::clamp(40 + 860 * std::pow(0.30 * slow + 0.45 * mid + 0.20 * quick + 0.05 * jitter, 1.6), 3.0, 1000.0);
    case HealthField::Memory:
        return member.trouble.startsWith("Memory"_L1)
                   ? 980
                   : std::clamp(180 + 420 * unit(member.seed + 5) + 130 * slow + 60 * mid + 8 * jitter, 0.0, 1000.0);
    case HealthField::Disk:
        return member.trouble.startsWith("Disk 97"_L1) ? 970
               : member.trouble.startsWith("Disk"_L1)  ? 880
                                                       : 300 + 460 * unit(member.seed + 6) + 12 * slow;
    case HealthField::Temperature:
        return (member.trouble.startsWith("CPU"_L1) ? 770 : 430) + 90 * slow + 50 * mid + 14 * quick + 4 * jitter;
    case HealthField::NetworkIn: return 900 + 52'000 * std::pow(mid, 3) + 7'000 * quick + 900 * jitter;
    case HealthField::NetworkOut: return 600 + 19'000 * std::pow(mid, 3) + 3'000 * quick + 500 * jitter;
    case HealthField::Load:
        return (member.trouble.startsWith("Load"_L1) ? 600 : 8) + 150 * std::pow(0.5 * mid + 0.3 * slow + 0.2 * quick, 2);
    }
    return 0;
}

QJsonObject MockMembers::sampleOf(const Member &member, qint64 time) const
{
    QJsonObject sample{{"time"_L1, time}};
    for (int field = 0; field < healthFieldCount; ++field) {
        const double v = value(member, field, time);
        if (!std::isnan(v))
            sample[healthFieldName(static_cast<HealthField>(field))] = rounded(v);
    }
    return sample;
}

QJsonObject MockMembers::row(const Member &m) const
{
    const bool online = m.fate == Fate::Well || m.fate == Fate::Warning || m.fate == Fate::Failing;
    const qint64 evidence = evidenceAt(m);
    QJsonObject presence{
        {"state"_L1, online                  ? "online"_L1
                     : m.fate == Fate::Never ? "never"_L1
                                             : "offline"_L1},
        {"reason"_L1,
         online                  ? u"connected"_s
         : m.fate == Fate::Never ? u"has not come yet"_s
         : m.token && m.token->changedAt == m_origin - m.offlineFor
             ? (m.token->isGiven ? u"its token was renewed by %1"_s : u"its token was taken back by %1"_s).arg(m.token->changedBy)
             : u"no answer to two pings"_s},
        {"since"_L1, timeToJson(online                  ? m_origin - 6 * hour
                                : m.fate == Fate::Never ? m.acceptedAt
                                                        : m_origin - m.offlineFor)},
        {"generation"_L1, int(1 + m.seed % 40)},
        {"evidence_at"_L1, QJsonValue::Null},
        {"link_at"_L1, QJsonValue::Null}};
    if (evidence > 0) {
        presence["evidence_at"_L1] = timeToJson(evidence);
        presence["link_at"_L1] = timeToJson(online ? m_now - (m_now + qint64(m.seed % 30'000)) % (30 * second) : evidence + 18 * second);
    }
    if (online)
        presence["round_trip_ms"_L1] = int(4 + m.seed % 60);
    const QString level = m.fate == Fate::Failing ? u"failing"_s : m.fate == Fate::Warning ? u"warning"_s : online ? u"ok"_s : u"unknown"_s;
    QJsonArray trend;
    if (online) {
        for (qint64 i = 59; i >= 0; --i) {
            const double v = value(m, static_cast<int>(HealthField::Cpu), evidence - i * minute);
            trend << (std::isnan(v) ? QJsonValue() : QJsonValue(rounded(v)));
        }
    }
    const QString version = m.seed % 4 == 1 ? u"0.0.9"_s : u"0.1.0"_s;
    QJsonObject row{
        {"id"_L1, m.id},
        {"name"_L1, m_isHostile        ? nasty(m.seed >> 3)
                    : m.name.isEmpty() ? m.id
                                       : m.name},
        {"door"_L1, "signed"_L1},
        {"presence"_L1, presence},
        {"condition"_L1, conditionOf(level, m.trouble)},
        {"key"_L1, QJsonObject{{"fingerprint"_L1, fingerprintOf(m.keySeed)},
                               {"words"_L1, wordsOf(m.keySeed)},
                               {"algorithm"_L1, "EdDSA"_L1},
                               {"accepted_at"_L1, timeToJson(m.acceptedAt)},
                               {"accepted_by"_L1, m.acceptedBy}}},
        {"trust"_L1, "signed"_L1},
        {"token"_L1, QJsonValue::Null},
        {"abilities"_L1, online ? QJsonValue(QJsonArray{"calls"_L1, "streams"_L1, "durable_commands"_L1, "receipts"_L1, "live_health"_L1})
                                : QJsonValue(QJsonValue::Null)},
        {"pending_key"_L1, m.pendingKey},
        {"agent"_L1, QJsonObject{{"name"_L1, "muster-agent"_L1}, {"version"_L1, version}}},
        {"machine"_L1, machine(m.seed)},
        {"boot_id"_L1, "5f0c1b9e-6d2a-4c52-9d6a-0d7f6a1f2a11"_L1},
        {"booted_at"_L1, timeToJson(m_origin - qint64(1 + m.seed % 90) * day - 5 * hour)},
        {"address"_L1, u"10.0.%1.%2"_s.arg(m.seed % 8).arg(2 + m.seed % 250)},
        {"clock_ahead_ms"_L1, qint64(m.seed % 900) - 450},
        {"first_seen"_L1, timeToJson(m.acceptedAt - 5 * minute)},
        {"latest"_L1, online ? QJsonValue(sampleOf(m, evidence)) : QJsonValue()},
        {"trend"_L1, QJsonObject{{"cpu"_L1, trend}}},
        {"reported"_L1, reported(m)},
        {"bus"_L1, QJsonObject{{"state"_L1, !online           ? "away"_L1
                                            : m.seed % 5 == 1 ? "off"_L1
                                                              : "connected"_L1},
                               {"since"_L1, timeToJson(m_origin - 5 * hour)}}},
        {"containers"_L1, m.id != "gate-02"_L1},
        {"reboot"_L1, m.id != "gate-02"_L1}};
    if (m.token)
        putToken(m, *m.token, row);
    return row;
}

void MockMembers::putToken(const Member &member, const Token &token, QJsonObject &row) const
{
    const bool online = row["abilities"_L1].isArray();
    row["door"_L1] = "mdash"_L1;
    row["trust"_L1] = "token"_L1;
    row["key"_L1] = QJsonValue::Null;
    row["token"_L1] =
        QJsonObject{{"is_given"_L1, token.isGiven}, {"changed_at"_L1, timeToJson(token.changedAt)}, {"changed_by"_L1, token.changedBy}};
    if (online)
        row["abilities"_L1] = QJsonArray{"calls"_L1};
    row["boot_id"_L1] = QString();
    row["booted_at"_L1] = QJsonValue::Null;
    row["clock_ahead_ms"_L1] = 0;
    row["reported"_L1] = QJsonObject();
    row["bus"_L1] = QJsonValue::Null;
    row["containers"_L1] = false;
    row["reboot"_L1] = false;
    if (member.fate == Fate::Never) {
        row["agent"_L1] = row["machine"_L1] = QJsonObject();
        row["address"_L1] = QString();
        row["first_seen"_L1] = QJsonValue::Null;
    } else if (!m_isHostile) {
        row["agent"_L1] = QJsonObject{{"name"_L1, "smart-light"_L1}, {"version"_L1, "1.4.0"_L1}};
        row["machine"_L1] = QJsonObject{
            {"os"_L1, "Mongoose OS 2.20.0"_L1}, {"model"_L1, "smart-light"_L1}, {"arch"_L1, "esp32"_L1}, {"mac"_L1, "240AC4A0B1C2"_L1}};
    }
}

FleetCounts MockMembers::counts() const
{
    FleetCounts c;
    c.devices = int(m_list.size());
    for (const Member &m : m_list) {
        c.offline += m.fate == Fate::Offline;
        c.never += m.fate == Fate::Never;
        c.warning += m.fate == Fate::Warning;
        c.failing += m.fate == Fate::Failing;
        c.ok += m.fate == Fate::Well;
    }
    c.online = c.devices - c.offline - c.never;
    return c;
}

QList<const MockMembers::Member *> MockMembers::select(const QJsonObject &params) const
{
    const QString text = params["text"_L1].toString();
    const QString state = params["state"_L1].toString();
    const QString level = params["level"_L1].toString();
    QList<const Member *> found;
    for (const Member &m : m_list) {
        const QString mine = m.fate == Fate::Offline ? u"offline"_s : m.fate == Fate::Never ? u"never"_s : u"online"_s;
        const QString health = m.fate == Fate::Failing   ? u"failing"_s
                               : m.fate == Fate::Warning ? u"warning"_s
                               : m.fate == Fate::Well    ? u"ok"_s
                                                         : u"unknown"_s;
        if ((state.isEmpty() || state == mine) && (level.isEmpty() || level == health)
            && (text.isEmpty() || m.id.contains(text, Qt::CaseInsensitive) || m.name.contains(text, Qt::CaseInsensitive)))
            found << &m;
    }
    QString sort = params["sort"_L1].toString(u"name"_s);
    const bool descending = sort.startsWith(u'-');
    if (descending)
        sort.remove(0, 1);
    const auto rank = [](const Member *m) { return std::array{4, 1, 0, 2, 3}[size_t(m->fate)]; };
    const auto key = [this, &sort, &rank](const Member *m) -> double {
        if (sort == "state"_L1)
            return rank(m);
        if (sort == "evidence"_L1)
            return double(evidenceAt(*m));
        const int field = sort == "cpu"_L1 ? 0 : sort == "memory"_L1 ? 1 : sort == "disk"_L1 ? 2 : -1;
        if (field < 0)
            return 0;
        const double shown = m->fate == Fate::Offline || m->fate == Fate::Never ? -1 : value(*m, field, evidenceAt(*m));
        return std::isnan(shown) ? -1 : shown;
    };
    QList<std::pair<double, const Member *>> keyed;
    keyed.reserve(found.size());
    for (const Member *m : std::as_const(found))
        keyed << std::pair(sort == "name"_L1 ? 0.0 : key(m), m);
    std::ranges::sort(keyed, [descending](const auto &a, const auto &b) {
        if (a.first != b.first)
            return descending ? a.first > b.first : a.first < b.first;
        return descending ? a.second->id > b.second->id : a.second->id < b.second->id;
    });
    for (qsizetype i = 0; i < found.size(); ++i)
        found[i] = keyed[i].second;
    return found;
}

bool MockMembers::forget(const QString &id)
{
    return m_list.removeIf([&id](const Member &m) { return m.id == id; }) > 0;
}

MockMembers::Member *MockMembers::found(const QString &id)
{
    const auto it = std::ranges::find(m_list, id, &Member::id);
    return it == m_list.end() ? nullptr : &*it;
}

void MockMembers::make(const QString &id, const QString &name, const QString &by)
{
    Member m;
    m.id = id;
    m.name = name;
    m.seed = m.keySeed = seedOf(id);
    m.fate = Fate::Never;
    m.acceptedBy = by;
    m.acceptedAt = m_now;
    m.token = Token{.isGiven = true, .changedAt = m_now, .changedBy = by};
    m_list << m;
}

void MockMembers::rename(const QString &id, const QString &name)
{
    if (Member *m = found(id))
        m->name = name;
}

void MockMembers::setToken(const QString &id, const Token &token)
{
    Member *m = found(id);
    if (!m)
        return;
    if (m->fate != Fate::Never && m->fate != Fate::Offline) {
        m->fate = Fate::Offline;
        m->offlineFor = m_origin - token.changedAt;
    }
    m->token = token;
}

void MockMembers::decideKey(const QString &id, quint64 keySeed)
{
    const auto known = std::ranges::find(m_list, id, &Member::id);
    if (known != m_list.end()) {
        known->pendingKey = false;
        if (keySeed != 0)
            known->keySeed = keySeed;
    } else if (keySeed != 0) {
        Member m;
        m.id = id;
        m.seed = m.keySeed = mix(keySeed);
        m.acceptedBy = u"admin"_s;
        m.acceptedAt = m_now;
        m_list << m;
    }
}

} // namespace muster
