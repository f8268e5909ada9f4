// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/shadowboard.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/methods.h"
#include "server/async.h"
#include "server/fleet/reported.h"

#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

using store::Desired;

namespace {

Q_LOGGING_CATEGORY(logShadow, "muster.fleet")

constexpr int mostDevices = 1'000'000;
/// Of a change, in a device's history.
constexpr qsizetype patchInHistory = 2048;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// @param name for messages
Result<void> checkDepth(const QJsonObject &patch, const QString &name)
{
    if (depthOf(patch) > limits::stateDepth)
        return failure(TooLarge, u"%1 is nested deeper than %2 levels"_s.arg(name).arg(limits::stateDepth));
    return {};
}

/// What takes the place of `before` when `patch` is merged into it.
Result<Desired> changed(const QString &id, const Desired &before, const QJsonObject &patch, qint64 version, qint64 at, const QString &by)
{
    if (version > 0 && version != before.version)
        return failure(Conflict,
                       u"the desired state of %1 has version %2 by now, not %3: look again"_s.arg(id).arg(before.version).arg(version),
                       QJsonObject{{"version"_L1, before.version}});
    Desired after{.state = merged(before.state, patch, at), .version = before.version + 1, .changedAt = at, .changedBy = by};
    if (const qsizetype bytes = jsonBytes(after.state.values); bytes > limits::desiredBytes)
        return failure(TooLarge, u"the desired state would have %1 bytes: %2 are allowed in all"_s.arg(bytes).arg(limits::desiredBytes));
    return after;
}

} // namespace

ShadowBoard::ShadowBoard(store::ShadowStore &shadows, store::TelemetryStore &telemetry, Registry &registry, History &history,
                         EventStream &events, QObject *parent)
    : QObject(parent)
    , m_shadows(shadows)
    , m_telemetry(telemetry)
    , m_registry(registry)
    , m_history(history)
    , m_events(events)
{
}

Result<void> ShadowBoard::load()
{
    auto wanted = m_shadows.load();
    auto reported = m_telemetry.loadReported(mostDevices);
    const auto desired = wanted.result();
    if (!desired)
        return std::unexpected(desired.error());
    const auto states = reported.result();
    if (!states)
        return std::unexpected(states.error());
    for (auto state = states->cbegin(); state != states->cend(); ++state) {
        if (Device *device = m_registry.find(state.key()))
            device->reported = *state;
    }
    for (auto one = desired->cbegin(); one != desired->cend(); ++one) {
        if (Device *device = m_registry.find(one.key()))
            device->desired = *one;
    }
    return {};
}

Result<QJsonObject> ShadowBoard::document(const QString &deviceId) const
{
    const Device *device = m_registry.find(deviceId);
    return device ? Result<QJsonObject>(shadowJson(*device)) : std::unexpected(Registry::unknown(deviceId));
}

Result<std::optional<QJsonObject>> ShadowBoard::documentSince(const QString &deviceId, quint64 &version) const
{
    const Device *device = m_registry.find(deviceId);
    if (!device)
        return std::unexpected(Registry::unknown(deviceId));
    if (std::exchange(version, device->shadowVersion) == device->shadowVersion)
        return std::nullopt;
    return shadowJson(*device);
}

void ShadowBoard::touch(Device &device)
{
    m_registry.touch(device);
    device.shadowVersion = device.version;
}

QFuture<Result<QJsonObject>> ShadowBoard::desire(const QString &deviceId, const QJsonObject &patch, qint64 version, const Decider &by)
{
    using Answer = Result<QJsonObject>;
    if (!m_registry.knows(deviceId))
        return ready<Answer>(std::unexpected(Registry::unknown(deviceId)));
    if (const auto flat = checkDepth(patch, u"what is desired"_s); !flat)
        return ready<Answer>(std::unexpected(flat.error()));
    const qint64 at = now();
    const store::AuditEntry entry = auditOf(by, u"Shadow.Update"_s, deviceId, {{"desired"_L1, patch}}, at);
    const auto change = [=, name = by.name](const Desired &before) { return changed(deviceId, before, patch, version, at, name); };
    return m_shadows.change(deviceId, change, entry).then(this, [this, deviceId, patch](const Result<Desired> &after) -> Answer {
        if (!after)
            return std::unexpected(after.error());
        Device *device = m_registry.find(deviceId);
        if (!device)
            return std::unexpected(Registry::unknown(deviceId)); // forgotten meanwhile
        // Answers come in the order of the commits.
        device->desired = *after;
        touch(*device);
        m_history.note({.deviceId = deviceId,
                        .time = after->changedAt,
                        .kind = store::historykind::event,
                        .name = u"state.desired"_s,
                        .text = {},
                        .data = jsonBytes(patch) <= patchInHistory ? QJsonValue(patch) : QJsonValue::Undefined,
                        .source = u"muster"_s,
                        .by = after->changedBy});
        m_events.note({.time = after->changedAt, .deviceId = deviceId, .kind = EventKind::Wanted, .data = patch});
        tell(*device, false);
        return shadowJson(*device);
    });
}

