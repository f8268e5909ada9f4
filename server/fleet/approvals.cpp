// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/approvals.h"

#include "server/network.h"
#include "server/timetext.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

using store::KeyRecord;
using store::KeyState;

void Approvals::load(const QList<KeyRecord> &records)
{
    for (const KeyRecord &record : records)
        add(record);
}

KeyRecord *Approvals::find(qint64 id)
{
    const auto found = m_records.find(id);
    return found == m_records.end() ? nullptr : &*found;
}

KeyRecord *Approvals::find(const QString &deviceId, const QByteArray &keyId)
{
    for (auto [it, end] = m_byDevice.equal_range(deviceId); it != end; ++it) {
        if (KeyRecord *record = find(*it); record->keyId == keyId)
            return record;
    }
    return nullptr;
}

const KeyRecord *Approvals::accepted(const QString &deviceId) const
{
    for (auto [it, end] = m_byDevice.equal_range(deviceId); it != end; ++it) {
        if (const auto record = m_records.constFind(*it); record->state == KeyState::Accepted)
            return &*record;
    }
    return nullptr;
}

bool Approvals::hasPending(const QString &deviceId) const
{
    if (m_pending.isEmpty())
        return false;
    const auto [begin, end] = m_byDevice.equal_range(deviceId);
    return std::any_of(begin, end, [this](qint64 id) { return m_pending.contains(id); });
}

QStringList Approvals::twins(const KeyRecord &record) const
{
    QStringList ids;
    for (auto [it, end] = m_byKey.equal_range(record.keyId); it != end; ++it) {
        const KeyRecord &other = *m_records.find(*it);
        if (other.deviceId != record.deviceId && other.state != KeyState::Rejected)
            ids.append(other.deviceId);
    }
    ids.sort();
    return ids;
}

QList<const KeyRecord *> Approvals::list(const Query &query) const
{
    QList<const KeyRecord *> chosen;
    const auto consider = [&](const KeyRecord &record) {
        if (!query.states.contains(record.state))
            return;
        if (!query.network.isEmpty() && networkOf(record.address) != query.network)
            return;
        if (!query.text.isEmpty() && !record.deviceId.contains(query.text, Qt::CaseInsensitive)
            && !record.address.contains(query.text, Qt::CaseInsensitive)) {
            const auto key = PublicKey::fromSpki(record.spki);
            if (!key || !key->fingerprint().contains(query.text))
                return;
        }
        chosen.append(&record);
    };
    if (query.states == QSet{KeyState::Pending}) {
        for (const qint64 id : m_pending)
            consider(*m_records.constFind(id));
    } else {
        for (const KeyRecord &record : m_records)
            consider(record);
    }
    std::ranges::sort(chosen, std::greater(), &KeyRecord::id);
    return chosen;
}

QList<qint64> Approvals::byUselessness(const QSet<qint64> &ids) const
{
    QList<qint64> sorted(ids.cbegin(), ids.cend());
    std::ranges::sort(sorted, {}, [this](qint64 id) { return std::tuple(m_waiting.contains(id), m_records.constFind(id)->lastSeen, id); });
    return sorted;
}

QList<qint64> Approvals::crowdedOut(const QString &network) const
{
    QString crowded = network;
    if (pendingOf(network) < mostPendingPerNetwork || speaksForMany(network)) {
        if (m_pending.size() < mostPending)
            return {};
        const auto most = std::ranges::max_element(m_pendingByNetwork, {}, &QSet<qint64>::size);
        crowded = most.key();
    }
    const QList<qint64> useless = byUselessness(m_pendingByNetwork.value(crowded));
    return useless.first(1);
}

QList<qint64> Approvals::expired(qint64 pendingBefore, qint64 rejectedBefore) const
{
    QList<qint64> ids;
    QSet<qint64> rejected;
    for (const KeyRecord &record : m_records) {
        if (record.state == KeyState::Pending && record.lastSeen < pendingBefore && !m_waiting.contains(record.id))
            ids.append(record.id);
        else if (record.state == KeyState::Rejected && record.lastSeen < rejectedBefore)
            ids.append(record.id);
        else if (record.state == KeyState::Rejected)
            rejected.insert(record.id);
    }
    if (const qsizetype over = rejected.size() - mostRejected; over > 0) {
        const QList<qint64> useless = byUselessness(rejected);
        ids += useless.first(over);
    }
    return ids;
}

