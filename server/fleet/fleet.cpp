// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/fleet.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/methods.h"
#include "server/secrets.h"

#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::fleet {

using store::KeyRecord;
using store::KeyState;

namespace {

Q_LOGGING_CATEGORY(logFleet, "muster.fleet")

/// What is last known of a device survives a crash to within this.
constexpr auto savesEvery = 60s;
constexpr int mostDevices = 1'000'000;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

void noteSaved(const Result<int> &saved)
{
    if (!saved)
        qCWarning(logFleet).noquote() << "what was last seen could not be saved:" << saved.error().message;
}

} // namespace

Fleet::Fleet(store::KeyStore &keys, store::DeviceStore &devices, store::TelemetryStore &telemetry, store::ShadowStore &shadows,
             Counters &counters)
    : m_keys(keys)
    , m_telemetry(telemetry)
    , m_aging(now)
    , m_history(telemetry)
    , m_events(telemetry, counters, this)
    , m_registry(telemetry, m_approvals, this)
    , m_presence(m_registry, m_history, m_events, this)
    , m_health(telemetry, m_registry, this)
    , m_enrolment(keys, telemetry, m_approvals, m_registry, m_history, m_events, this)
    , m_records(devices, m_registry, m_enrolment, m_history, m_events, this)
    , m_shadows(shadows, telemetry, m_registry, m_history, m_events, this)
    , m_saves(this)
{
    m_history.setParent(this); // moves along
    connect(&m_enrolment, &Enrolment::accepted, this, &Fleet::keyAccepted);
    connect(&m_enrolment, &Enrolment::forgetting, this, &Fleet::letGo);
    connect(&m_records, &Records::tokenEnded, this, &Fleet::tokenEnded);
    m_saves.setInterval(savesEvery);
    connect(&m_saves, &QTimer::timeout, this, [this] {
        save();
        m_enrolment.expire(m_aging());
    });
}

Fleet::~Fleet() = default;

Result<void> Fleet::load()
{
    auto keys = m_keys.load();
    auto seen = m_telemetry.loadSeen(mostDevices);
    const Result<QList<KeyRecord>> records = keys.result();
    if (!records)
        return std::unexpected(records.error());
    const Result<QList<store::Seen>> remembered = seen.result();
    if (!remembered)
        return std::unexpected(remembered.error());
    m_approvals.load(*records);
    for (const KeyRecord &record : *records) {
        if (record.state == KeyState::Accepted)
            m_registry.make(record);
    }
    if (auto loaded = m_records.load(); !loaded)
        return loaded;
    QStringList known;
    for (const auto &[id, device] : m_registry.devices()) {
        device->admitted = true;
        known.append(id);
    }
    // Of all of them: telemetry.db may have been moved away.
    if (const auto admitted = m_telemetry.admit(known).result(); !admitted)
        return std::unexpected(admitted.error());
    for (const store::Seen &last : *remembered) {
        if (Device *device = m_registry.find(last.deviceId))
            m_presence.remember(*device, last);
    }
    if (auto loaded = m_shadows.load(); !loaded)
        return loaded;
    m_presence.begin();
    // Timers belong to the thread that this object moves to; they start there.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_saves.start();
            m_health.start();
            m_history.start();
            m_events.start();
        },
        Qt::QueuedConnection);
    return {};
}

void Fleet::setAging(const std::function<qint64()> &clock)
{
    m_aging = clock;
    m_history.setAging(clock);
    m_events.setAging(clock);
    m_health.setAging(clock);
}

// --- connections ---------------------------------------------------------------------------------------------------

void Fleet::introduce(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction)
{
    connect(link.get(), &DeviceLink::closed, this, [this, raw = link.get()](const QString &reason) { linkClosed(raw, reason); });
    // A link that closed before the connection above was made is never heard of again.
    if (link->isClosed())
        return;
    if (!introduction.tokenHash.isEmpty())
        return introduceByToken(link, introduction);
    KeyRecord *record = m_approvals.find(introduction.deviceId, introduction.key.id());
    if (!record)
        return m_enrolment.present(link, introduction);
    m_approvals.seen(*record, now(), introduction.address);
    record->machine = introduction.machine;
    record->agent = introduction.agent;
    record->clockAhead = introduction.clockAhead.count();
    m_approvals.markUntold(record->id);
    if (record->state == KeyState::Accepted)
        return accept(link, introduction, m_registry.make(*record), u"the key was accepted by %1"_s.arg(record->decidedBy));
    ++record->attempts;
    m_enrolment.wait(link, introduction, *record, record->state == KeyState::Pending ? Standing::Pending : Standing::Rejected);
}

void Fleet::introduceByToken(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction)
{
    Device *device = m_registry.find(introduction.deviceId);
    // It was good when the door looked.
    if (!device || device->credential.tokenHash != introduction.tokenHash || m_enrolment.isForgetting(introduction.deviceId))
        return link->tellStanding(Standing::Rejected, u"this token was taken back"_s);
    device->address = introduction.address;
    if (device->link && !device->link->isClosed())
        m_presence.noteTwin(*device, introduction.address);
    accept(link, introduction, *device, u"the token was given by %1"_s.arg(device->credential.by));
}

void Fleet::accept(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction, Device &device, const QString &reason)
{
    device.door = introduction.door;
    device.bootId = introduction.bootId;
    device.bootedAt = introduction.bootedAt;
    if (!device.admitted && !m_enrolment.isForgetting(device.id))
        m_registry.admit(device.id);
    m_presence.attach(device, link);
    welcome(device, reason);
}

