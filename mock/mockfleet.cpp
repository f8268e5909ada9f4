// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockfleet.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockmethods.h"
#include "mock/mockpage.h"
#include "mock/mockseed.h"
#include "protocol/rpc/health.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

using namespace mock;

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

// A smooth random curve in 0..1 with turns about every `period`.
double curve(quint64 seed, qint64 time, qint64 period)
{
    const qint64 cell = time / period;
    const double at = double(time % period) / double(period);
    const double smooth = at * at * (3 - 2 * at);
    const double a = unit(seed ^ mix(quint64(cell)));
    const double b = unit(seed ^ mix(quint64(cell + 1)));
    return a + (b - a) * smooth;
}

const QStringList &wordList()
{
    static const QStringList words =
        u"velvet anchor mango piano otter cable solar ridge harbor lemon quiet stone amber badge candle desert ember "
        "fabric garden hammer island jacket kitten ladder marble napkin ocean pepper quartz ribbon saddle tunnel "
        "umbrella violin walnut yellow zebra acorn basket cactus donkey engine falcon ginger helmet insect jungle "
        "kettle lantern mirror needle orchid parrot rocket silver timber useful valley window winter"_s.split(u' ');
    return words;
}

QJsonArray wordsOf(quint64 seed)
{
    QJsonArray words;
    for (quint64 i = 0; i < 6; ++i)
        words << wordList()[qsizetype(mix(seed + i * 977) % quint64(wordList().size()))];
    return words;
}

QString fingerprintOf(quint64 seed)
{
    QByteArray bytes;
    for (quint64 i = 0; i < 4; ++i) {
        const quint64 part = mix(seed + i * 31);
        bytes.append(reinterpret_cast<const char *>(&part), sizeof part);
    }
    return u"SHA256:"_s + QString::fromLatin1(bytes.toBase64(QByteArray::OmitTrailingEquals));
}

qint64 rounded(double value)
{
    return std::llround(value);
}

constexpr int firstApproval = 64;

int valueOrdinal(HealthField field)
{
    return static_cast<int>(field);
}

} // namespace

QString mock::nasty(quint64 n)
{
    switch (n % 8) {
    case 0: return u"x"_s.repeated(200);
    case 1: return u"<b>bold</b><img src='http://example.invalid/x.png'>"_s;
    case 2: return u"abc\u202Egnp.exe"_s;
    case 3: return u"\U0001F600\U0001F680\U0001F9D1\u200D\U0001F4BB gate \U0001F525"_s;
    case 4: return u"line\nbreak\ttab\x1b[31mred"_s;
    case 5: return u"&lt;script&gt;alert(1)&lt;/script&gt;"_s;
    case 6: return u"Z\u0351\u034B\u036Ba\u0300\u0301\u0302l\u0315go"_s;
    default: return u"مرحبا 世界 Привет"_s;
    }
}

MockFleet::MockFleet(Kind kind, int devices, qint64 origin)
    : m_kind(kind)
    , m_origin(origin)
    , m_now(origin)
    , m_people(origin, kind == Kind::Empty, kind == Kind::Hostile)
    , m_commands([this](const QString &id) { return facts(id); },
                 [this](const mock::Device &device, const QString &method, const QJsonObject &params) {
                     return mock::answer(device, method, params, machine(device.seed), m_now);
                 })
{
    if (kind == Kind::Empty)
        return;
    build(devices);
    buildApprovals();
    QStringList ids;
    for (const Member &m : std::as_const(m_members))
        ids << m.id;
    m_commands.invent(ids, kind == Kind::Hostile, origin);
}

void MockFleet::setNow(qint64 now)
{
    m_now = now;
    m_people.setNow(now);
    m_commands.advance(now);
}

mock::Device MockFleet::facts(const QString &id) const
{
    const Member *m = find(id);
    if (!m)
        return {};
    return {.id = m->id,
            .seed = m->seed,
            .online = m->fate != Fate::Offline && m->fate != Fate::Never,
            .never = m->fate == Fate::Never,
            .hostile = m_kind == Kind::Hostile,
            .origin = m_origin,
            .acceptedAt = m->acceptedAt,
            .acceptedBy = m->acceptedBy,
            .offlineFor = m->fate == Fate::Offline ? m->offlineFor : 0};
}

