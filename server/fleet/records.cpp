// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/records.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "server/async.h"
#include "server/fleet/randomid.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

namespace {

/// 96 bits each: nobody guesses that, and it can be typed.
constexpr qsizetype idBytes = 12;
constexpr qsizetype tokenBytes = 12;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

Error noDoor()
{
    return {.code = Unavailable, .message = u"this server takes no devices by token (setting token_devices)"_s};
}

/// @return the name as it is kept
Result<QString> checkName(const QString &name)
{
    QString trimmed = name.trimmed();
    if (trimmed.size() > limits::textLength)
        return failure(InvalidParams, u"a name has %1 characters at most"_s.arg(limits::textLength));
    if (cleanText(trimmed, limits::textLength) != trimmed)
        return failure(InvalidParams, u"a name has no control characters, and none that turn the direction of what follows"_s);
    return trimmed;
}

} // namespace

Records::Records(store::DeviceStore &store, Registry &registry, Enrolment &enrolment, History &history, EventStream &events,
                 QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_registry(registry)
    , m_enrolment(enrolment)
    , m_history(history)
    , m_events(events)
{
    connect(&m_enrolment, &Enrolment::forgetting, this, [this](const QString &id) { m_tokens.set(id, {}); });
}

Result<void> Records::load()
{
    const auto records = m_store.load().result();
    if (!records)
        return std::unexpected(records.error());
    for (const store::DeviceRecord &record : *records) {
        if (record.credential != CredentialKind::Signed) {
            m_registry.make(record);
            m_tokens.set(record.id, record.tokenHash);
        } else if (Device *device = m_registry.find(record.id)) {
            device->name = record.name;
        }
    }
    return {};
}

void Records::note(const QString &deviceId, const QString &name, const QString &by)
{
    m_history.note(
        {.deviceId = deviceId, .time = now(), .kind = store::historykind::key, .name = name, .text = {}, .source = {}, .by = by});
}

QFuture<Result<QJsonObject>> Records::make(const Wish &wish, const Decider &by)
{
    using Answer = Result<QJsonObject>;
    if (!m_tokensTaken)
        return ready<Answer>(std::unexpected(noDoor()));
    const QString id = wish.id.isEmpty() ? randomHex(idBytes) : wish.id;
    if (!isDeviceId(id))
        return ready<Answer>(
            failure(InvalidParams,
                    u"\"id\" must have 1 to %1 of A-Z a-z 0-9 . _ : @ -, and begin with a letter or digit"_s.arg(limits::deviceIdLength)));
    if (m_registry.knows(id))
        return ready<Answer>(failure(Conflict, u"there is a device \"%1\" already"_s.arg(id)));
    const auto name = checkName(wish.name);
    if (!name)
        return ready<Answer>(std::unexpected(name.error()));
    const QString token = randomHex(tokenBytes);
    const qint64 time = now();
    const store::DeviceRecord record{.id = id,
                                     .name = *name,
                                     .door = wish.door,
                                     .credential = CredentialKind::Token,
                                     .tokenHash = TokenBook::hashOf(token.toLatin1()),
                                     .tokenAt = time,
                                     .tokenBy = by.name,
                                     .madeAt = time,
                                     .madeBy = by.name};
    const auto entry = auditOf(by, u"Devices.Create"_s, id, {{"name"_L1, *name}, {"door"_L1, wish.door}});
    return m_store.add(record, entry).then(this, [this, record, token](const Result<int> &added) -> Answer {
        if (!added)
            return std::unexpected(added.error());
        m_registry.make(record);
        m_registry.admit(record.id);
        m_tokens.set(record.id, record.tokenHash);
        note(record.id, u"made"_s, record.madeBy);
        m_events.note(
            {.deviceId = record.id, .kind = EventKind::Created, .data = QJsonObject{{"name"_L1, record.name}, {"by"_L1, record.madeBy}}});
        return QJsonObject{{"id"_L1, record.id}, {"token"_L1, token}};
    });
}

QFuture<Result<QJsonObject>> Records::renewToken(const QString &id, const Decider &by)
{
    return m_tokensTaken ? setToken(id, randomHex(tokenBytes), by) : ready<Result<QJsonObject>>(std::unexpected(noDoor()));
}

QFuture<Result<QJsonObject>> Records::takeTokenBack(const QString &id, const Decider &by)
{
    return setToken(id, {}, by);
}

QFuture<Result<QJsonObject>> Records::setToken(const QString &id, const QString &token, const Decider &by)
{
    using Answer = Result<QJsonObject>;
    const Device *device = m_registry.find(id);
    if (!device)
        return ready<Answer>(std::unexpected(Registry::unknown(id)));
    if (device->credential.kind != CredentialKind::Token)
        return ready<Answer>(failure(Conflict, u"%1 is trusted by a key of its own, and has no token"_s.arg(id)));
    const bool isGiven = !token.isEmpty();
    const QByteArray hash = isGiven ? TokenBook::hashOf(token.toLatin1()) : QByteArray();
    const auto entry = auditOf(by, isGiven ? u"Devices.RenewToken"_s : u"Devices.RevokeToken"_s, id, {});
    // What ends a right counts at once: until it is written, nobody comes in with either.
    m_tokens.set(id, {});
    return m_store.setToken(id, hash, entry).then(this, [this, id, token, hash, isGiven, entry](const Result<int> &set) -> Answer {
        Device *owner = m_registry.find(id);
        if (!owner)
            return std::unexpected(Registry::unknown(id)); // forgotten meanwhile
        if (!set || *set == 0) {
            m_tokens.set(id, owner->credential.tokenHash); // as it is on the disk
            return set ? Answer(std::unexpected(Registry::unknown(id))) : Answer(std::unexpected(set.error()));
        }
        owner->credential.tokenHash = hash;
        owner->credential.since = entry.time;
        owner->credential.by = entry.actor;
        m_tokens.set(id, hash);
        m_registry.touch(*owner);
        note(id, isGiven ? u"renewed"_s : u"revoked"_s, entry.actor);
        emit tokenEnded(id,
                        isGiven ? u"its token was renewed by %1"_s.arg(entry.actor) : u"its token was taken back by %1"_s.arg(entry.actor));
        QJsonObject answer{{"id"_L1, id}};
        if (isGiven)
            answer.insert("token"_L1, token);
        return answer;
    });
}

QFuture<Result<QJsonObject>> Records::rename(const QString &id, const QString &name, const Decider &by)
{
    using Answer = Result<QJsonObject>;
    const Device *device = m_registry.find(id);
    if (!device)
        return ready<Answer>(std::unexpected(Registry::unknown(id)));
    const auto wanted = checkName(name);
    if (!wanted)
        return ready<Answer>(std::unexpected(wanted.error()));
    if (device->name == *wanted)
        return ready(m_registry.device(id));
    const auto entry = auditOf(by, u"Devices.Update"_s, id, {{"name"_L1, *wanted}, {"before"_L1, device->name}});
    return m_store.rename(id, *wanted, entry).then(this, [this, id, name = *wanted, by = by.name](const Result<int> &renamed) -> Answer {
        if (!renamed)
            return std::unexpected(renamed.error());
        if (Device *named = m_registry.find(id)) {
            named->name = name;
            m_registry.touch(*named);
            m_events.note({.deviceId = id, .kind = EventKind::Updated, .data = QJsonObject{{"name"_L1, name}, {"by"_L1, by}}});
        }
        return m_registry.device(id);
    });
}

} // namespace muster::fleet
