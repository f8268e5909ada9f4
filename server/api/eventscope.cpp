// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/eventscope.h"

namespace muster::api {

using operators::Caller;
using store::EventKind;

namespace {

bool mayShow(const Caller &caller, EventKind kind)
{
    return kind != EventKind::Called || caller.may(operators::permission::commandsRead);
}

} // namespace

bool mayShow(const Caller &caller, const QString &deviceId)
{
    return caller.sees(deviceId);
}

bool mayShow(const Caller &caller, const store::FleetEvent &event)
{
    return mayShow(caller, event.kind) && mayShow(caller, event.deviceId);
}

std::optional<store::EventStore::Filter> filterFor(const Caller &caller, const QString &device, std::optional<EventKind> kind)
{
    store::EventStore::Filter filter;
    if (!device.isEmpty()) {
        if (!mayShow(caller, device))
            return {};
        filter.devices = QStringList{device};
    } else if (caller.devices) {
        filter.devices = caller.devices->values();
    }
    if (kind) {
        if (!mayShow(caller, *kind))
            return {};
        filter.kinds = {*kind};
    } else if (!mayShow(caller, EventKind::Called)) {
        for (const QString &name : store::eventKindNames()) {
            if (const auto other = store::eventKindFromName(name); other && mayShow(caller, *other))
                filter.kinds.append(*other);
        }
    }
    return filter;
}

} // namespace muster::api