QJsonObject MockFleet::reported(const Member &member) const
{
    const bool bus = member.seed % 5 != 1;
    return {{"muster"_L1, QJsonObject{{"bus"_L1, bus ? "connected"_L1 : "off"_L1}, {"engine"_L1, member.id != "gate-02"_L1}}},
            {"site"_L1, member.seed % 2 == 0 ? "north"_L1 : "pier"_L1}};
}

void MockFleet::build(int devices)
{
    static const QStringList known =
        u"gate-01 gate-02 press-line-a press-line-b greenhouse-04 greenhouse-07 kiosk-lobby kiosk-pier-2 meter-0113 meter-0114 "
        "meter-0120 pump-north pump-south camera-yard bus-4411 bus-4420"_s.split(u' ');
    static const QStringList kinds = u"sensor silo tank tram turbine valve vent weir well winch"_s.split(u' ');
    static const QStringList warnings = u"CPU 82\u00A0°C|Memory 91\u00A0%|Disk 88\u00A0%|Load 6.41|CPU 79\u00A0°C"_s.split(u'|');
    m_members.reserve(devices);
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
        m_members << m;
    }
    if (m_kind == Kind::Hostile) {
        // The door refuses such ids; a screen must stand them all the same.
        for (int i = 0; i < std::min(devices, 16); ++i)
            m_members[i].trouble = m_members[i].fate == Fate::Well ? QString() : nasty(quint64(i));
    }
}

