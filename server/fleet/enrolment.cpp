// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/enrolment.h"

#include "server/async.h"
#include "server/fleet/presenceboard.h"
#include "server/network.h"

#include <QJsonArray>
#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::fleet {

using store::KeyRecord;
using store::KeyState;

namespace {

Q_LOGGING_CATEGORY(logEnrolment, "muster.fleet")

/// A key that nobody decided on and that does not come any more.
constexpr std::chrono::milliseconds pendingStandard = 7 * 24h;
/// A rejected key is known again for so long after it was seen last.
constexpr std::chrono::milliseconds rejectedLength = 90 * 24h;
/// New keys a minute from one network: each is a write, and a person who looks.
constexpr int newKeysPerMinute = 300;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString fingerprintOf(const KeyRecord &record)
{
    const auto key = PublicKey::fromSpki(record.spki);
    return key ? key->fingerprint() : QString();
}

} // namespace

Enrolment::Enrolment(store::KeyStore &keys, store::TelemetryStore &telemetry, Approvals &approvals, Registry &registry, History &history,
                     EventStream &events, QObject *parent)
    : QObject(parent)
    , m_keys(keys)
    , m_telemetry(telemetry)
    , m_approvals(approvals)
    , m_registry(registry)
    , m_history(history)
    , m_events(events)
    , m_pendingLength(pendingStandard)
{
}

void Enrolment::note(const QString &deviceId, const QString &name, const QString &text, const QString &by)
{
    m_history.note(
        {.deviceId = deviceId, .time = now(), .kind = store::historykind::key, .name = name, .text = text, .source = {}, .by = by});
}

// --- keys that wait ------------------------------------------------------------------------------------------------

void Enrolment::wait(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction, const KeyRecord &record, Standing standing)
{
    if (link->isClosed())
        return m_registry.note();
    if (standing == Standing::Rejected) {
        link->tellStanding(standing, u"the key was rejected by %1"_s.arg(record.decidedBy));
        return m_registry.note();
    }
    if (const auto old = m_approvals.waiting(record.id)) {
        m_waiting.remove(old.get());
        old->close(Farewell::Refused, u"replaced by a newer connection of the same device"_s);
    }
    m_approvals.setWaiting(record.id, link);
    m_waiting.insert(link.get(),
                     {.key = record.id, .door = introduction.door, .bootId = introduction.bootId, .bootedAt = introduction.bootedAt});
    qCInfo(logEnrolment).noquote() << introduction.deviceId << "waits for approval, from" << shownAddress(introduction.address) << "with"
                                   << introduction.key.fingerprint();
    link->tellStanding(standing, u"a person has to accept this key"_s);
    m_registry.note();
}

void Enrolment::present(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction)
{
    if (const Device *device = m_registry.find(introduction.deviceId); device && device->credential.kind != CredentialKind::Signed)
        return link->tellStanding(Standing::Rejected, u"this device is trusted by a %1 and by no key: forget it first"_s.arg(
                                                          store::credentialName(device->credential.kind)));
    const QString network = networkOf(introduction.address);
    if (presentsTooMuch(network) || m_presenting >= Approvals::mostPendingPerNetwork)
        return link->close(Farewell::Later, u"too many new keys come from this address: try again later"_s);
    drop(m_approvals.crowdedOut(network), u"too many keys wait for approval: this one made room for a newer one"_s);
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
            qCWarning(logEnrolment).noquote() << "the key of" << introduction.deviceId << "could not be kept:" << id.error().message;
            return link->close(Farewell::Later, u"the server cannot keep a new key now"_s);
        }
        record.id = *id;
        m_approvals.add(record);
        if (Device *device = m_registry.find(record.deviceId))
            m_registry.touch(*device);
        wait(link, introduction, *m_approvals.find(record.id), Standing::Pending);
    });
}

bool Enrolment::presentsTooMuch(const QString &network)
{
    return !speaksForMany(network) && ++m_presented[network] > newKeysPerMinute;
}

