// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"
#include "mock/mockpage.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

void MockFleet::addEvents()
{
    // When each device came or went, and nothing else: no screen shows more of it yet.
    m_table.add(contract::method::eventsList, [this](const QJsonObject &params) {
        QList<QJsonObject> rows;
        for (const MockMembers::Member *m : m_members.select({})) {
            const mock::Device device = facts(m->id);
            if (!device.never)
                rows << QJsonObject{{"time"_L1, timeToJson(device.online ? device.acceptedAt : device.origin - device.offlineFor)},
                                    {"device"_L1, device.id},
                                    {"name"_L1, device.online ? "online"_L1 : "offline"_L1}};
        }
        std::ranges::stable_sort(
            rows, [](const QJsonObject &a, const QJsonObject &b) { return timeFromJson(a["time"_L1]) > timeFromJson(b["time"_L1]); });
        for (qsizetype i = 0; i < rows.size(); ++i)
            rows[i]["id"_L1] = rows.size() - i;
        const QString device = params["device"_L1].toString();
        const QString name = params["name"_L1].toString();
        rows.removeIf([&](const QJsonObject &row) {
            return (!device.isEmpty() && row["device"_L1] != device) || (!name.isEmpty() && row["name"_L1] != name);
        });
        return mock::pageBelow(rows, params);
    });
    m_table.topics[QString(contract::topic::events)] = {
        .picture = [](const QJsonObject &) -> Result<QJsonObject> { return QJsonObject{{"events"_L1, QJsonArray()}}; },
        .news = [](const QJsonObject &, qint64) { return QJsonObject(); }};
}

} // namespace muster
