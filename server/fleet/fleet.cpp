// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/fleet.h"

#include "protocol/rpc/naturalorder.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/methods.h"
#include "server/fleet/reported.h"
#include "server/network.h"
#include "server/steadytime.h"
#include "server/timetext.h"

#include <QJsonArray>
#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::fleet {

using store::KeyRecord;
using store::KeyState;

namespace {

Q_LOGGING_CATEGORY(logFleet, "muster.fleet")

/// Lists move at most this often: a person sees no more, and 10,000 devices cost no more than one.
constexpr auto changesEvery = 250ms;
/// What is last known of a device survives a crash to within this.
constexpr auto savesEvery = 60s;
constexpr auto rollUpsEvery = 60s;
/// A live stream is asked for in stretches, so that a device whose server vanished goes quiet by itself.
constexpr int streamStretch = 60;
constexpr int streamEvery = 2000;
constexpr auto streamsRenewed = 45s;
constexpr int mostDevices = 1'000'000;
/// A key that nobody decided on and that does not come any more.
constexpr std::chrono::milliseconds pendingStandard = 7 * 24h;
/// A rejected key is known again for so long after it was seen last.
constexpr std::chrono::milliseconds rejectedLength = 90 * 24h;
/// New keys a minute from one network: each is a write, and a person who looks.
constexpr int newKeysPerMinute = 300;
/// Percent of the fleet that was there: some devices are switched off meanwhile.
constexpr int nearlyAll = 99;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

void noteSaved(const Result<int> &saved)
{
    if (!saved)
        qCWarning(logFleet).noquote() << "what was last seen could not be saved:" << saved.error().message;
}

QString shownAddress(const QString &address)
{
    return address.isEmpty() ? u"an unknown address"_s : address;
}

} // namespace

QJsonObject Counts::toJson() const
{
    return {{"devices"_L1, devices}, {"online"_L1, online},   {"offline"_L1, offline}, {"never"_L1, never},
            {"ok"_L1, ok},           {"warning"_L1, warning}, {"failing"_L1, failing}, {"approvals"_L1, approvals}};
}

QJsonObject Homecoming::toJson() const
{
    QJsonObject object{{"expected"_L1, expected}, {"returned"_L1, returned}};
    if (took)
        object.insert("seconds"_L1, static_cast<qint64>(took->count()));
    return object;
}

Fleet::Fleet(store::KeyStore &keys, store::TelemetryStore &telemetry)
    : m_keys(keys)
    , m_aging(now)
    , m_telemetry(telemetry)
    , m_history(telemetry)
    , m_pendingLength(pendingStandard)
    , m_changes(this)
    , m_saves(this)
    , m_streams(this)
    , m_rollUps(this)
{
    m_history.setParent(this); // moves along
    m_changes.setSingleShot(true);
    m_changes.setInterval(changesEvery);
    connect(&m_changes, &QTimer::timeout, this, &Fleet::changed);
    m_saves.setInterval(savesEvery);
    connect(&m_saves, &QTimer::timeout, this, [this] {
        save();
        expireKeys();
    });
    m_streams.setInterval(streamsRenewed);
    connect(&m_streams, &QTimer::timeout, this, [this] {
        for (auto it = m_watched.cbegin(); it != m_watched.cend(); ++it) {
            if (Device *device = find(it.key()))
                startStream(*device);
        }
    });
    m_rollUps.setInterval(rollUpsEvery);
    connect(&m_rollUps, &QTimer::timeout, this, &Fleet::rollUp);
}

Fleet::~Fleet() = default;