void Enrolment::drop(const QList<qint64> &ids, const QString &reason)
{
    if (ids.isEmpty())
        return;
    for (const qint64 id : ids) {
        const auto link = m_approvals.waiting(id);
        const QString device = m_approvals.find(id)->deviceId;
        m_approvals.stopWaiting(id);
        m_approvals.remove(id);
        if (Device *known = m_registry.find(device))
            m_registry.touch(*known);
        if (!link)
            continue;
        m_waiting.remove(link.get());
        link->close(Farewell::Later, reason);
    }
    m_registry.note();
    m_keys.remove(ids).then(this, [](const Result<int> &removed) {
        if (!removed)
            qCWarning(logEnrolment).noquote() << "keys that wait no more could not be removed:" << removed.error().message;
    });
}

void Enrolment::expire(qint64 time)
{
    m_presented.clear();
    drop(m_approvals.expired(time - m_pendingLength.count(), time - rejectedLength.count()), u"the key has waited too long"_s);
}

bool Enrolment::linkClosed(DeviceLink *link)
{
    const auto waiting = m_waiting.constFind(link);
    if (waiting == m_waiting.cend())
        return false;
    m_approvals.stopWaiting(waiting->key);
    m_waiting.erase(waiting);
    m_registry.note();
    return true;
}

QJsonObject Enrolment::list(const Approvals::Query &query, qsizetype limit) const
{
    const auto records = m_approvals.list(query);
    const auto behind =
        std::ranges::find_if(records, [&query](const KeyRecord *record) { return query.after == 0 || record->id < query.after; });
    const auto page = std::span(behind, records.end())
                          .first(std::min<size_t>(static_cast<size_t>(records.end() - behind),
                                                  static_cast<size_t>(std::clamp<qsizetype>(limit, 1, Registry::mostRows))));
    QJsonArray items;
    for (const KeyRecord *record : page)
        items.append(m_approvals.toJson(*record));
    QJsonObject answer{{"total"_L1, records.size()}, {"items"_L1, items}};
    if (!page.empty() && behind + static_cast<qsizetype>(page.size()) != records.end())
        answer.insert("next"_L1, QString::number(page.back()->id));
    return answer;
}

// --- decisions -----------------------------------------------------------------------------------------------------

QFuture<Result<QJsonObject>> Enrolment::decide(qint64 approval, KeyState state, const QString &fingerprint, const Decider &by)
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
    const store::AuditEntry entry = auditOf(by, state == KeyState::Accepted ? u"Approvals.Accept"_s : u"Approvals.Reject"_s,
                                            record->deviceId,
                                            {{"approval"_L1, QString::number(approval)},
                                             {"fingerprint"_L1, shown.value("fingerprint"_L1)},
                                             {"kind"_L1, shown.value("kind"_L1)},
                                             {"replaces"_L1, shown.value("replaces"_L1)}},
                                            time);
    return m_keys.decide(approval, state, entry).then(this, [this, approval, state, time, by](const Result<int> &written) -> Answer {
        m_deciding.remove(approval);
        if (!written)
            return std::unexpected(written.error());
        decided(approval, state, time, by.name);
        const KeyRecord *after = m_approvals.find(approval);
        return after ? Answer(m_approvals.toJson(*after)) : Answer(failure(NotFound, u"the approval is gone"_s));
    });
}

void Enrolment::decided(qint64 approval, KeyState state, qint64 at, const QString &by)
{
    const KeyRecord *deciding = m_approvals.find(approval);
    const Device *known = deciding ? m_registry.find(deciding->deviceId) : nullptr;
    const QString replaced = known ? known->credential.key.fingerprint() : QString();
    m_approvals.decided(approval, state, at, by);
    const KeyRecord *record = m_approvals.find(approval);
    if (!record)
        return;
    qCInfo(logEnrolment).noquote() << record->deviceId << "was" << store::keyStateName(state) << "by" << by;
    m_registry.note();
    if (state != KeyState::Accepted)
        return rejected(*record, by);
    const std::shared_ptr<DeviceLink> link = m_approvals.waiting(approval);
    m_approvals.stopWaiting(approval);
    const WaitingLink waited = m_waiting.take(link.get());
    const Device &device = m_registry.make(*record);
    if (!device.admitted)
        m_registry.admit(device.id);
    const QString fingerprint = fingerprintOf(*record);
    if (!replaced.isEmpty() && replaced != fingerprint)
        note(device.id, u"replaced"_s, replaced, by);
    note(device.id, u"accepted"_s, fingerprint, by);
    if (replaced != fingerprint)
        m_events.note({.deviceId = device.id,
                       .kind = replaced.isEmpty() ? EventKind::Created : EventKind::Updated,
                       .data = QJsonObject{{"fingerprint"_L1, fingerprint}, {"by"_L1, by}}});
    emit accepted({.record = *record, .by = by, .link = link, .door = waited.door, .bootId = waited.bootId, .bootedAt = waited.bootedAt});
}

