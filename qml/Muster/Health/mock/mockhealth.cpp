// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Health/mock/mockhealth.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"
#include "protocol/rpc/health.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

namespace {

// As a server judges (server/fleet/device.cpp).
QJsonObject thresholds()
{
    const auto from = [](int warning, int failing) { return QJsonObject{{"warning"_L1, warning}, {"failing"_L1, failing}}; };
    return {{"cpu"_L1, QJsonObject{{"warning"_L1, 950}}},
            {"memory"_L1, from(900, 970)},
            {"disk"_L1, from(850, 950)},
            {"temperature"_L1, from(800, 950)}};
}

Result<QJsonValue> healthOf(MockFleet &fleet, const QJsonObject &params)
{
    if (const auto device = fleet.known(params["id"_L1].toString()); !device)
        return std::unexpected(device.error());
    const MockMembers &members = fleet.members();
    const MockMembers::Member *m = members.find(params["id"_L1].toString());
    const qint64 to = params.contains("to"_L1) ? timeFromJson(params["to"_L1]) : fleet.now();
    const qint64 from = params.contains("from"_L1) ? timeFromJson(params["from"_L1]) : to - hour;
    const qint64 points = std::clamp(params["points"_L1].toInt(360), 1, 1000);
    if (from >= to)
        return failure(InvalidParams, u"\"from\" must lie before \"to\""_s);
    qint64 step = 10 * second;
    for (const qint64 tier :
         {10 * second, 20 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour}) {
        step = tier;
        if ((to - from) / tier <= points)
            break;
    }
    QJsonArray times;
    std::array<QJsonArray, healthFieldCount> average;
    std::array<QJsonArray, healthFieldCount> most;
    const qint64 last = std::min(to, std::max<qint64>(members.evidenceAt(*m), 0));
    for (qint64 time = from - from % step + step; time <= last; time += step) {
        times << time;
        for (int field = 0; field < healthFieldCount; ++field) {
            const double v = members.value(*m, field, time);
            const double spread = (0.03 + 0.12 * unit(m->seed ^ quint64(time) ^ quint64(field)))
                                  * std::min(1.0, double(step) / double(5 * minute) + 0.15);
            const auto f = size_t(field);
            average[f] << (std::isnan(v) ? QJsonValue() : QJsonValue(std::llround(v)));
            const bool steady = field == static_cast<int>(HealthField::Disk);
            const bool share = field <= static_cast<int>(HealthField::Disk);
            most[f] << (std::isnan(v) ? QJsonValue()
                                      : QJsonValue(std::llround(steady ? v : std::min(v * (1 + 1.6 * spread), share ? 1000.0 : 1e12))));
        }
    }
    QJsonObject series{{"time"_L1, times}};
    for (int field = 0; field < healthFieldCount; ++field) {
        const QString name = healthFieldName(static_cast<HealthField>(field));
        series[name] = average[size_t(field)];
        series[name + "_max"_L1] = most[size_t(field)];
    }
    return QJsonObject{{"from"_L1, from}, {"to"_L1, to}, {"step_ms"_L1, step}, {"series"_L1, series}, {"thresholds"_L1, thresholds()}};
}

// Empty while the device is away.
QJsonObject sampleNow(MockFleet &fleet, const QString &id)
{
    return fleet.facts(id).online ? fleet.members().sampleOf(*fleet.members().find(id), fleet.now()) : QJsonObject();
}

} // namespace

MockHealth::MockHealth(MockFleet &fleet)
{
    fleet.table().add(contract::method::devicesHealth, [&fleet](const QJsonObject &params) { return healthOf(fleet, params); });
    fleet.table().topics[QString(contract::topic::health)] = {.picture = [&fleet](const QJsonObject &params) -> Result<QJsonObject> {
                                                                  if (const auto device = fleet.known(params["id"_L1].toString()); !device)
                                                                      return std::unexpected(device.error());
                                                                  return QJsonObject{};
                                                              },
                                                              .news =
                                                                  [&fleet](const QJsonObject &params, qint64) {
                                                                      const QJsonObject sample =
                                                                          sampleNow(fleet, params["id"_L1].toString());
                                                                      return sample.isEmpty() ? sample : QJsonObject{{"sample"_L1, sample}};
                                                                  }};
}

} // namespace muster