Result<void> Fleet::load()
{
    auto keys = m_keys.load();
    auto seen = m_telemetry.loadSeen(mostDevices);
    auto reported = m_telemetry.loadReported(mostDevices);
    const Result<QList<KeyRecord>> records = keys.result();
    if (!records)
        return std::unexpected(records.error());
    const Result<QList<store::Seen>> remembered = seen.result();
    if (!remembered)
        return std::unexpected(remembered.error());
    const Result<QHash<QString, QJsonObject>> states = reported.result();
    if (!states)
        return std::unexpected(states.error());
    m_approvals.load(*records);
    QStringList accepted;
    for (const KeyRecord &record : *records) {
        if (record.state != KeyState::Accepted)
            continue;
        makeDevice(record).admitted = true;
        accepted.append(record.deviceId);
    }
    // Of all of them: telemetry.db may have been moved away.
    if (const auto admitted = m_telemetry.admit(accepted).result(); !admitted)
        return std::unexpected(admitted.error());
    for (const store::Seen &last : *remembered) {
        Device *device = find(last.deviceId);
        if (!device)
            continue;
        const bool wasOnline = last.state == "online"_L1;
        if (wasOnline)
            m_away.insert(last.deviceId);
        device->presence = {.state = PresenceState::Offline,
                            .reason = wasOnline ? u"not heard since the server started"_s : last.reason,
                            .since = wasOnline ? now() : last.since,
                            .evidenceAt = last.evidenceAt,
                            .generation = 0};
        device->bootId = last.bootId;
        device->address = last.address;
        device->machine = last.machine;
        device->agent = last.agent;
        device->clockAhead = last.clockAhead;
    }
    for (auto state = states->cbegin(); state != states->cend(); ++state) {
        if (Device *device = find(state.key()))
            device->reported = *state;
    }
    m_homecoming.expected = m_away.size();
    m_startedSteady = steadyNow();
    // Timers belong to the thread that this object moves to; they start there.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_saves.start();
            m_streams.start();
            m_rollUps.start();
            m_history.start();
        },
        Qt::QueuedConnection);
    return {};
}

QStringList Fleet::addresses() const
{
    QStringList addresses;
    for (const auto &[id, device] : m_devices)
        addresses.append(device->address);
    return addresses;
}

Device *Fleet::find(const QString &id) const
{
    const auto found = m_devices.find(id);
    return found == m_devices.end() ? nullptr : found->second.get();
}

Device &Fleet::makeDevice(const KeyRecord &record)
{
    auto &slot = m_devices[record.deviceId];
    if (!slot) {
        slot = std::make_unique<Device>();
        slot->id = record.deviceId;
        slot->presence.since = record.decidedAt.value_or(record.firstSeen);
    }
    slot->key = record;
    if (const auto key = PublicKey::fromSpki(record.spki))
        slot->publicKey = *key;
    slot->machine = record.machine;
    slot->agent = record.agent;
    slot->address = record.address;
    slot->clockAhead = record.clockAhead;
    touch(*slot);
    return *slot;
}

void Fleet::admit(const QString &id)
{
    m_telemetry.admit({id}).then(this, [this, id](const Result<int> &admitted) {
        Device *device = find(id);
        if (device && admitted)
            device->admitted = true;
        if (!admitted) // tried again with its next connection
            qCWarning(logFleet).noquote() << "nothing can be kept of" << id << "now:" << admitted.error().message;
    });
}

void Fleet::touch(Device &device)
{
    device.version = ++m_version;
    device.unsaved = true;
    note();
}

void Fleet::note()
{
    if (!m_changes.isActive())
        m_changes.start();
}

void Fleet::noteHistory(const Device &device, QLatin1StringView kind, const QString &name, const QString &text, const QString &by)
{
    m_history.note({.deviceId = device.id, .time = now(), .kind = kind, .name = name, .text = text, .source = {}, .by = by});
}

Error Fleet::unknownDevice(const QString &id) const
{
    return {.code = NotFound, .message = u"there is no device \"%1\""_s.arg(cleanText(id, limits::deviceIdLength))};
}

// --- connections ---------------------------------------------------------------------------------------------------

void Fleet::introduce(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction)
{
    connect(link.get(), &DeviceLink::closed, this, [this, raw = link.get()](const QString &reason) { linkClosed(raw, reason); });
    // A link that closed before the connection above was made is never heard of again.
    if (link->isClosed())
        return;
    KeyRecord *record = m_approvals.find(introduction.deviceId, introduction.key.id());
    if (!record)
        return presentNewKey(link, introduction);
    m_approvals.seen(*record, now(), introduction.address);
    record->machine = introduction.machine;
    record->agent = introduction.agent;
    record->clockAhead = introduction.clockAhead.count();
    m_approvals.markUntold(record->id);
    if (record->state == KeyState::Accepted)
        return accept(link, introduction, *record);
    ++record->attempts;
    wait(link, introduction, *record, record->state == KeyState::Pending ? Standing::Pending : Standing::Rejected);
}

void Fleet::accept(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction, KeyRecord &record)
{
    Device &device = makeDevice(record);
    device.door = introduction.door;
    device.bootId = introduction.bootId;
    device.bootedAt = introduction.bootedAt;
    if (!device.admitted && !m_forgetting.contains(device.id))
        admit(device.id);
    attach(device, link);
    welcome(device, u"the key was accepted by %1"_s.arg(record.decidedBy));
}