QFuture<Result<QJsonValue>> ShadowBoard::report(const QString &deviceId, const QJsonObject &patch)
{
    using Answer = Result<QJsonValue>;
    Device *device = m_registry.find(deviceId);
    if (!device)
        return ready<Answer>(std::unexpected(Registry::unknown(deviceId)));
    if (const auto flat = checkDepth(patch, u"what is reported"_s); !flat)
        return ready<Answer>(std::unexpected(flat.error()));
    const StateTree after = merged(device->reported, patch, now());
    if (const qsizetype bytes = jsonBytes(after.values); bytes > limits::stateBytes)
        return ready<Answer>(
            failure(TooLarge, u"the reported state would have %1 bytes: %2 are allowed in all"_s.arg(bytes).arg(limits::stateBytes)));
    const QJsonObject answer{{"version"_L1, device->desired.version}};
    if (after != device->reported) {
        device->reported = after;
        touch(*device);
        m_events.note({.deviceId = deviceId, .kind = EventKind::Reported, .data = patch});
        tell(*device, false);
    }
    // Also what is known already: it may not have been possible to write it.
    return m_telemetry.saveReported(deviceId, after).then(this, [answer](const Result<int> &saved) -> Answer {
        return saved ? Answer(answer) : Answer(std::unexpected(saved.error()));
    });
}

void ShadowBoard::tell(Device &device, bool again)
{
    const QJsonObject delta = deltaOf(device.desired.state.values, device.reported.values);
    ShadowDelivery &delivery = device.delivery;
    // What is on its way over this connection is waited for: then it may be another one.
    if (!device.link || device.link->isClosed())
        return;
    if (delivery.isUnderway && delivery.generation == device.presence.generation) {
        // It may become this again before the answer comes.
        delivery.hasMoved = delivery.hasMoved || delivery.delta != delta;
        return;
    }
    if (delta.isEmpty()) {
        delivery.delta = {};
        return;
    }
    if (!again && delivery.delta == delta && delivery.version == device.desired.version)
        return;
    delivery = {.delta = delta,
                .version = device.desired.version,
                .at = 0,
                .error = {},
                .generation = device.presence.generation,
                .isUnderway = true};
    device.link
        ->call(methods::shadowDelta,
               {{"state"_L1, delta}, {"version"_L1, delivery.version}, {"timestamp"_L1, device.desired.changedAt / 1000}},
               limits::callTimeout)
        .then(this, [this, id = device.id, generation = delivery.generation, version = delivery.version](const Result<QJsonValue> &answer) {
            told(id, generation, version, answer);
        });
}

void ShadowBoard::told(const QString &deviceId, quint32 generation, qint64 version, const Result<QJsonValue> &answer)
{
    Device *device = m_registry.find(deviceId);
    if (!device || device->delivery.generation != generation || device->delivery.version != version)
        return;
    ShadowDelivery &delivery = device->delivery;
    const bool again = std::exchange(delivery.hasMoved, false);
    delivery.isUnderway = false;
    // The connection ended before: it was told nothing. A device may also say so itself, while it is there.
    const bool isThere = device->link && !device->link->isClosed();
    if (!answer && answer.error().code == DeviceOffline && !isThere) {
        delivery = {};
        touch(*device);
        return;
    }
    delivery.at = now();
    if (!answer) {
        delivery.error = answer.error().code == MethodNotFound ? u"it does not know Shadow.Delta"_s
                                                               : cleanText(answer.error().message, limits::textLength);
        qCInfo(logShadow).noquote() << deviceId << "did not take what is wanted of it:" << delivery.error;
    }
    touch(*device);
    tell(*device, again);
}

Result<QJsonObject> ShadowBoard::fetch(const QString &deviceId)
{
    Device *device = m_registry.find(deviceId);
    if (!device)
        return std::unexpected(Registry::unknown(deviceId));
    QJsonObject document = shadowJson(*device);
    if (ShadowDelivery &delivery = device->delivery; !delivery.isUnderway && device->desired.version > 0) {
        // It knows now, whatever came of telling it.
        delivery.delta = deltaOf(device->desired.state.values, device->reported.values);
        delivery.version = device->desired.version;
        delivery.at = now();
        delivery.error.clear();
        touch(*device);
    }
    return document;
}

} // namespace muster::fleet
