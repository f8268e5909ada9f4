// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Methods/mock/mockmethods.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

namespace {

// Written as text, as devices have it; the worker's name makes a method a worker's.
constexpr auto methodsText = R"([
{"name":"Sys.GetInfo","summary":"Who this device is, and what it runs on","params":[]},
{"name":"Sys.Reboot","summary":"Starts the machine anew","params":[
  {"name":"delay_ms","schema":{"type":"integer","minimum":1000,"maximum":60000,"default":3000,"description":"How long to wait, in milliseconds"}},
  {"name":"reason","schema":{"type":"string","maxLength":200,"description":"Stands in the device's log"}}]},
{"name":"RPC.List","summary":"The names of all methods","params":[]},
{"name":"RPC.Describe","summary":"What a method takes and answers","params":[
  {"name":"name","required":true,"schema":{"type":"string","minLength":1,"maxLength":128,"description":"The method"}}]},
{"name":"rpc.discover","summary":"All methods as an OpenRPC document","params":[]},
{"name":"Config.Get","summary":"Reads one setting, or all","params":[
  {"name":"key","schema":{"type":"string","pattern":"^[a-z][a-z0-9_.]*$","description":"Small letters, with dots between"}}]},
{"name":"Config.Set","summary":"Changes one setting","params":[
  {"name":"key","required":true,"schema":{"type":"string","pattern":"^[a-z][a-z0-9_.]*$","description":"Small letters, with dots between"}},
  {"name":"value","required":true,"schema":{"description":"Any JSON value"}},
  {"name":"persist","schema":{"type":"boolean","default":true,"description":"Keep it over a restart"}}]},
{"name":"Container.List","summary":"The containers of the engine","params":[]},
{"name":"Container.Restart","summary":"Stops and starts a container","params":[
  {"name":"id","required":true,"schema":{"type":"string","pattern":"^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$"}},
  {"name":"timeout_s","schema":{"type":"integer","minimum":0,"maximum":300,"default":10}}]},
{"name":"Health.Get","summary":"One sample, taken now","params":[]},
{"name":"Camera.Snapshot","x-worker":"camera-worker","summary":"Takes a picture","params":[
  {"name":"resolution","required":true,"schema":{"type":"string","enum":["640x480","1280x720","1920x1080"],"default":"1280x720","description":"In pixels"}},
  {"name":"quality","schema":{"type":"integer","minimum":1,"maximum":100,"default":85}},
  {"name":"region","schema":{"type":"object","description":"A part of the picture; without it, all","required":["x","y","width","height"],
    "x-order":["x","y","width","height"],
    "properties":{"x":{"type":"integer","minimum":0},"y":{"type":"integer","minimum":0},"width":{"type":"integer","minimum":16},"height":{"type":"integer","minimum":16}}}},
  {"name":"tags","schema":{"type":"array","items":{"type":"string","maxLength":32},"maxItems":8,"description":"Words to find it by"}},
  {"name":"flash","schema":{"type":"boolean","default":false}}]},
{"name":"Press.SetSpeed","x-worker":"press-worker","summary":"Sets how fast the line runs","params":[
  {"name":"strokes_per_minute","required":true,"schema":{"type":"number","minimum":0,"maximum":120,"description":"0 stops it"}},
  {"name":"ramp","schema":{"type":"string","enum":["gentle","normal","steep"],"default":"normal"}},
  {"name":"limits","schema":{"oneOf":[{"type":"null"},{"type":"array"}],"description":"As the drive's manual has them"}}]},
{"name":"Press.Counters","x-worker":"press-worker","summary":"Strokes, rejects and stops since the last reset","params":[]},
{"name":"selftest","x-worker":"press-worker","summary":"Tries all drives, one after the other","params":[]}
])";

// Of a device that speaks mDash, as its door describes them.
constexpr auto mdashText = R"([
{"name":"Sys.GetInfo","summary":"What the device is and how it is","params":[]},
{"name":"Sys.Reboot","summary":"Start the device anew","params":[{"name":"delay_ms","schema":{"type":"integer","minimum":0,"default":100}}]},
{"name":"RPC.List","summary":"The methods of the device","params":[]},
{"name":"Config.Get","summary":"The configuration, or a part of it; what signs in is masked","params":[{"name":"key","schema":{"type":"string"}}]},
{"name":"Wifi.Scan","summary":"The networks around it","params":[]},
{"name":"Light.Toggle","params":[]}
])";