void Fleet::welcome(Device &device, const QString &reason)
{
    device.link->tellStanding(Standing::Accepted, reason);
    // Only now: the link refuses calls to a device that was not told.
    if (m_watched.contains(device.id))
        startStream(device);
    emit cameOnline(device.id);
}

void Fleet::attach(Device &device, const std::shared_ptr<DeviceLink> &link)
{
    if (device.link && device.link != link) {
        const std::shared_ptr<DeviceLink> old = device.link;
        m_linkOwners.remove(old.get());
        old->close(Farewell::Refused, u"replaced by a newer connection of the same device"_s);
    }
    device.link = link;
    m_linkOwners.insert(link.get(), device.id);
    device.presence.state = PresenceState::Online;
    device.presence.reason = u"connected"_s;
    device.presence.since = now();
    ++device.presence.generation;
    noteReturn(device.id);
    qCInfo(logFleet).noquote() << device.id << "is online, from" << shownAddress(device.address);
    noteHistory(device, store::historykind::presence, u"online"_s, u"connected from %1"_s.arg(shownAddress(device.address)));
    touch(device);
}

void Fleet::noteReturn(const QString &id)
{
    if (!m_away.remove(id))
        return;
    ++m_homecoming.returned;
    if (m_homecoming.took || m_homecoming.returned * 100 < m_homecoming.expected * nearlyAll)
        return;
    m_homecoming.took = std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds(steadyNow() - m_startedSteady));
    qCInfo(logFleet).noquote() << "the fleet is back:" << m_homecoming.returned << "of" << m_homecoming.expected << "devices in"
                               << m_homecoming.took->count() << "s";
}

void Fleet::detach(Device &device, const QString &reason)
{
    if (!device.link)
        return;
    device.presence.evidenceAt = device.link->evidenceAt();
    m_linkOwners.remove(device.link.get());
    device.link.reset();
    device.presence.state = PresenceState::Offline;
    device.presence.reason = reason;
    device.presence.since = now();
    qCInfo(logFleet).noquote() << device.id << "is offline:" << reason;
    noteHistory(device, store::historykind::presence, u"offline"_s, reason);
    touch(device);
}

void Fleet::wait(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction, KeyRecord &record, Standing standing)
{
    if (link->isClosed())
        return note();
    if (standing == Standing::Rejected) {
        link->tellStanding(standing, u"the key was rejected by %1"_s.arg(record.decidedBy));
        return note();
    }
    if (const auto old = m_approvals.waiting(record.id)) {
        m_waitingLinks.remove(old.get());
        old->close(Farewell::Refused, u"replaced by a newer connection of the same device"_s);
    }
    m_approvals.setWaiting(record.id, link);
    m_waitingLinks.insert(link.get(),
                          {.key = record.id, .door = introduction.door, .bootId = introduction.bootId, .bootedAt = introduction.bootedAt});
    qCInfo(logFleet).noquote() << introduction.deviceId << "waits for approval, from" << shownAddress(introduction.address) << "with"
                               << introduction.key.fingerprint();
    link->tellStanding(standing, u"a person has to accept this key"_s);
    note();
}

void Fleet::presentNewKey(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction)
{
    const QString network = networkOf(introduction.address);
    if (presentsTooMuch(network) || m_presenting >= Approvals::mostPendingPerNetwork)
        return link->close(Farewell::Later, u"too many new keys come from this address: try again later"_s);
    dropKeys(m_approvals.crowdedOut(network), u"too many keys wait for approval: this one made room for a newer one"_s);
    KeyRecord record{.deviceId = introduction.deviceId,
                     .spki = introduction.key.spki(),
                     .keyId = introduction.key.id(),
                     .algorithm = algorithmName(introduction.key.algorithm()),
                     .bits = introduction.key.bits(),
                     .firstSeen = now(),
                     .lastSeen = now(),
                     .address = introduction.address,
                     .machine = introduction.machine,
                     .agent = introduction.agent,
                     .clockAhead = introduction.clockAhead.count(),
                     .decidedAt = {},
                     .decidedBy = {}};
    ++m_presenting;
    m_keys.present(record).then(this, [this, link, introduction, record](const Result<qint64> &id) mutable {
        --m_presenting;
        // The same device may have come twice before the first was written.
        if (KeyRecord *known = m_approvals.find(introduction.deviceId, introduction.key.id()))
            return wait(link, introduction, *known, known->state == KeyState::Rejected ? Standing::Rejected : Standing::Pending);
        if (!id) {
            qCWarning(logFleet).noquote() << "the key of" << introduction.deviceId << "could not be kept:" << id.error().message;
            return link->close(Farewell::Later, u"the server cannot keep a new key now"_s);
        }
        record.id = *id;
        m_approvals.add(record);
        if (Device *device = find(record.deviceId))
            touch(*device);
        wait(link, introduction, *m_approvals.find(record.id), Standing::Pending);
    });
}

