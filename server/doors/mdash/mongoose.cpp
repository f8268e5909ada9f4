// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/mdash/mongoose.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "server/deviceerror.h"
#include "server/doors/facts.h"
#include "server/secrets.h"

#include <QDateTime>
#include <QJsonDocument>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster::doors::mongoose {

namespace {

/// Pairs of what means the same: a device's code, ours. The first that has ours goes the other way.
constexpr std::array codes{
    std::pair(404, int(MethodNotFound)),   std::pair(-32601, int(MethodNotFound)), std::pair(400, int(InvalidParams)),
    std::pair(-32602, int(InvalidParams)), std::pair(403, int(Forbidden)),         std::pair(401, int(Unauthenticated)),
    std::pair(418, int(Unavailable)),      std::pair(503, int(Unavailable)),       std::pair(429, int(TooMany)),
    std::pair(413, int(TooLarge)),         std::pair(500, int(InternalError))};
constexpr int failed = 500;

/// Names in RPC.List that are worth to be shown, and the length of each.
constexpr qsizetype mostMethods = 500;

struct Known
{
    QLatin1StringView name;
    QLatin1StringView summary;
    QLatin1StringView schema; ///< of the params' properties
};
/// What these methods take, as their sources have it: a device itself gives no more than their names.
constexpr std::array known{
    Known{"Sys.GetInfo"_L1, "What the device is and how it is"_L1, "{}"_L1},
    Known{"Sys.Reboot"_L1, "Start the device anew"_L1, R"({"delay_ms":{"type":"integer","minimum":0,"default":100}})"_L1},
    Known{"Sys.SetDebug"_L1, "Where the device logs to, and how much"_L1,
          R"({"udp_log_addr":{"type":"string"},"level":{"type":"integer","minimum":-1,"maximum":4}})"_L1},
    Known{"RPC.List"_L1, "The methods of the device"_L1, "{}"_L1},
    Known{"RPC.Describe"_L1, "What a method takes"_L1, R"({"name":{"type":"string"}})"_L1},
    Known{"RPC.Ping"_L1, "Whether it answers"_L1, "{}"_L1},
    Known{"Config.Get"_L1, "The configuration, or a part of it; what signs in is masked"_L1, R"({"key":{"type":"string"}})"_L1},
    Known{"Config.Set"_L1, "Change the configuration"_L1,
          R"({"config":{"type":"object"},"save":{"type":"boolean"},"reboot":{"type":"boolean"}})"_L1},
    Known{"Config.Save"_L1, "Keep the configuration"_L1, R"({"reboot":{"type":"boolean"}})"_L1},
    Known{"FS.List"_L1, "The names of its files"_L1, R"({"path":{"type":"string"}})"_L1},
    Known{"FS.ListExt"_L1, "Its files with their sizes"_L1, R"({"path":{"type":"string"}})"_L1},
    Known{"FS.Get"_L1, "A part of a file, in base64"_L1,
          R"({"filename":{"type":"string"},"offset":{"type":"integer","minimum":0},"len":{"type":"integer","minimum":0}})"_L1},
    Known{
        "FS.Put"_L1, "Write a file, from base64"_L1,
        R"({"filename":{"type":"string"},"offset":{"type":"integer","minimum":0},"data":{"type":"string"},"append":{"type":"boolean"}})"_L1},
    Known{"FS.Remove"_L1, "Remove a file"_L1, R"({"filename":{"type":"string"}})"_L1},
    Known{"FS.Rename"_L1, "Rename a file"_L1, R"({"src":{"type":"string"},"dst":{"type":"string"}})"_L1},
    Known{"Wifi.Scan"_L1, "The networks around it"_L1, "{}"_L1},
    Known{"Wifi.SetupSTA"_L1, "The network that it joins"_L1,
          R"({"enable":{"type":"boolean"},"ssid":{"type":"string"},"pass":{"type":"string"}})"_L1},
    Known{"Wifi.SetupAP"_L1, "The network that it makes"_L1,
          R"({"enable":{"type":"boolean"},"ssid":{"type":"string"},"pass":{"type":"string"}})"_L1},
    Known{"OTA.Update"_L1, "Fetch and install firmware"_L1,
          R"({"url":{"type":"string"},"commit_timeout":{"type":"integer","minimum":0}})"_L1},
    Known{"OTA.Commit"_L1, "Keep the firmware that runs"_L1, "{}"_L1},
    Known{"OTA.Revert"_L1, "Go back to the firmware before"_L1, "{}"_L1},
};

QJsonObject methodOf(const QString &name)
{
    const auto found = std::ranges::find(known, name, &Known::name);
    QJsonObject method{{"name"_L1, name}};
    QJsonArray params;
    if (found != known.end()) {
        method.insert("summary"_L1, found->summary);
        const QJsonObject properties =
            QJsonDocument::fromJson(QByteArrayView(found->schema.data(), found->schema.size()).toByteArray()).object();
        for (auto it = properties.begin(); it != properties.end(); ++it)
            params.append(QJsonObject{{"name"_L1, it.key()}, {"schema"_L1, *it}});
    }
    method.insert("paramStructure"_L1, "by-name"_L1);
    method.insert("params"_L1, params);
    return method;
}

qint64 permille(double all, double rest)
{
    return all > 0 && rest >= 0 && rest <= all ? qRound64((all - rest) / all * 1000) : HealthSample::missing;
}

} // namespace

