// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Shadow/mock/mockshadow.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

MockShadow::MockShadow(MockFleet &fleet)
    : m_fleet(fleet)
{
    fleet.setReported([this](const mock::Device &device) { return of(device).reported.values; });
    fleet.table().topics[QString(contract::topic::shadow)] = {.picture = [this](const QJsonObject &params) -> Result<QJsonObject> {
                                                                  const auto device = m_fleet.known(params["id"_L1].toString());
                                                                  if (!device)
                                                                      return std::unexpected(device.error());
                                                                  return QJsonObject{{"shadow"_L1, document(*device)}};
                                                              },
                                                              .news = {}};
    fleet.table().add(contract::method::shadowGet, [this](const QJsonObject &params) -> Result<QJsonValue> {
        const auto device = m_fleet.known(params["id"_L1].toString());
        return device ? Result<QJsonValue>(document(*device)) : std::unexpected(device.error());
    });
    fleet.table().addChanging(contract::method::shadowUpdate, [this](const QJsonObject &params) { return update(params); });
}

MockShadow::Kept &MockShadow::of(const mock::Device &device)
{
    const auto found = m_kept.find(device.id);
    if (found != m_kept.end())
        return *found;
    Kept kept;
    const qint64 then = device.origin - device.offlineFor;
    const MockMembers::Member *member = m_fleet.members().find(device.id);
    kept.reported = merged({}, m_fleet.members().row(*member)["reported"_L1].toObject(), then - 5 * hour);
    if (!device.never) {
        kept.reported = merged(kept.reported,
                               {{"light"_L1, QJsonObject{{"on"_L1, true}, {"level"_L1, 60}}},
                                {"mode"_L1, device.hostile ? QJsonValue(nasty(device.seed)) : QJsonValue("auto"_L1)},
                                {"report_every_s"_L1, 30}},
                               then - 3 * day);
    }
    if (device.seed % 3 != 1 || device.id == "press-line-a"_L1) {
        kept.desired =
            merged({}, {{"light"_L1, QJsonObject{{"on"_L1, true}, {"level"_L1, 60}}}, {"report_every_s"_L1, 30}}, device.origin - 9 * day);
        kept.version = 4;
        kept.changedAt = device.origin - 9 * day;
        kept.changedBy = u"eva"_s;
        if (device.id == "press-line-a"_L1 || !device.online) {
            kept.desired = merged(kept.desired, {{"report_every_s"_L1, 10}}, device.origin - 2 * minute);
            kept.version = 5;
            kept.changedAt = device.origin - 2 * minute;
            kept.isTold = device.online;
        }
    }
    return *m_kept.insert(device.id, kept);
}

QJsonObject MockShadow::document(const mock::Device &device)
{
    const Kept &kept = of(device);
    QJsonValue told = QJsonValue::Null;
    if (kept.version > 0 && kept.isTold)
        told = QJsonObject{
            {"version"_L1, kept.version}, {"at"_L1, timeToJson(kept.changedAt + 120)}, {"error"_L1, QJsonValue(QJsonValue::Null)}};
    return {
        {"state"_L1, QJsonObject{{"desired"_L1, kept.desired.values},
                                 {"reported"_L1, kept.reported.values},
                                 {"delta"_L1, deltaOf(kept.desired.values, kept.reported.values)}}},
        {"metadata"_L1, QJsonObject{{"desired"_L1, metadataJson(kept.desired.times)}, {"reported"_L1, metadataJson(kept.reported.times)}}},
        {"version"_L1, kept.version},
        {"timestamp"_L1, kept.changedAt / 1000},
        {"changed_at"_L1, kept.changedAt > 0 ? QJsonValue(timeToJson(kept.changedAt)) : QJsonValue(QJsonValue::Null)},
        {"changed_by"_L1, kept.changedBy},
        {"told"_L1, told}};
}

Result<QJsonValue> MockShadow::update(const QJsonObject &params)
{
    const QJsonObject state = params["state"_L1].toObject();
    if (state.size() != 1 || !state["desired"_L1].isObject())
        return failure(InvalidParams, u"\"state\" must be {\"desired\": {…}}"_s);
    if (state["desired"_L1].toObject().contains("muster"_L1))
        return failure(Forbidden, u"\"muster\" is what the agent says of itself"_s);
    const auto device = m_fleet.known(params["id"_L1].toString());
    if (!device)
        return std::unexpected(device.error());
    Kept &kept = of(*device);
    const qint64 version = params["version"_L1].toInteger();
    if (version > 0 && version != kept.version)
        return failure(Conflict, u"the desired state of %1 has version %2 by now, not %3"_s.arg(device->id).arg(kept.version).arg(version),
                       QJsonObject{{"version"_L1, kept.version}});
    kept.desired = merged(kept.desired, state["desired"_L1].toObject(), m_fleet.now());
    ++kept.version;
    kept.changedAt = m_fleet.now();
    kept.changedBy = m_fleet.gate().user();
    kept.isTold = device->online;
    m_changed << device->id;
    m_fleet.noteAudit(QString(contract::method::shadowUpdate), device->id, u"ok"_s, {{"desired"_L1, state["desired"_L1]}});
    return document(*device);
}

void MockShadow::setNow(qint64 now)
{
    for (const QString &id : std::exchange(m_changed, {})) {
        const mock::Device device = m_fleet.facts(id);
        Kept &kept = m_kept[id];
        if (device.online)
            kept.reported = merged(kept.reported, deltaOf(kept.desired.values, kept.reported.values), now);
    }
}

} // namespace muster