bool Fleet::presentsTooMuch(const QString &network)
{
    return !speaksForMany(network) && ++m_presented[network] > newKeysPerMinute;
}

void Fleet::dropKeys(const QList<qint64> &ids, const QString &reason)
{
    if (ids.isEmpty())
        return;
    for (const qint64 id : ids) {
        const auto link = m_approvals.waiting(id);
        const QString device = m_approvals.find(id)->deviceId;
        m_approvals.stopWaiting(id);
        m_approvals.remove(id);
        if (Device *known = find(device))
            touch(*known);
        if (!link)
            continue;
        m_waitingLinks.remove(link.get());
        link->close(Farewell::Later, reason);
    }
    note();
    m_keys.remove(ids).then(this, [](const Result<int> &removed) {
        if (!removed)
            qCWarning(logFleet).noquote() << "keys that wait no more could not be removed:" << removed.error().message;
    });
}

void Fleet::setAging(const std::function<qint64()> &clock)
{
    m_aging = clock;
    m_history.setAging(clock);
}

void Fleet::expireKeys()
{
    m_presented.clear();
    dropKeys(m_approvals.expired(m_aging() - m_pendingLength.count(), m_aging() - rejectedLength.count()),
             u"the key has waited too long"_s);
}

void Fleet::linkClosed(DeviceLink *link, const QString &reason)
{
    if (const auto waiting = m_waitingLinks.constFind(link); waiting != m_waitingLinks.cend()) {
        m_approvals.stopWaiting(waiting->key);
        m_waitingLinks.erase(waiting);
        return note();
    }
    if (const auto owner = m_linkOwners.constFind(link); owner != m_linkOwners.cend()) {
        if (Device *device = find(*owner))
            detach(*device, reason);
    }
}

// --- health --------------------------------------------------------------------------------------------------------

void Fleet::noteSamples(const QString &deviceId, const QList<HealthSample> &samples, bool live)
{
    Device *device = find(deviceId);
    if (!device || samples.isEmpty())
        return;
    for (const HealthSample &sample : samples) {
        if (!live)
            device->trend.add(sample);
        if (device->latest && sample.time < device->latest->time)
            continue;
        device->latest = sample;
        device->condition = conditionOf(sample);
    }
    touch(*device);
    if (live)
        emit healthSample(deviceId, toJson(samples.last()));
}

void Fleet::rollUp()
{
    m_telemetry.rollUp(m_aging()).then(this, [this](const Result<bool> &more) {
        if (!more)
            qCWarning(logFleet).noquote() << "health could not be rolled up:" << more.error().message;
        else if (*more)
            rollUp();
    });
}

void Fleet::startStream(Device &device)
{
    if (!device.link)
        return;
    device.link->call(methods::healthStream, {{"every_ms"_L1, streamEvery}, {"for_s"_L1, streamStretch}}, limits::callTimeout)
        .then(this, [id = device.id](const Result<QJsonValue> &started) {
            if (!started)
                qCInfo(logFleet).noquote() << id << "sends no live health:" << started.error().message;
        });
}

void Fleet::watchHealth(const QString &id)
{
    if (++m_watched[id] == 1) {
        if (Device *device = find(id))
            startStream(*device);
    }
}

void Fleet::unwatchHealth(const QString &id)
{
    const auto found = m_watched.find(id);
    if (found == m_watched.end() || --*found > 0)
        return;
    m_watched.erase(found);
    Device *device = find(id);
    if (device && device->link)
        device->link->call(methods::healthStream, {{"every_ms"_L1, streamEvery}, {"for_s"_L1, 0}}, limits::callTimeout)
            .then(this, [](const Result<QJsonValue> &) {});
}

// --- what devices report -----------------------------------------------------------------------------------------