Error errorOf(const QJsonObject &error)
{
    const int code = error["code"_L1].toInt(failed);
    const auto found = std::ranges::find(codes, code, &std::pair<int, int>::first);
    const QString message = cleanText(error["message"_L1].toString(), limits::textLength);
    return asDeviceError({.code = found == codes.end() ? int(InternalError) : found->second,
                          .message = message.isEmpty() ? u"the device gave error %1"_s.arg(code) : message,
                          .detail = QJsonObject{{"code"_L1, code}}});
}

Result<QJsonValue> answerOf(const QJsonValue &result, const QJsonValue &error)
{
    // Libraries send an empty error beside a result; an error of another form is an error all the same.
    const QJsonValue code = error["code"_L1];
    const bool isNone = error.isUndefined() || error.isNull()
                        || (error.isObject() && (code.toInt() == 0 && !result.isUndefined() && !(result.isNull() && code.isUndefined())));
    if (!isNone)
        return std::unexpected(
            errorOf(error.isObject()
                        ? error.toObject()
                        : QJsonObject{{"message"_L1, error.isString() ? error.toString()
                                                                      : u"the device gave error %1"_s.arg(error.toVariant().toString())}}));
    if (result.isUndefined())
        return std::unexpected(errorOf({{"message"_L1, u"the device answered with neither a result nor an error"_s}}));
    return result;
}

QJsonObject errorFor(const Error &error)
{
    const auto found = std::ranges::find(codes, error.code, &std::pair<int, int>::second);
    return {{"code"_L1, found == codes.end() ? failed : found->first}, {"message"_L1, error.message}};
}

QJsonObject machineOf(const QJsonObject &info)
{
    QJsonObject facts;
    for (const auto &name :
         {"arch"_L1, "mac"_L1, "fw_version"_L1, "fw_id"_L1, "mg_version"_L1, "ram_size"_L1, "fs_size"_L1, "reboot_reason"_L1}) {
        if (info.contains(name))
            facts.insert(name, info[name]);
    }
    if (const QString app = info["app"_L1].toString(); !app.isEmpty())
        facts.insert("model"_L1, app);
    facts.insert("os"_L1, info.contains("mg_version"_L1) ? u"Mongoose OS %1"_s.arg(info["mg_version"_L1].toString()) : u"mDash library"_s);
    for (const auto &[part, name] : {std::pair("wifi"_L1, "sta_ip"_L1), std::pair("eth"_L1, "ip"_L1)}) {
        if (const QString address = info[part][name].toString(); !address.isEmpty())
            facts.insert("ip"_L1, address);
    }
    if (const QString ssid = info["wifi"_L1]["ssid"_L1].toString(); !ssid.isEmpty())
        facts.insert("ssid"_L1, ssid);
    return cleanFacts(facts);
}

QJsonObject agentOf(const QJsonObject &info)
{
    return cleanFacts({{"name"_L1, info["app"_L1].toString(u"mDash device"_s)}, {"version"_L1, info["fw_version"_L1].toString()}});
}

std::optional<HealthSample> healthOf(const QJsonObject &info)
{
    HealthSample sample{.time = QDateTime::currentMSecsSinceEpoch()};
    const double memory = info["ram_size"_L1].toDouble(info["ram_total"_L1].toDouble());
    sample[HealthField::Memory] = permille(memory, info["ram_free"_L1].toDouble(-1));
    sample[HealthField::Disk] = permille(info["fs_size"_L1].toDouble(), info["fs_free"_L1].toDouble(-1));
    const bool saysNothing = sample[HealthField::Memory] == HealthSample::missing && sample[HealthField::Disk] == HealthSample::missing;
    return saysNothing ? std::nullopt : std::optional(sample);
}

QJsonObject openRpcOf(const QJsonArray &names)
{
    QJsonArray methods;
    for (const auto &name : names) {
        const QString text = cleanText(name.toString(), limits::deviceIdLength);
        if (!text.isEmpty() && methods.size() < mostMethods)
            methods.append(methodOf(text));
    }
    return {{"openrpc"_L1, "1.3.2"_L1},
            {"info"_L1, QJsonObject{{"title"_L1, "mDash device"_L1}, {"version"_L1, "1"_L1}}},
            {"methods"_L1, methods}};
}

QJsonValue masked(const QJsonValue &config, const QString &key)
{
    // Under its own name, also where that was asked for alone.
    const QString name = key.section(u'.', -1);
    return withoutSecrets(QJsonObject{{name, config}}, Hidden::Texts)[name];
}

QJsonObject shadowFor(const QJsonObject &document)
{
    QJsonObject shadow;
    for (const auto &name : {"state"_L1, "metadata"_L1, "version"_L1, "timestamp"_L1})
        shadow.insert(name, document[name]);
    return shadow;
}

} // namespace muster::doors::mongoose