void Approvals::noteNetwork(const KeyRecord &record, bool isPending)
{
    const QString network = networkOf(record.address);
    if (isPending) {
        m_pendingByNetwork[network].insert(record.id);
    } else if (const auto found = m_pendingByNetwork.find(network); found != m_pendingByNetwork.end()) {
        found->remove(record.id);
        if (found->isEmpty())
            m_pendingByNetwork.erase(found);
    }
}

void Approvals::seen(KeyRecord &record, qint64 at, const QString &address)
{
    const bool isPending = record.state == KeyState::Pending;
    if (isPending)
        noteNetwork(record, false);
    record.lastSeen = at;
    record.address = address;
    if (isPending)
        noteNetwork(record, true);
}

void Approvals::add(const KeyRecord &record)
{
    m_records.insert(record.id, record);
    m_byDevice.insert(record.deviceId, record.id);
    m_byKey.insert(record.keyId, record.id);
    if (record.state == KeyState::Pending) {
        m_pending.insert(record.id);
        noteNetwork(record, true);
    }
}

void Approvals::remove(qint64 id)
{
    const KeyRecord record = m_records.take(id);
    noteNetwork(record, false);
    m_byDevice.remove(record.deviceId, id);
    m_byKey.remove(record.keyId, id);
    m_pending.remove(id);
    m_untold.remove(id);
}

void Approvals::decided(qint64 id, KeyState state, qint64 at, const QString &by)
{
    KeyRecord *record = find(id);
    if (!record)
        return;
    if (state == KeyState::Accepted) {
        if (const KeyRecord *before = accepted(record->deviceId); before && before->id != id) {
            remove(before->id);
            record = find(id);
        }
    }
    if (state == KeyState::Replaced || state == KeyState::Forgotten)
        return remove(id);
    noteNetwork(*record, false);
    record->state = state;
    record->decidedAt = at;
    record->decidedBy = by;
    m_pending.remove(id);
}

void Approvals::setWaiting(qint64 id, const std::shared_ptr<DeviceLink> &link)
{
    m_waiting.insert(id, link);
}

QJsonObject Approvals::toJson(const KeyRecord &record) const
{
    const auto key = PublicKey::fromSpki(record.spki);
    const KeyRecord *before = accepted(record.deviceId);
    const bool newKey = before && before->id != record.id;
    QJsonValue replaces = QJsonValue::Null;
    if (newKey) {
        if (const auto old = PublicKey::fromSpki(before->spki))
            replaces = QJsonObject{{"fingerprint"_L1, old->fingerprint()}, {"words"_L1, QJsonArray::fromStringList(old->words())}};
    }
    QJsonObject object{
        {"id"_L1, QString::number(record.id)},
        {"device_id"_L1, record.deviceId},
        {"kind"_L1, newKey ? u"new_key"_s : u"new"_s},
        {"state"_L1, store::keyStateName(record.state)},
        {"fingerprint"_L1, key ? key->fingerprint() : QString()},
        {"words"_L1, QJsonArray::fromStringList(key ? key->words() : QStringList())},
        {"algorithm"_L1, record.algorithm},
        {"bits"_L1, record.bits},
        {"address"_L1, record.address},
        {"network"_L1, networkOf(record.address)},
        {"pending_from_network"_L1, pendingOf(networkOf(record.address))},
        {"first_seen"_L1, timestampText(record.firstSeen)},
        {"last_seen"_L1, timestampText(record.lastSeen)},
        {"attempts"_L1, record.attempts},
        {"connected"_L1, m_waiting.contains(record.id)},
        {"machine"_L1, record.machine},
        {"agent"_L1, record.agent},
        {"clock_ahead_ms"_L1, record.clockAhead},
        {"twins"_L1, QJsonArray::fromStringList(twins(record))},
        {"replaces"_L1, replaces},
    };
    if (record.decidedAt) {
        object.insert("decided_at"_L1, timestampText(*record.decidedAt));
        object.insert("decided_by"_L1, record.decidedBy);
    }
    return object;
}

} // namespace muster::fleet