QFuture<Result<QJsonValue>> Fleet::reportState(const QString &deviceId, const QJsonObject &patch)
{
    using Answer = Result<QJsonValue>;
    Device *device = find(deviceId);
    if (!device)
        return ready<Answer>(std::unexpected(unknownDevice(deviceId)));
    const QJsonObject merged = mergePatch(device->reported, patch);
    if (const qsizetype bytes = jsonBytes(merged); bytes > limits::stateBytes)
        return ready<Answer>(
            failure(TooLarge, u"the reported state would have %1 bytes: %2 are allowed in all"_s.arg(bytes).arg(limits::stateBytes)));
    if (merged != device->reported) {
        device->reported = merged;
        touch(*device);
    }
    return m_telemetry.saveReported(deviceId, merged).then(this, [](const Result<int> &saved) -> Answer {
        return saved ? Answer(QJsonObject{}) : Answer(std::unexpected(saved.error()));
    });
}

// --- lists ---------------------------------------------------------------------------------------------------------

Result<QJsonObject> Fleet::device(const QString &id) const
{
    const Device *device = find(id);
    if (!device)
        return std::unexpected(unknownDevice(id));
    return rowOf(*device, m_approvals.hasPending(id), now(), true);
}

Result<std::optional<QJsonObject>> Fleet::deviceSince(const QString &id, quint64 &version) const
{
    const Device *device = find(id);
    if (!device)
        return std::unexpected(unknownDevice(id));
    if (std::exchange(version, device->version) == device->version)
        return std::nullopt;
    return rowOf(*device, m_approvals.hasPending(id), now(), true);
}

bool Fleet::isOnline(const QString &id) const
{
    const Device *device = find(id);
    return device && device->link;
}

QStringList Fleet::matching(const ListQuery &query) const
{
    QStringList ids;
    for (const Device *device : sorted(query))
        ids.append(device->id);
    return ids;
}

std::vector<const Device *> Fleet::sorted(const ListQuery &query) const
{
    std::vector<const Device *> chosen;
    chosen.reserve(m_devices.size());
    for (const auto &[id, device] : m_devices) {
        if (matches(*device, query))
            chosen.push_back(device.get());
    }
    std::ranges::sort(chosen, [&query](const Device *a, const Device *b) { return before(*a, *b, query); });
    return chosen;
}

void Fleet::fill(Window &window, std::span<const Device *const> devices, const QHash<QString, quint64> &known) const
{
    window.counts = counts();
    const qint64 time = now();
    for (const Device *device : devices) {
        window.ids.append(device->id);
        window.versions.insert(device->id, device->version);
        if (known.value(device->id) != device->version)
            window.rows.append(rowOf(*device, m_approvals.hasPending(device->id), time, false));
    }
}

Window Fleet::window(const ListQuery &query, qsizetype offset, qsizetype limit, const QHash<QString, quint64> &known) const
{
    const auto devices = sorted(query);
    const auto total = static_cast<qsizetype>(devices.size());
    Window window{.total = total, .offset = std::clamp<qsizetype>(offset, 0, total), .counts = {}, .ids = {}, .rows = {}, .versions = {}};
    const auto count = std::clamp<qsizetype>(limit, 0, std::min(mostRows, total - window.offset));
    fill(window, std::span(devices).subspan(static_cast<size_t>(window.offset), static_cast<size_t>(count)), known);
    return window;
}

Window Fleet::page(const ListQuery &query, const QString &after, qsizetype limit) const
{
    const auto devices = sorted(query);
    auto start = devices.begin();
    if (const Device *last = find(after))
        start = std::ranges::upper_bound(devices, last, [&query](const Device *a, const Device *b) { return before(*a, *b, query); });
    else if (!after.isEmpty() && query.sort == SortBy::Name && !query.descending) // it was forgotten meanwhile; its name still has a place
        start = std::ranges::find_if(devices, [&after](const Device *device) { return naturalCompare(device->id, after) > 0; });
    Window window{.total = static_cast<qsizetype>(devices.size()),
                  .offset = start - devices.begin(),
                  .counts = {},
                  .ids = {},
                  .rows = {},
                  .versions = {}};
    const auto count = std::min({limit, mostRows, window.total - window.offset});
    fill(window, std::span(devices).subspan(static_cast<size_t>(window.offset), static_cast<size_t>(count)), {});
    return window;
}

