// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/registry.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/naturalorder.h"

#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::fleet {

using store::KeyRecord;

namespace {

Q_LOGGING_CATEGORY(logRegistry, "muster.fleet")

/// Lists move at most this often: a person sees no more, and 10,000 devices cost no more than one.
constexpr auto changesEvery = 250ms;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

QJsonObject Counts::toJson() const
{
    return {{"devices"_L1, devices}, {"online"_L1, online},   {"offline"_L1, offline}, {"never"_L1, never},
            {"ok"_L1, ok},           {"warning"_L1, warning}, {"failing"_L1, failing}, {"approvals"_L1, approvals}};
}

Registry::Registry(store::TelemetryStore &telemetry, const Approvals &approvals, QObject *parent)
    : QObject(parent)
    , m_telemetry(telemetry)
    , m_approvals(approvals)
    , m_changes(this)
{
    m_changes.setSingleShot(true);
    m_changes.setInterval(changesEvery);
    connect(&m_changes, &QTimer::timeout, this, &Registry::changed);
}

Device *Registry::find(const QString &id) const
{
    const auto found = m_devices.find(id);
    return found == m_devices.end() ? nullptr : found->second.get();
}

Error Registry::unknown(const QString &id)
{
    return {.code = NotFound, .message = u"there is no device \"%1\""_s.arg(cleanText(id, limits::deviceIdLength))};
}

Device &Registry::slotOf(const QString &id, qint64 since)
{
    auto &slot = m_devices[id];
    if (!slot) {
        slot = std::make_unique<Device>();
        slot->id = id;
        slot->presence.since = since;
    }
    return *slot;
}

Device &Registry::make(const KeyRecord &record)
{
    Device &device = slotOf(record.deviceId, record.decidedAt.value_or(record.firstSeen));
    device.credential = Credential::of(record);
    device.firstSeen = record.firstSeen;
    device.machine = record.machine;
    device.agent = record.agent;
    device.address = record.address;
    device.clockAhead = record.clockAhead;
    touch(device);
    return device;
}

Device &Registry::make(const store::DeviceRecord &record)
{
    Device &device = slotOf(record.id, record.madeAt);
    device.name = record.name;
    device.door = record.door;
    device.credential = Credential::of(record);
    device.firstSeen = record.madeAt;
    if (device.presence.state == PresenceState::Never)
        device.presence.reason = u"has not come since it was made"_s;
    touch(device);
    return device;
}

void Registry::admit(const QString &id)
{
    m_telemetry.admit({id}).then(this, [this, id](const Result<int> &admitted) {
        Device *device = find(id);
        if (device && admitted)
            device->admitted = true;
        if (!admitted) // tried again with its next connection
            qCWarning(logRegistry).noquote() << "nothing can be kept of" << id << "now:" << admitted.error().message;
    });
}

void Registry::remove(const QString &id)
{
    m_devices.erase(id);
    note();
}

void Registry::touch(Device &device)
{
    device.version = ++m_version;
    device.unsaved = true;
    note();
}

void Registry::note()
{
    if (!m_changes.isActive())
        m_changes.start();
}

Result<QJsonObject> Registry::device(const QString &id) const
{
    const Device *device = find(id);
    if (!device)
        return std::unexpected(unknown(id));
    return rowOf(*device, m_approvals.hasPending(id), now(), true);
}

Result<std::optional<QJsonObject>> Registry::deviceSince(const QString &id, quint64 &version) const
{
    const Device *device = find(id);
    if (!device)
        return std::unexpected(unknown(id));
    if (std::exchange(version, device->version) == device->version)
        return std::nullopt;
    return rowOf(*device, m_approvals.hasPending(id), now(), true);
}

bool Registry::isOnline(const QString &id) const
{
    const Device *device = find(id);
    return device && device->link;
}

QStringList Registry::matching(const ListQuery &query) const
{
    QStringList ids;
    for (const Device *device : sorted(query))
        ids.append(device->id);
    return ids;
}

std::vector<const Device *> Registry::sorted(const ListQuery &query) const
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

void Registry::fill(Window &window, const ListQuery &query, std::span<const Device *const> devices,
                    const QHash<QString, quint64> &known) const
{
    window.counts = counts(query.only);
    const qint64 time = now();
    for (const Device *device : devices) {
        window.ids.append(device->id);
        window.versions.insert(device->id, device->version);
        if (known.value(device->id) != device->version)
            window.rows.append(rowOf(*device, m_approvals.hasPending(device->id), time, false));
    }
}

Window Registry::window(const ListQuery &query, qsizetype offset, qsizetype limit, const QHash<QString, quint64> &known) const
{
    const auto devices = sorted(query);
    const auto total = static_cast<qsizetype>(devices.size());
    Window window{.total = total, .offset = std::clamp<qsizetype>(offset, 0, total), .counts = {}, .ids = {}, .rows = {}, .versions = {}};
    const auto count = std::clamp<qsizetype>(limit, 0, std::min(mostRows, total - window.offset));
    fill(window, query, std::span(devices).subspan(static_cast<size_t>(window.offset), static_cast<size_t>(count)), known);
    return window;
}

Window Registry::page(const ListQuery &query, const QString &after, qsizetype limit) const
{
    const auto devices = sorted(query);
    auto start = devices.begin();
    if (const Device *last = find(after))
        start = std::ranges::upper_bound(devices, last, [&query](const Device *a, const Device *b) { return before(*a, *b, query); });
    else if (!after.isEmpty() && query.sort == SortBy::Name && !query.descending) // it was forgotten meanwhile; its name still has a place
        start = std::ranges::find_if(devices, [&after](const Device *device) { return naturalCompare(device->shownName(), after) > 0; });
    Window window{.total = static_cast<qsizetype>(devices.size()),
                  .offset = start - devices.begin(),
                  .counts = {},
                  .ids = {},
                  .rows = {},
                  .versions = {}};
    const auto count = std::min({limit, mostRows, window.total - window.offset});
    fill(window, query, std::span(devices).subspan(static_cast<size_t>(window.offset), static_cast<size_t>(count)), {});
    return window;
}

Counts Registry::counts(const std::optional<QSet<QString>> &only) const
{
    Counts counts;
    for (const auto &[id, device] : m_devices) {
        if (only && !only->contains(id))
            continue;
        ++counts.devices;
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
    counts.approvals = only ? 0 : static_cast<int>(m_approvals.pendingCount());
    return counts;
}

QStringList Registry::addresses() const
{
    QStringList addresses;
    for (const auto &[id, device] : m_devices)
        addresses.append(device->address);
    return addresses;
}

} // namespace muster::fleet