void MockFleet::buildApprovals()
{
    const auto make = [this](int number, const QString &id, quint64 seed, const QString &algorithm, int bits, qint64 age, int attempts,
                             qint64 clock) {
        QJsonObject a{{"id"_L1, QString::number(firstApproval - number)}, // the newest comes first
                      {"device_id"_L1, id},
                      {"kind"_L1, "new"_L1},
                      {"state"_L1, "pending"_L1},
                      {"fingerprint"_L1, fingerprintOf(seed)},
                      {"words"_L1, wordsOf(seed)},
                      {"algorithm"_L1, algorithm},
                      {"bits"_L1, bits},
                      {"address"_L1, u"10.0.%1.%2"_s.arg(number % 8).arg(17 + number % 200)},
                      {"first_seen"_L1, timeToJson(m_origin - age)},
                      {"last_seen"_L1, timeToJson(m_origin - 3 * second)},
                      {"attempts"_L1, attempts},
                      {"connected"_L1, true},
                      {"machine"_L1, machine(seed)},
                      {"agent"_L1, QJsonObject{{"name"_L1, "muster-agent"_L1}, {"version"_L1, "0.1.0"_L1}}},
                      {"clock_ahead_ms"_L1, clock},
                      {"twins"_L1, QJsonArray()},
                      {"replaces"_L1, QJsonValue::Null}};
        m_approvals << a;
    };
    make(31, u"camera-dock-3"_s, 424'242, u"EdDSA"_s, 256, 4 * minute, 6, -41 * minute);
    make(32, u"pump-north"_s, 555'001, u"EdDSA"_s, 256, 11 * minute, 14, 0);
    make(33, u"meter-0131"_s, 777'003, u"RS256"_s, 3072, 26 * minute, 31, 2 * second);
    const Member *known = find(u"pump-north"_s);
    m_approvals[1]["kind"_L1] = "new_key"_L1;
    if (known)
        m_approvals[1]["replaces"_L1] =
            QJsonObject{{"fingerprint"_L1, fingerprintOf(known->keySeed)}, {"words"_L1, wordsOf(known->keySeed)}};
    if (m_kind == Kind::Hostile) {
        for (int i = 0; i < m_approvals.size(); ++i) {
            m_approvals[i]["device_id"_L1] = nasty(quint64(i));
            m_approvals[i]["twins"_L1] = QJsonArray{nasty(1), nasty(0)};
        }
        for (quint64 i = 3; i < 8; ++i) {
            make(31 + int(i), nasty(i), i, nasty(i + 1), 1, day * 400, 1'000'000, -400 * day);
            m_approvals.last()["address"_L1] = "fd00:1234:5678:9abc:def0:1234:5678:9abc"_L1;
        }
    }
}

const MockFleet::Member *MockFleet::find(const QString &id) const
{
    const auto it = std::ranges::find(m_members, id, &Member::id);
    return it == m_members.cend() ? nullptr : &*it;
}

QJsonObject MockFleet::machine(quint64 seed) const
{
    if (m_kind == Kind::Hostile)
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

qint64 MockFleet::evidenceAt(const Member &member) const
{
    if (member.fate == Fate::Never)
        return 0;
    if (member.fate == Fate::Offline)
        return m_origin - member.offlineFor - 20 * second;
    // A sample every ten seconds, each device in its own phase.
    return m_now - (m_now + qint64(member.seed % 10'000)) % (10 * second);
}

double MockFleet::value(const Member &member, int field, qint64 time) const
{
    const qint64 age = m_origin - time;
    // Everybody was away some time: charts must show it.
    if ((age > 34 * minute && age < 37 * minute) || (age > 9 * hour && age < 10 * hour) || (age > 70 * hour && age < 78 * hour)
        || (age > 31 * day && age < 34 * day))
        return std::numeric_limits<double>::quiet_NaN();
    const quint64 seed = member.seed ^ mix(quint64(field) + 100);
    const double slow = curve(seed, time, 7 * hour);
    const double mid = curve(seed + 1, time, 17 * minute);
    const double quick = curve(seed + 2, time, 3 * minute);
    const double jitter = curve(seed + 3, time, 12 * second);
    switch (static_cast<HealthField>(field)) {
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

QJsonObject MockFleet::sampleOf(const Member &member, qint64 time) const
{
    QJsonObject sample{{"time"_L1, time}};
    for (int field = 0; field < healthFieldCount; ++field) {
        const double v = value(member, field, time);
        if (!std::isnan(v))
            sample[healthFieldName(static_cast<HealthField>(field))] = rounded(v);
    }
    return sample;
}

QJsonObject MockFleet::sample(const QString &id, qint64 time) const
{
    const Member *member = find(id);
    return member && member->fate != Fate::Offline && member->fate != Fate::Never ? sampleOf(*member, time) : QJsonObject();
}

QJsonObject MockFleet::row(const Member &m) const
{
    const bool online = m.fate == Fate::Well || m.fate == Fate::Warning || m.fate == Fate::Failing;
    const qint64 evidence = evidenceAt(m);
    QJsonObject presence{{"state"_L1, online                  ? "online"_L1
                                      : m.fate == Fate::Never ? "never"_L1
                                                              : "offline"_L1},
                         {"reason"_L1, online                  ? u"connected"_s
                                       : m.fate == Fate::Never ? u"has not come yet"_s
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
            const double v = value(m, valueOrdinal(HealthField::Cpu), evidence - i * minute);
            trend << (std::isnan(v) ? QJsonValue() : QJsonValue(rounded(v)));
        }
    }
    const QString version = m.seed % 4 == 1 ? u"0.0.9"_s : u"0.1.0"_s;
    return {{"id"_L1, m.id},
            {"name"_L1, m_kind == Kind::Hostile ? nasty(m.seed >> 3) : m.id},
            {"door"_L1, "signed"_L1},
            {"presence"_L1, presence},
            {"condition"_L1, conditionOf(level, m.trouble)},
            {"key"_L1, QJsonObject{{"fingerprint"_L1, fingerprintOf(m.keySeed)},
                                   {"words"_L1, wordsOf(m.keySeed)},
                                   {"algorithm"_L1, "EdDSA"_L1},
                                   {"accepted_at"_L1, timeToJson(m.acceptedAt)},
                                   {"accepted_by"_L1, m.acceptedBy}}},
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
            {"containers"_L1, m.id != "gate-02"_L1}};
}

QJsonObject MockFleet::counts() const
{
    FleetCounts c;
    c.devices = int(m_members.size());
    for (const Member &m : m_members) {
        c.offline += m.fate == Fate::Offline;
        c.never += m.fate == Fate::Never;
        c.warning += m.fate == Fate::Warning;
        c.failing += m.fate == Fate::Failing;
        c.ok += m.fate == Fate::Well;
    }
    c.online = c.devices - c.offline - c.never;
    c.approvals = int(pendingApprovals().size());
    return c.toJson();
}

QList<const MockFleet::Member *> MockFleet::select(const QJsonObject &params) const
{
    const QString text = params["text"_L1].toString();
    const QString state = params["state"_L1].toString();
    const QString level = params["level"_L1].toString();
    QList<const Member *> found;
    for (const Member &m : m_members) {
        const QString mine = m.fate == Fate::Offline ? u"offline"_s : m.fate == Fate::Never ? u"never"_s : u"online"_s;
        const QString health = m.fate == Fate::Failing   ? u"failing"_s
                               : m.fate == Fate::Warning ? u"warning"_s
                               : m.fate == Fate::Well    ? u"ok"_s
                                                         : u"unknown"_s;
        if ((state.isEmpty() || state == mine) && (level.isEmpty() || level == health)
            && (text.isEmpty() || m.id.contains(text, Qt::CaseInsensitive)))
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
        return m->fate == Fate::Offline || m->fate == Fate::Never ? -1 : value(*m, field, evidenceAt(*m));
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

QJsonObject MockFleet::window(const QJsonObject &params) const
{
    const QList<const Member *> found = select(params);
    const qsizetype offset = std::clamp<qsizetype>(params["offset"_L1].toInt(), 0, found.size());
    const qsizetype limit = std::clamp<qsizetype>(params["limit"_L1].toInt(100), 1, 500);
    QJsonArray ids;
    QJsonArray rows;
    for (const Member *m : found.mid(offset, limit)) {
        ids << m->id;
        rows << row(*m);
    }
    return {{"total"_L1, found.size()}, {"counts"_L1, counts()}, {"offset"_L1, offset}, {"ids"_L1, ids}, {"rows"_L1, rows}};
}

QJsonArray MockFleet::changedRows(const QJsonArray &ids, qint64 since) const
{
    QJsonArray rows;
    for (const auto &id : ids) {
        const Member *m = find(id.toString());
        if (m && evidenceAt(*m) > since)
            rows << row(*m);
    }
    return rows;
}

QJsonValue MockFleet::device(const QString &id) const
{
    const Member *m = find(id);
    return m ? QJsonValue(row(*m)) : QJsonValue(QJsonValue::Null);
}

QJsonObject MockFleet::shown(QJsonObject approval) const
{
    const auto waits = [&approval](const QJsonObject &other) {
        return other["state"_L1] == "pending"_L1 && other["address"_L1] == approval["address"_L1];
    };
    approval["network"_L1] = approval["address"_L1];
    approval["pending_from_network"_L1] = std::ranges::count_if(m_approvals, waits);
    return approval;
}

QList<QJsonObject> MockFleet::approvals(const QString &state, const QString &text) const
{
    QList<QJsonObject> found;
    for (const QJsonObject &a : m_approvals) {
        const bool matches = std::ranges::any_of(std::array{"device_id"_L1, "address"_L1, "fingerprint"_L1}, [&](QLatin1StringView member) {
            return a[member].toString().contains(text, Qt::CaseInsensitive);
        });
        if (matches && (a["state"_L1] == state || (state == "all"_L1 && a["state"_L1] != "accepted"_L1)))
            found << shown(a);
    }
    return found;
}

QJsonArray MockFleet::pendingApprovals(const QString &text) const
{
    QJsonArray items;
    for (const QJsonObject &a : approvals(u"pending"_s, text))
        items << a;
    return items;
}

// As a server judges (server/fleet/device.cpp).
static QJsonObject thresholds()
{
    const auto from = [](int warning, int failing) { return QJsonObject{{"warning"_L1, warning}, {"failing"_L1, failing}}; };
    return {{"cpu"_L1, QJsonObject{{"warning"_L1, 950}}},
            {"memory"_L1, from(900, 970)},
            {"disk"_L1, from(850, 950)},
            {"temperature"_L1, from(800, 950)}};
}

Result<QJsonValue> MockFleet::health(const QJsonObject &params) const
{
    const Member *m = find(params["id"_L1].toString());
    if (!m)
        return failure(NotFound, u"There is no device \"%1\""_s.arg(params["id"_L1].toString()));
    const qint64 to = params.contains("to"_L1) ? timeFromJson(params["to"_L1]) : m_now;
    const qint64 from = params.contains("from"_L1) ? timeFromJson(params["from"_L1]) : to - hour;
    const qint64 points = std::clamp(params["points"_L1].toInt(360), 1, 1000);
    if (from >= to)
        return failure(InvalidParams, u"\"from\" must lie before \"to\""_s);
    qint64 step = 10 * second;
    for (const qint64 tier :
         {10 * second, 20 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour}) {
        step = tier;
        if ((to - from) / tier <= points)
            break;
    }
    QJsonArray times;
    std::array<QJsonArray, healthFieldCount> average;
    std::array<QJsonArray, healthFieldCount> most;
    const qint64 last = std::min(to, std::max<qint64>(evidenceAt(*m), 0));
    for (qint64 time = from - from % step + step; time <= last; time += step) {
        times << time;
        for (int field = 0; field < healthFieldCount; ++field) {
            const double v = value(*m, field, time);
            const double spread = (0.03 + 0.12 * unit(m->seed ^ quint64(time) ^ quint64(field)))
                                  * std::min(1.0, double(step) / double(5 * minute) + 0.15);
            const auto f = size_t(field);
            average[f] << (std::isnan(v) ? QJsonValue() : QJsonValue(rounded(v)));
            const bool steady = field == valueOrdinal(HealthField::Disk);
            const bool share = field <= valueOrdinal(HealthField::Disk);
            most[f] << (std::isnan(v) ? QJsonValue()
                                      : QJsonValue(rounded(steady ? v : std::min(v * (1 + 1.6 * spread), share ? 1000.0 : 1e12))));
        }
    }
    QJsonObject series{{"time"_L1, times}};
    for (int field = 0; field < healthFieldCount; ++field) {
        const QString name = healthFieldName(static_cast<HealthField>(field));
        series[name] = average[size_t(field)];
        series[name + "_max"_L1] = most[size_t(field)];
    }
    return QJsonObject{{"from"_L1, from}, {"to"_L1, to}, {"step_ms"_L1, step}, {"series"_L1, series}, {"thresholds"_L1, thresholds()}};
}

Result<QJsonValue> MockFleet::decide(const QJsonObject &params, bool accept)
{
    const QString id = params["id"_L1].toString();
    const auto it = std::ranges::find_if(m_approvals, [&id](const QJsonObject &a) { return a["id"_L1] == id; });
    if (it == m_approvals.end())
        return failure(NotFound, u"There is no approval \"%1\""_s.arg(id));
    if (params.contains("fingerprint"_L1) && params["fingerprint"_L1] != (*it)["fingerprint"_L1])
        return failure(Conflict, u"The device has come back with another key: look again"_s);
    // Who was rejected by mistake may be accepted yet.
    if ((*it)["state"_L1] != "pending"_L1 && !(accept && (*it)["state"_L1] == "rejected"_L1))
        return failure(Conflict, u"Somebody has decided on this key already"_s);
    (*it)["state"_L1] = accept ? "accepted"_L1 : "rejected"_L1;
    (*it)["decided_at"_L1] = timeToJson(m_now);
    (*it)["decided_by"_L1] = "admin"_L1;
    const QString deviceId = (*it)["device_id"_L1].toString();
    const auto known = std::ranges::find(m_members, deviceId, &Member::id);
    if (known != m_members.end()) {
        known->pendingKey = false;
        if (accept)
            known->keySeed = id.toULongLong() * 1001;
    } else if (accept) {
        Member m;
        m.id = deviceId;
        m.seed = m.keySeed = mix(id.toULongLong());
        m.acceptedBy = u"admin"_s;
        m.acceptedAt = m_now;
        m_members << m;
    }
    m_people.note(accept ? u"Approvals.Accept"_s : u"Approvals.Reject"_s, deviceId, u"ok"_s);
    return shown(*it);
}

Result<QJsonValue> MockFleet::rejectFrom(const QJsonObject &params)
{
    QJsonArray waiting;
    for (const auto &approval : pendingApprovals()) {
        if (approval["network"_L1] == params["address"_L1])
            waiting << approval;
    }
    if (waiting.isEmpty())
        return failure(NotFound, u"no key waits from %1"_s.arg(params["address"_L1].toString()));
    if (waiting.size() > params["count"_L1].toInt())
        return failure(Conflict, u"%1 keys wait from %2 now: look again"_s.arg(waiting.size()).arg(params["address"_L1].toString()));
    for (const auto &approval : std::as_const(waiting)) {
        if (const auto done = decide({{"id"_L1, approval["id"_L1]}}, false); !done)
            return done;
    }
    return QJsonObject{{"network"_L1, params["address"_L1]}, {"rejected"_L1, waiting.size()}};
}

Result<void> MockFleet::may(const QString &method) const
{
    const auto facts = std::ranges::find(contract::methods, method, &contract::MethodFacts::name);
    if (facts == contract::methods.end())
        return failure(MethodNotFound, u"there is no method \"%1\""_s.arg(method));
    return m_people.may(facts->permission);
}

Result<void> MockFleet::fits(const QString &method, const QJsonObject &params)
{
    // As the server does: a param that was written wrongly is no param that was left out.
    const auto facts = std::ranges::find(contract::methods, method, &contract::MethodFacts::name);
    const QStringList known = facts == contract::methods.end() ? QStringList() : QString(facts->params).split(u' ');
    for (const QString &name : params.keys()) {
        if (!known.contains(name))
            return failure(InvalidParams, u"params: there is no member \"%1\""_s.arg(name));
    }
    return {};
}

Result<QJsonValue> MockFleet::call(const QString &method, const QJsonObject &params)
{
    if (const auto allowed = may(method); !allowed)
        return std::unexpected(allowed.error());
    if (const auto good = fits(method, params); !good)
        return std::unexpected(good.error());
    if (MockPeople::knows(method))
        return m_people.call(method, params);
    if (method == "Devices.List"_L1) {
        QList<QJsonObject> rows;
        const QList<const Member *> members = select(params);
        for (const Member *m : members)
            rows << row(*m);
        return mock::page(rows, params);
    }
    if (method == "Devices.Get"_L1) {
        QJsonValue found = device(params["id"_L1].toString());
        if (found.isNull())
            return failure(NotFound, u"There is no device \"%1\""_s.arg(params["id"_L1].toString()));
        return found;
    }
    if (method == "Devices.Forget"_L1) {
        const auto gone = m_members.removeIf([&params](const Member &m) { return m.id == params["id"_L1].toString(); });
        if (gone == 0)
            return failure(NotFound, u"There is no such device"_s);
        m_people.note(method, params["id"_L1].toString(), u"ok"_s, params);
        return QJsonObject{{"id"_L1, params["id"_L1]}};
    }
    if (method == "Devices.Health"_L1)
        return health(params);
    if (method == "Devices.Call"_L1)
        return callDevice(params);
    if (method == "Approvals.List"_L1)
        return mock::pageBelow(approvals(params["state"_L1].toString(u"pending"_s), params["text"_L1].toString()), params);
    if (method == "Approvals.RejectFrom"_L1)
        return rejectFrom(params);
    if (method == "Approvals.Accept"_L1)
        return decide(params, true);
    if (method == "Approvals.Reject"_L1)
        return decide(params, false);
    if (method == "Server.Info"_L1)
        return serverInfo();
    if (method == "Server.Backup"_L1)
        return backUp();
    return work(method, params);
}

QJsonObject MockFleet::serverInfo() const
{
    const qint64 mebibyte = 1024LL * 1024;
    return {
        {"name"_L1, "workshop.local"_L1},
        {"version"_L1, QLatin1StringView(MUSTER_VERSION)},
        {"url"_L1, "https://workshop.local:8420"_L1},
        {"started_at"_L1, timeToJson(m_origin - day)},
        {"key"_L1,
         QJsonObject{
             {"algorithm"_L1, "EdDSA"_L1},
             {"fingerprint"_L1, fingerprintOf(1)},
             {"words"_L1, wordsOf(1)},
             {"pem"_L1,
              "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"_L1}}},
        {"storage"_L1, QJsonObject{{"files"_L1, QJsonArray{QJsonObject{{"name"_L1, "muster.db"_L1}, {"bytes"_L1, 84 * mebibyte}},
                                                           QJsonObject{{"name"_L1, "telemetry.db"_L1}, {"bytes"_L1, 371 * mebibyte}}}},
                                   {"free"_L1, 41'900 * mebibyte},
                                   {"size"_L1, 60'000 * mebibyte}}},
        {"retention"_L1, QJsonObject{{"health_days"_L1, 90},
                                     {"history_days"_L1, 90},
                                     {"commands_days"_L1, 90},
                                     {"audit_days"_L1, 400},
                                     {"audit_entries"_L1, 200'000},
                                     {"pending_days"_L1, 7}}},
        {"counts"_L1, counts()},
        {"fleet_back"_L1, QJsonObject{{"expected"_L1, m_members.size()}, {"returned"_L1, m_members.size()}, {"seconds"_L1, 41}}}};
}

QJsonObject MockFleet::backUp()
{
    m_people.note(u"Server.Backup"_s, {}, u"ok"_s);
    const auto file = [](QLatin1StringView name, qint64 bytes) {
        return QJsonObject{
            {"name"_L1, name}, {"bytes"_L1, bytes}, {"sha256"_L1, QString::number(mix(quint64(bytes)), 16).rightJustified(64, u'0')}};
    };
    return {{"folder"_L1, "/var/lib/muster/backups/2026-03-14T09-41-02-000Z"_L1},
            {"made_at"_L1, timeToJson(m_now)},
            {"files"_L1,
             QJsonArray{file("muster.db"_L1, 88'080'384), file("telemetry.db"_L1, 389'021'696), file("keys/cloud_private.pem"_L1, 119)}},
            {"devices"_L1, m_members.size()},
            {"accounts"_L1, 3}};
}

Result<QJsonValue> MockFleet::callDevice(const QJsonObject &params)
{
    const mock::Device device = facts(params["id"_L1].toString());
    if (device.id.isEmpty())
        return failure(NotFound, u"There is no device \"%1\""_s.arg(params["id"_L1].toString()));
    if (!device.online)
        return failure(DeviceOffline, u"The device is not connected"_s);
    const QString method = params["method"_L1].toString();
    const QJsonObject asked = params["params"_L1].toObject();
    const Result<QJsonValue> answer = mock::answer(device, method, asked, machine(device.seed), m_now);
    m_commands.noteCall(device.id, method, asked, answer, m_now);
    return answer;
}

Result<QJsonValue> MockFleet::methodsOf(const mock::Device &device) const
{
    QJsonObject document = mock::openRpc(device);
    if (device.online)
        return document;
    if (device.never)
        return failure(DeviceOffline, u"The device is not connected"_s);
    document["x-as-of"_L1] = timeToJson(device.origin - device.offlineFor);
    return document;
}

Result<QJsonValue> MockFleet::work(const QString &method, const QJsonObject &params)
{
    if (method == "Commands.List"_L1)
        return m_commands.list(params);
    if (method == "Commands.Get"_L1)
        return m_commands.get(params["command"_L1].toString());
    if (method == "Commands.Cancel"_L1)
        return m_commands.cancel(params["command"_L1].toString(), m_now);
    if (method == "Commands.Receipt"_L1)
        return m_commands.receipt(params["command"_L1].toString());
    if (method == "Commands.Create"_L1) {
        if (!params.contains("selection"_L1))
            return m_commands.create({params["device"_L1].toString()}, params, false, m_now);
        const Result<QStringList> devices = m_commands.selected(params);
        if (!devices)
            return std::unexpected(devices.error());
        return m_commands.create(*devices, params, true, m_now);
    }
    const QString bulk = params["bulk"_L1].toString();
    if (method == "Bulks.Get"_L1)
        return m_commands.bulk(bulk);
    if (method == "Bulks.Cancel"_L1)
        return m_commands.cancelBulk(bulk, m_now);
    if (method == "Bulks.Again"_L1)
        return m_commands.again(bulk, params["count"_L1].toInt(), m_now);
    if (method == "Selections.Create"_L1) {
        QStringList ids;
        if (params.contains("devices"_L1)) {
            for (const auto &id : params["devices"_L1].toArray())
                ids << id.toString();
        } else {
            const QList<const Member *> found = select(params);
            for (const Member *m : found)
                ids << m->id;
        }
        return m_commands.select(ids, m_now);
    }
    const QString id = params["id"_L1].toString();
    const mock::Device device = facts(id);
    if (device.id.isEmpty())
        return failure(NotFound, u"There is no device \"%1\""_s.arg(id));
    if (method == "Devices.History"_L1)
        return m_commands.history(device, params, m_people.may(contract::permission::commandsRead).has_value());
    if (method == "Methods.List"_L1)
        return methodsOf(device);
    if (method == "Containers.List"_L1)
        return m_containers.list(device, m_now);
    if (method == "Containers.Stats"_L1)
        return m_containers.stats(device, m_now);
    const QString container = params["container"_L1].toString();
    if (method == "Containers.Inspect"_L1)
        return m_containers.inspect(device, container, m_now);
    if (method == "Containers.Logs"_L1)
        return m_containers.logs(device, params, m_now);
    if (method == "Containers.Start"_L1 || method == "Containers.Stop"_L1 || method == "Containers.Restart"_L1)
        return m_containers.act(device, method.section(u'.', 1), container, m_now);
    return failure(MethodNotFound, u"There is no method \"%1\""_s.arg(method));
}

} // namespace muster