Counts Fleet::counts() const
{
    Counts counts{.devices = static_cast<int>(m_devices.size())};
    for (const auto &[id, device] : m_devices) {
        switch (device->presence.state) {
        case PresenceState::Never: ++counts.never; break;
        case PresenceState::Offline: ++counts.offline; break;
        case PresenceState::Online:
            ++counts.online;
            counts.ok += device->condition.level == Level::Ok;
            counts.warning += device->condition.level == Level::Warning;
            counts.failing += device->condition.level == Level::Failing;
        }
    }
    counts.approvals = static_cast<int>(m_approvals.pendingCount());
    return counts;
}

QJsonObject Fleet::approvals(const Approvals::Query &query, qsizetype limit) const
{
    const auto records = m_approvals.list(query);
    const auto behind =
        std::ranges::find_if(records, [&query](const KeyRecord *record) { return query.after == 0 || record->id < query.after; });
    const auto page = std::span(behind, records.end())
                          .first(std::min<size_t>(static_cast<size_t>(records.end() - behind),
                                                  static_cast<size_t>(std::clamp<qsizetype>(limit, 1, mostRows))));
    QJsonArray items;
    for (const KeyRecord *record : page)
        items.append(m_approvals.toJson(*record));
    QJsonObject answer{{"total"_L1, records.size()}, {"items"_L1, items}};
    if (!page.empty() && behind + static_cast<qsizetype>(page.size()) != records.end())
        answer.insert("next"_L1, QString::number(page.back()->id));
    return answer;
}

// --- decisions -----------------------------------------------------------------------------------------------------

QFuture<Result<QJsonObject>> Fleet::decide(qint64 approval, KeyState state, const QString &fingerprint, const Decider &by)
{
    using Answer = Result<QJsonObject>;
    const KeyRecord *record = m_approvals.find(approval);
    if (!record)
        return ready<Answer>(failure(NotFound, u"there is no approval %1: it may have been replaced by a newer key"_s.arg(approval)));
    const QJsonObject shown = m_approvals.toJson(*record);
    if (!fingerprint.isEmpty() && shown.value("fingerprint"_L1) != fingerprint)
        return ready<Answer>(failure(Conflict, u"approval %1 is for another key than the one compared: look again"_s.arg(approval)));
    if (record->state == state)
        return ready<Answer>(shown);
    if (record->state == KeyState::Accepted)
        return ready<Answer>(failure(Conflict, u"the key was accepted already: forget the device to take it back"_s));
    if (m_forgetting.contains(record->deviceId))
        return ready<Answer>(failure(Conflict, u"%1 is being forgotten at this moment: try again"_s.arg(record->deviceId)));
    if (m_deciding.contains(approval))
        return ready<Answer>(failure(Conflict, u"somebody decides on approval %1 at this moment"_s.arg(approval)));
    m_deciding.insert(approval);
    const qint64 time = now();
    const store::AuditEntry entry{.time = time,
                                  .actor = by.name,
                                  .session = by.session,
                                  .address = by.address,
                                  .method = state == KeyState::Accepted ? u"Approvals.Accept"_s : u"Approvals.Reject"_s,
                                  .target = record->deviceId,
                                  .outcome = u"ok"_s,
                                  .detail = {{"approval"_L1, QString::number(approval)},
                                             {"fingerprint"_L1, shown.value("fingerprint"_L1)},
                                             {"kind"_L1, shown.value("kind"_L1)},
                                             {"replaces"_L1, shown.value("replaces"_L1)}}};
    return m_keys.decide(approval, state, entry).then(this, [this, approval, state, time, by](const Result<int> &written) -> Answer {
        m_deciding.remove(approval);
        if (!written)
            return std::unexpected(written.error());
        decided(approval, state, time, by.name);
        const KeyRecord *after = m_approvals.find(approval);
        return after ? Answer(m_approvals.toJson(*after)) : Answer(failure(NotFound, u"the approval is gone"_s));
    });
}

