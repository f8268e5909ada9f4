// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/eventjson.h"

#include "server/timetext.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using store::EventKind;
using store::FleetEvent;

QJsonObject eventJson(const FleetEvent &event)
{
    QJsonObject json{{"id"_L1, event.id},
                     {"time"_L1, timestampText(event.time)},
                     {"device"_L1, event.deviceId},
                     {"name"_L1, QString(store::eventKindName(event.kind))}};
    if (!event.method.isEmpty())
        json.insert("method"_L1, event.method);
    if (!event.data.isUndefined())
        json.insert("data"_L1, event.data);
    return json;
}

namespace {

QString mdashName(const FleetEvent &event)
{
    switch (event.kind) {
    case EventKind::Called: return u"rpc.in."_s + event.method;
    case EventKind::Told: return u"rpc.out."_s + event.method;
    case EventKind::Reported: return u"rpc.out.Dash.Shadow.Update"_s;
    case EventKind::Wanted: return eventKindName(EventKind::Updated);
    default: return eventKindName(event.kind);
    }
}

/// Where a device of mDash has it.
QJsonValue mdashData(const FleetEvent &event)
{
    switch (event.kind) {
    case EventKind::Reported: return QJsonObject{{"state"_L1, QJsonObject{{"reported"_L1, event.data}}}};
    case EventKind::Wanted: return QJsonObject{{"shadow"_L1, QJsonObject{{"state"_L1, QJsonObject{{"desired"_L1, event.data}}}}}};
    default: return event.data.isUndefined() ? QJsonValue(QJsonValue::Null) : event.data;
    }
}

} // namespace

QJsonObject mdashEvent(const FleetEvent &event)
{
    return {{"id"_L1, event.deviceId}, {"name"_L1, mdashName(event)}, {"data"_L1, mdashData(event)}};
}

} // namespace muster::api