void Fleet::describe(const QString &deviceId, const QJsonObject &machine, const QJsonObject &agent, qint64 bootedAt)
{
    Device *device = m_registry.find(deviceId);
    if (!device)
        return;
    if (!machine.isEmpty())
        device->machine = machine;
    if (!agent.isEmpty())
        device->agent = agent;
    if (bootedAt > 0)
        device->bootedAt = bootedAt;
    m_registry.touch(*device);
}

bool Fleet::can(const QString &id, Ability ability) const
{
    const Device *device = m_registry.find(id);
    return device && device->link && device->link->abilities().testFlag(ability);
}

void Fleet::tokenEnded(const QString &id, const QString &reason)
{
    Device &device = *m_registry.find(id);
    if (!device.link)
        return;
    const auto old = device.link;
    m_presence.detach(device, reason);
    old->tellStanding(Standing::Rejected, reason);
}

void Fleet::keyAccepted(const AcceptedKey &key)
{
    Device &device = *m_registry.find(key.record.deviceId);
    if (device.link && device.link != key.link) {
        const auto old = device.link;
        m_presence.detach(device, u"its key was replaced"_s);
        old->tellStanding(Standing::Rejected, u"the key was replaced by a newer one"_s);
    }
    if (!key.link)
        return;
    device.door = key.door;
    device.bootId = key.bootId;
    device.bootedAt = key.bootedAt;
    m_presence.attach(device, key.link);
    welcome(device, u"the key was accepted by %1"_s.arg(key.by));
}

void Fleet::letGo(const QString &id, const QString &by)
{
    const auto link = m_registry.find(id)->link;
    if (!link)
        return;
    m_presence.disown(link.get());
    const QString reason = u"the device was forgotten by %1"_s.arg(by);
    link->tellStanding(Standing::Pending, reason);
    link->close(Farewell::Refused, reason);
}

void Fleet::welcome(Device &device, const QString &reason)
{
    device.link->tellStanding(Standing::Accepted, reason);
    // Only now: the link refuses calls to a device that was not told.
    m_health.resume(device);
    m_shadows.resume(device);
    emit cameOnline(device.id);
}

void Fleet::linkClosed(DeviceLink *link, const QString &reason)
{
    if (!m_enrolment.linkClosed(link))
        m_presence.linkClosed(link, reason);
}

QFuture<Result<QJsonValue>> Fleet::call(const QString &id, const QString &method, const QJsonObject &params,
                                        std::chrono::milliseconds timeout)
{
    using Answer = Result<QJsonValue>;
    const Device *device = m_registry.find(id);
    if (!device)
        return ready<Answer>(std::unexpected(Registry::unknown(id)));
    if (!device->link)
        return ready<Answer>(failure(DeviceOffline, u"%1 is not connected: %2"_s.arg(id, device->presence.reason)));
    noteCall(id, method, params);
    return device->link->call(method, params, timeout);
}

void Fleet::noteCall(const QString &id, const QString &method, const QJsonObject &params)
{
    // A command is how it comes to the device; what is called stands in it.
    const bool isCommand = method == methods::commandRun;
    const QString called = isCommand ? params.value("method"_L1).toString() : method;
    m_events.note({.deviceId = id,
                   .kind = EventKind::Called,
                   .method = cleanText(called, limits::deviceIdLength),
                   .data = withoutSecrets(isCommand ? params.value("params"_L1).toObject() : params, Hidden::Texts)});
}

QFuture<Result<QJsonValue>> Fleet::openStream(const QString &id, const QString &method, const QJsonObject &params, qint64 credit,
                                              std::chrono::milliseconds timeout, const std::shared_ptr<DeviceStream> &stream)
{
    const Device *device = m_registry.find(id);
    if (device && device->link && device->link->abilities().testFlag(Ability::Streams))
        return device->link->openStream(method, params, credit, timeout, stream);
    const Error error =
        device && device->link
            ? Error{.code = MethodNotFound, .message = u"%1 sends no streams: its protocol (%2) has none"_s.arg(id, device->door)}
        : device ? Error{.code = DeviceOffline, .message = u"%1 is not connected: %2"_s.arg(id, device->presence.reason)}
                 : Registry::unknown(id);
    stream->end(error);
    return ready<Result<QJsonValue>>(std::unexpected(error));
}

// --- what outlives the process -----------------------------------------------------------------------------------

QList<QFuture<Result<int>>> Fleet::writeUnsaved()
{
    QList<QFuture<Result<int>>> writes;
    QList<store::Seen> seen;
    for (const auto &[id, device] : m_registry.devices()) {
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
    m_enrolment.shutDown();
    for (const auto &[id, device] : m_registry.devices()) {
        if (const auto link = device->link) {
            m_presence.detach(*device, u"the server was stopped"_s);
            link->close(Farewell::Stopping, u"the server stops"_s);
        }
    }
    const QList<QFuture<Result<int>>> writes = writeUnsaved() << m_history.flush();
    for (const QFuture<Result<int>> &write : writes)
        noteSaved(write.result());
    if (const auto kept = m_events.flush().result(); !kept)
        qCWarning(logFleet).noquote() << "the last notifications could not be kept:" << kept.error().message;
    m_events.stop();
    m_history.stop();
    m_registry.stop();
    m_saves.stop();
    m_health.stop();
}

} // namespace muster::fleet