void Fleet::decided(qint64 approval, KeyState state, qint64 at, const QString &by)
{
    const KeyRecord *deciding = m_approvals.find(approval);
    const Device *known = deciding ? find(deciding->deviceId) : nullptr;
    const QString replaced = known ? known->publicKey.fingerprint() : QString();
    m_approvals.decided(approval, state, at, by);
    KeyRecord *record = m_approvals.find(approval);
    if (!record)
        return;
    const auto key = PublicKey::fromSpki(record->spki);
    const QString fingerprint = key ? key->fingerprint() : QString();
    const std::shared_ptr<DeviceLink> link = m_approvals.waiting(approval);
    m_approvals.stopWaiting(approval);
    const WaitingLink waited = m_waitingLinks.take(link.get());
    qCInfo(logFleet).noquote() << record->deviceId << "was" << store::keyStateName(state) << "by" << by;
    note();
    if (state != KeyState::Accepted) {
        if (Device *device = find(record->deviceId)) {
            noteHistory(*device, store::historykind::key, u"rejected"_s, fingerprint, by);
            touch(*device);
        }
        if (link)
            link->tellStanding(Standing::Rejected, u"the key was rejected by %1"_s.arg(by));
        return;
    }
    Device &device = makeDevice(*record);
    if (!device.admitted)
        admit(device.id);
    if (!replaced.isEmpty() && replaced != fingerprint)
        noteHistory(device, store::historykind::key, u"replaced"_s, replaced, by);
    noteHistory(device, store::historykind::key, u"accepted"_s, fingerprint, by);
    if (device.link && device.link != link) {
        const auto old = device.link;
        detach(device, u"its key was replaced"_s);
        old->tellStanding(Standing::Rejected, u"the key was replaced by a newer one"_s);
    }
    if (link) {
        device.door = waited.door;
        device.bootId = waited.bootId;
        device.bootedAt = waited.bootedAt;
        attach(device, link);
        welcome(device, u"the key was accepted by %1"_s.arg(by));
    }
}

QFuture<Result<QJsonObject>> Fleet::rejectFrom(const QString &address, qsizetype count, const Decider &by)
{
    using Answer = Result<QJsonObject>;
    const auto read = networkFromText(address);
    if (!read)
        return ready<Answer>(std::unexpected(read.error()));
    const QString &network = *read;
    QList<qint64> ids;
    const auto waiting = m_approvals.list({.states = {KeyState::Pending}, .text = {}, .network = network, .after = 0});
    for (const KeyRecord *record : waiting) {
        if (!m_deciding.contains(record->id))
            ids.append(record->id);
    }
    if (ids.isEmpty())
        return ready<Answer>(failure(NotFound, u"no key waits from %1"_s.arg(network)));
    if (ids.size() > count)
        return ready<Answer>(failure(Conflict, u"%1 keys wait from %2 now, not %3: look again"_s.arg(ids.size()).arg(network).arg(count)));
    for (const qint64 id : std::as_const(ids))
        m_deciding.insert(id);
    const qint64 time = now();
    const store::AuditEntry entry{.time = time,
                                  .actor = by.name,
                                  .session = by.session,
                                  .address = by.address,
                                  .method = u"Approvals.RejectFrom"_s,
                                  .target = network,
                                  .outcome = u"ok"_s,
                                  .detail = {{"network"_L1, network}, {"rejected"_L1, ids.size()}}};
    return m_keys.reject(ids, entry).then(this, [this, ids, time, by, network](const Result<int> &written) -> Answer {
        for (const qint64 id : ids)
            m_deciding.remove(id);
        if (!written)
            return std::unexpected(written.error());
        for (const qint64 id : ids)
            decided(id, KeyState::Rejected, time, by.name);
        return QJsonObject{{"network"_L1, network}, {"rejected"_L1, ids.size()}};
    });
}

QFuture<Result<QJsonObject>> Fleet::forget(const QString &id, const Decider &by)
{
    using Answer = Result<QJsonObject>;
    const Device *device = find(id);
    if (!device)
        return ready<Answer>(std::unexpected(unknownDevice(id)));
    const bool isDeciding = std::ranges::any_of(std::as_const(m_deciding), [&](qint64 approval) {
        const KeyRecord *record = m_approvals.find(approval);
        return record && record->deviceId == id;
    });
    if (isDeciding || m_forgetting.contains(id))
        return ready<Answer>(failure(Conflict, u"somebody decides about %1 at this moment: look again"_s.arg(id)));
    const store::AuditEntry entry{.time = now(),
                                  .actor = by.name,
                                  .session = by.session,
                                  .address = by.address,
                                  .method = u"Devices.Forget"_s,
                                  .target = id,
                                  .outcome = u"ok"_s,
                                  .detail = {{"fingerprint"_L1, device->publicKey.fingerprint()}}};
    m_forgetting.insert(id);
    // What was kept of it goes first: nobody is told "forgotten" while it is still there.
    return m_telemetry.forget(id)
        .then(this,
              [this, id, entry](const Result<int> &gone) {
                  if (Device *known = find(id); known && gone)
                      known->admitted = false;
                  return gone ? m_keys.forget(id, entry) : ready<Result<int>>(std::unexpected(gone.error()));
              })
        .unwrap()
        .then(this, [this, id, by](const Result<int> &written) -> Answer {
            m_forgetting.remove(id);
            if (written)
                return forgotNow(id, by);
            if (Device *known = find(id); known && !known->admitted)
                admit(id);
            return std::unexpected(written.error());
        });
}

