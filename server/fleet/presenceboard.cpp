// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/presenceboard.h"

#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

namespace {

Q_LOGGING_CATEGORY(logPresence, "muster.fleet")

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

QString shownAddress(const QString &address)
{
    return address.isEmpty() ? u"an unknown address"_s : address;
}

PresenceBoard::PresenceBoard(Registry &registry, History &history, EventStream &events, QObject *parent)
    : QObject(parent)
    , m_registry(registry)
    , m_history(history)
    , m_events(events)
{
}

void PresenceBoard::remember(Device &device, const store::Seen &last)
{
    const bool wasOnline = last.state == "online"_L1;
    if (wasOnline)
        m_homecoming.expect(last.deviceId);
    device.presence = {.state = PresenceState::Offline,
                       .reason = wasOnline ? u"not heard since the server started"_s : last.reason,
                       .since = wasOnline ? now() : last.since,
                       .evidenceAt = last.evidenceAt,
                       .generation = 0};
    device.bootId = last.bootId;
    device.address = last.address;
    device.machine = last.machine;
    device.agent = last.agent;
    device.clockAhead = last.clockAhead;
}

void PresenceBoard::note(const Device &device, const QString &name, const QString &text)
{
    m_history.note(
        {.deviceId = device.id, .time = now(), .kind = store::historykind::presence, .name = name, .text = text, .source = {}, .by = {}});
}

void PresenceBoard::noteTwin(const Device &device, const QString &address)
{
    note(device, u"twin"_s,
         u"a second connection with the same token took its place, from %1: if the device did not begin anew, another one has its token"_s
             .arg(shownAddress(address)));
}

void PresenceBoard::attach(Device &device, const std::shared_ptr<DeviceLink> &link)
{
    if (device.link && device.link != link) {
        const std::shared_ptr<DeviceLink> old = device.link;
        m_owners.remove(old.get());
        old->close(Farewell::Refused, u"replaced by a newer connection of the same device"_s);
    }
    device.link = link;
    m_owners.insert(link.get(), device.id);
    device.presence.state = PresenceState::Online;
    device.presence.reason = u"connected"_s;
    device.presence.since = now();
    ++device.presence.generation;
    if (m_homecoming.noteReturn(device.id))
        qCInfo(logPresence).noquote() << "the fleet is back:" << m_homecoming.returned() << "of" << m_homecoming.expected() << "devices in"
                                      << m_homecoming.took().value_or(std::chrono::seconds(0)).count() << "s";
    qCInfo(logPresence).noquote() << device.id << "is online, from" << shownAddress(device.address);
    note(device, u"online"_s, u"connected from %1"_s.arg(shownAddress(device.address)));
    m_events.note({.deviceId = device.id, .kind = EventKind::Online, .data = QJsonObject{{"address"_L1, device.address}}});
    m_registry.touch(device);
}

void PresenceBoard::detach(Device &device, const QString &reason)
{
    if (!device.link)
        return;
    device.presence.evidenceAt = device.link->evidenceAt();
    m_owners.remove(device.link.get());
    device.link.reset();
    device.presence.state = PresenceState::Offline;
    device.presence.reason = reason;
    device.presence.since = now();
    qCInfo(logPresence).noquote() << device.id << "is offline:" << reason;
    note(device, u"offline"_s, reason);
    m_events.note({.deviceId = device.id, .kind = EventKind::Offline, .data = QJsonObject{{"reason"_L1, reason}}});
    m_registry.touch(device);
}

bool PresenceBoard::linkClosed(DeviceLink *link, const QString &reason)
{
    const auto owner = m_owners.constFind(link);
    if (owner == m_owners.cend())
        return false;
    if (Device *device = m_registry.find(*owner))
        detach(*device, reason);
    return true;
}

} // namespace muster::fleet