void Enrolment::rejected(const KeyRecord &record, const QString &by)
{
    const std::shared_ptr<DeviceLink> link = m_approvals.waiting(record.id);
    m_approvals.stopWaiting(record.id);
    m_waiting.remove(link.get());
    if (Device *device = m_registry.find(record.deviceId)) {
        note(device->id, u"rejected"_s, fingerprintOf(record), by);
        m_registry.touch(*device);
    }
    if (link)
        link->tellStanding(Standing::Rejected, u"the key was rejected by %1"_s.arg(by));
}

QFuture<Result<QJsonObject>> Enrolment::rejectFrom(const QString &address, qsizetype count, const Decider &by)
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
    const store::AuditEntry entry =
        auditOf(by, u"Approvals.RejectFrom"_s, network, {{"network"_L1, network}, {"rejected"_L1, ids.size()}}, time);
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

QFuture<Result<QJsonObject>> Enrolment::forget(const QString &id, const Decider &by)
{
    using Answer = Result<QJsonObject>;
    const Device *device = m_registry.find(id);
    if (!device)
        return ready<Answer>(std::unexpected(Registry::unknown(id)));
    const bool isDeciding = std::ranges::any_of(std::as_const(m_deciding), [&](qint64 approval) {
        const KeyRecord *record = m_approvals.find(approval);
        return record && record->deviceId == id;
    });
    if (isDeciding || m_forgetting.contains(id))
        return ready<Answer>(failure(Conflict, u"somebody decides about %1 at this moment: look again"_s.arg(id)));
    const store::AuditEntry entry =
        auditOf(by, u"Devices.Forget"_s, id,
                {{"trust"_L1, store::credentialName(device->credential.kind)}, {"fingerprint"_L1, device->credential.key.fingerprint()}});
    m_forgetting.insert(id);
    // What was kept of it goes first: nobody is told "forgotten" while it is still there.
    return m_telemetry.forget(id)
        .then(this,
              [this, id, entry](const Result<int> &gone) {
                  if (Device *known = m_registry.find(id); known && gone)
                      known->admitted = false;
                  return gone ? m_keys.forget(id, entry) : ready<Result<int>>(std::unexpected(gone.error()));
              })
        .unwrap()
        .then(this, [this, id, by](const Result<int> &written) -> Answer {
            m_forgetting.remove(id);
            if (written)
                return forgotNow(id, by);
            if (Device *known = m_registry.find(id); known && !known->admitted)
                m_registry.admit(id);
            return std::unexpected(written.error());
        });
}

QJsonObject Enrolment::forgotNow(const QString &id, const Decider &by)
{
    const qint64 key = m_registry.find(id)->credential.approval;
    emit forgetting(id, by.name);
    m_registry.remove(id);
    m_approvals.decided(key, KeyState::Forgotten, now(), by.name);
    emit forgotten(id, by.name);
    m_history.drop(id);
    m_events.note({.deviceId = id, .kind = EventKind::Deleted, .data = QJsonObject{{"by"_L1, by.name}}});
    return {{"id"_L1, id}};
}

void Enrolment::shutDown()
{
    // Whoever is told may tell us at once that the link has closed: keys() is a copy.
    const QList<DeviceLink *> waiting = m_waiting.keys();
    for (DeviceLink *link : waiting)
        link->close(Farewell::Stopping, u"the server stops"_s);
}

} // namespace muster::fleet