QJsonObject Fleet::forgotNow(const QString &id, const Decider &by)
{
    const auto found = m_devices.find(id);
    const qint64 key = found->second->key.id;
    if (const auto link = found->second->link) {
        m_linkOwners.remove(link.get());
        const QString reason = u"the device was forgotten by %1"_s.arg(by.name);
        link->tellStanding(Standing::Pending, reason);
        link->close(Farewell::Refused, reason);
    }
    m_devices.erase(found);
    m_approvals.decided(key, KeyState::Forgotten, now(), by.name);
    note();
    emit forgotten(id, by.name);
    m_history.drop(id);
    return {{"id"_L1, id}};
}

QFuture<Result<QJsonValue>> Fleet::call(const QString &id, const QString &method, const QJsonObject &params,
                                        std::chrono::milliseconds timeout)
{
    using Answer = Result<QJsonValue>;
    const Device *device = find(id);
    if (!device)
        return ready<Answer>(std::unexpected(unknownDevice(id)));
    if (!device->link)
        return ready<Answer>(failure(DeviceOffline, u"%1 is not connected: %2"_s.arg(id, device->presence.reason)));
    return device->link->call(method, params, timeout);
}

QFuture<Result<QJsonValue>> Fleet::openStream(const QString &id, const QString &method, const QJsonObject &params, qint64 credit,
                                              std::chrono::milliseconds timeout, const std::shared_ptr<DeviceStream> &stream)
{
    const Device *device = find(id);
    if (device && device->link)
        return device->link->openStream(method, params, credit, timeout, stream);
    const Error error = device ? Error{.code = DeviceOffline, .message = u"%1 is not connected: %2"_s.arg(id, device->presence.reason)}
                               : unknownDevice(id);
    stream->end(error);
    return ready<Result<QJsonValue>>(std::unexpected(error));
}

// --- what outlives the process -----------------------------------------------------------------------------------

QList<QFuture<Result<int>>> Fleet::writeUnsaved()
{
    QList<QFuture<Result<int>>> writes;
    QList<store::Seen> seen;
    for (const auto &[id, device] : m_devices) {
        const qint64 evidence = device->evidenceAt();
        if (!device->unsaved && evidence == device->presence.evidenceAt)
            continue;
        device->unsaved = false;
        device->presence.evidenceAt = evidence;
        if (device->presence.state == PresenceState::Never)
            continue;
        seen.append({.deviceId = id,
                     .evidenceAt = evidence,
                     .state = presenceName(device->presence.state),
                     .reason = device->presence.reason,
                     .since = device->presence.since,
                     .bootId = device->bootId,
                     .address = device->address,
                     .machine = device->machine,
                     .agent = device->agent,
                     .clockAhead = device->clockAhead});
    }
    if (!seen.isEmpty())
        writes.append(m_telemetry.saveSeen(seen));
    QList<KeyRecord> told;
    for (const qint64 id : m_approvals.takeUntold()) {
        if (const KeyRecord *record = m_approvals.find(id))
            told.append(*record);
    }
    if (!told.isEmpty())
        writes.append(m_keys.touch(told));
    return writes;
}

void Fleet::save()
{
    const QList<QFuture<Result<int>>> writes = writeUnsaved();
    for (QFuture<Result<int>> write : writes)
        write.then(this, noteSaved);
}

void Fleet::shutDown()
{
    // Whoever is told may tell us at once that the link has closed: keys() is a copy.
    const QList<DeviceLink *> waiting = m_waitingLinks.keys();
    for (DeviceLink *link : waiting)
        link->close(Farewell::Stopping, u"the server stops"_s);
    for (const auto &[id, device] : m_devices) {
        if (const auto link = device->link) {
            detach(*device, u"the server was stopped"_s);
            link->close(Farewell::Stopping, u"the server stops"_s);
        }
    }
    const QList<QFuture<Result<int>>> writes = writeUnsaved() << m_history.flush();
    for (const QFuture<Result<int>> &write : writes)
        noteSaved(write.result());
    m_history.stop();
    m_changes.stop();
    m_saves.stop();
    m_streams.stop();
    m_rollUps.stop();
}

} // namespace muster::fleet
