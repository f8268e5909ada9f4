// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/system/systemcapability.h"

#include "deviceagent/boottime.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/timestamp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr char noParams[] = R"({"type":"object","properties":{}})";

QJsonObject schema(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

/// The members of a params schema as OpenRPC's content descriptors.
QJsonArray contentDescriptors(const QJsonObject &params)
{
    const QJsonArray required = params.value("required"_L1).toArray();
    const QJsonObject properties = params.value("properties"_L1).toObject();
    QJsonArray descriptors;
    for (auto it = properties.begin(); it != properties.end(); ++it)
        descriptors.append(QJsonObject{{"name"_L1, it.key()}, {"required"_L1, required.contains(it.key())}, {"schema"_L1, it.value()}});
    return descriptors;
}

QJsonObject discover(const Registry &registry)
{
    QJsonArray methodList;
    for (const Method *method : registry.methods()) {
        QJsonObject entry{{"name"_L1, method->name},
                          {"summary"_L1, QString::fromUtf8(method->summary)},
                          {"paramStructure"_L1, "by-name"_L1},
                          {"params"_L1, contentDescriptors(schema(method->params))},
                          {"result"_L1, QJsonObject{{"name"_L1, "result"_L1}, {"schema"_L1, schema(method->result)}}}};
        if (!method->worker.isEmpty())
            entry.insert("x-worker"_L1, method->worker);
        methodList.append(entry);
    }
    return {{"openrpc"_L1, "1.3.2"_L1},
            {"info"_L1, QJsonObject{{"title"_L1, "muster-agent"_L1}, {"version"_L1, QStringLiteral(MUSTER_VERSION)}}},
            {"methods"_L1, methodList}};
}

QJsonObject information(const Identity &identity, const ServerClock &clock)
{
    return {{"device_id"_L1, identity.deviceId},
            {"boot_id"_L1, identity.bootId},
            {"uptime_s"_L1, bootTime() / 1000},
            {"time"_L1, QString::fromLatin1(toTimestamp(QDateTime::fromMSecsSinceEpoch(clock.now(), QTimeZone::UTC)))},
            {"agent"_L1, identity.agent},
            {"machine"_L1, identity.machine}};
}

} // namespace

void addSystemMethods(Registry &registry, const Identity &identity, std::function<const ServerClock &()> clock)
{
    registry.add(
        {.name = methods::getInfo,
         .summary = "Who this device is, and what it runs on",
         .params = noParams,
         .result =
             R"({"type":"object","properties":{"device_id":{"type":"string"},"boot_id":{"type":"string"},"uptime_s":{"type":"integer"},)"
             R"("time":{"type":"string","format":"date-time"},"agent":{"type":"object"},"machine":{"type":"object"}}})",
         .call = [&identity, clock = std::move(clock)](const QJsonObject &) { return ready(QJsonValue(information(identity, clock()))); }});
    registry.add({.name = methods::rpcList,
                  .summary = "The names of all methods that the device's policy permits",
                  .params = noParams,
                  .result = R"({"type":"array","items":{"type":"string"}})",
                  .call = [&registry](const QJsonObject &) {
                      QJsonArray names;
                      for (const Method *method : registry.methods())
                          names.append(method->name);
                      return ready(QJsonValue(names));
                  }});
    registry.add(
        {.name = methods::rpcDescribe,
         .summary = "One method: what it takes and gives",
         .params = R"({"type":"object","properties":{"name":{"type":"string","description":"The method's name"}},"required":["name"]})",
         .result =
             R"({"type":"object","properties":{"name":{"type":"string"},"summary":{"type":"string"},"params":{"type":"object"},"result":{"type":"object"}}})",
         .call = [&registry](const QJsonObject &params) {
             if (!params.value("name"_L1).isString())
                 return ready(failure(InvalidParams, u"\"name\" must be a text: the name of a method."_s));
             const Result<const Method *> method = registry.find(params.value("name"_L1).toString());
             if (!method)
                 return ready(std::unexpected(method.error()));
             return ready(QJsonValue(QJsonObject{{"name"_L1, (*method)->name},
                                                 {"summary"_L1, QString::fromUtf8((*method)->summary)},
                                                 {"params"_L1, schema((*method)->params)},
                                                 {"result"_L1, schema((*method)->result)}}));
         }});
    registry.add({.name = methods::rpcDiscover,
                  .summary = "All methods as an OpenRPC document",
                  .params = noParams,
                  .result = R"({"type":"object","description":"See https://spec.open-rpc.org"})",
                  .call = [&registry](const QJsonObject &) { return ready(QJsonValue(discover(registry))); }});
}

} // namespace muster::agent