QJsonArray methodsOf(const mock::Device &device)
{
    static const QJsonArray all = QJsonDocument::fromJson(methodsText).array();
    static const QJsonArray ofMdash = QJsonDocument::fromJson(mdashText).array();
    return device.byToken ? ofMdash : all;
}

// The OpenRPC document.
QJsonObject openRpc(const mock::Device &device)
{
    QJsonArray list = methodsOf(device);
    if (device.hostile) {
        for (qsizetype i = 0; i < list.size(); ++i) {
            QJsonObject method = list[i].toObject();
            method["summary"_L1] = nasty(quint64(i));
            if (i % 3 == 0)
                method["name"_L1] = nasty(quint64(i)) + QString::number(i);
            if (method.contains("x-worker"_L1))
                method["x-worker"_L1] = nasty(quint64(i + 1));
            list[i] = method;
        }
    }
    return {{"openrpc"_L1, "1.3.2"_L1},
            {"info"_L1, QJsonObject{{"title"_L1, "muster-agent"_L1}, {"version"_L1, "0.1.0"_L1}}},
            {"methods"_L1, list}};
}

Result<QJsonValue> answer(const mock::Device &device, const QString &method, const QJsonObject &params, const QJsonObject &machine,
                          qint64 now)
{
    if (method == "Sys.GetInfo"_L1)
        return QJsonObject{{"device_id"_L1, device.id},
                           {"boot_id"_L1, "5f0c1b9e-6d2a-4c52-9d6a-0d7f6a1f2a11"_L1},
                           {"uptime_s"_L1, qint64(device.seed % 8'000'000)},
                           {"time"_L1, timeToJson(now)},
                           {"agent"_L1, QJsonObject{{"name"_L1, "muster-agent"_L1}, {"version"_L1, "0.1.0"_L1}}},
                           {"machine"_L1, machine}};
    QJsonArray names;
    bool known = false;
    for (const auto &one : methodsOf(device)) {
        names << one["name"_L1];
        known = known || one["name"_L1] == method;
    }
    if (!known)
        return failure(MethodNotFound, u"The device has no method \"%1\""_s.arg(method));
    if (method == "Sys.Reboot"_L1)
        return QJsonObject{{"delay_ms"_L1, params["delay_ms"_L1].toInt(3000)}};
    if (method == "RPC.List"_L1)
        return names;
    if (method == "rpc.discover"_L1)
        return openRpc(device);
    if (method == "Config.Get"_L1) {
        QJsonObject settings{{"network.dns"_L1, "10.0.0.1"_L1}, {"press.force_limit"_L1, 14.5}, {"ui.language"_L1, "en"_L1}};
        return params.contains("key"_L1) ? settings[params["key"_L1].toString()] : QJsonValue(settings);
    }
    if (method == "Camera.Snapshot"_L1)
        return QJsonObject{{"file"_L1, "/var/lib/camera/2026-03-14-094102.jpg"_L1},
                           {"bytes"_L1, 184'220},
                           {"resolution"_L1, params["resolution"_L1]},
                           {"tags"_L1, params["tags"_L1].toArray()}};
    if (method == "Press.SetSpeed"_L1 && params["strokes_per_minute"_L1].toDouble() > 90)
        return failure(PolicyForbids, u"The device's policy allows at most 90 strokes a minute"_s);
    if (method == "Press.Counters"_L1)
        return QJsonObject{{"strokes"_L1, 51'204}, {"rejects"_L1, 17}, {"stops"_L1, QJsonArray{"door"_L1, "feed"_L1, "door"_L1}}};
    return QJsonObject{{"ok"_L1, true}};
}

Result<QJsonValue> listOf(const mock::Device &device)
{
    QJsonObject document = openRpc(device);
    if (device.online)
        return document;
    if (device.never)
        return failure(DeviceOffline, u"The device is not connected"_s);
    document["x-as-of"_L1] = timeToJson(device.origin - device.offlineFor);
    return document;
}

} // namespace

MockMethods::MockMethods(MockFleet &fleet)
{
    fleet.setAnswer([&fleet](const mock::Device &device, const QString &method, const QJsonObject &params) {
        return answer(device, method, params, fleet.members().machine(device.seed), fleet.now());
    });
    fleet.table().add(contract::method::methodsList, [&fleet](const QJsonObject &params) -> Result<QJsonValue> {
        const auto device = fleet.known(params["id"_L1].toString());
        return device ? listOf(*device) : std::unexpected(device.error());
    });
}

} // namespace muster
