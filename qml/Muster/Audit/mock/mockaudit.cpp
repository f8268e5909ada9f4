// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Audit/mock/mockaudit.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"
#include "mock/mockpage.h"
#include "mock/mockseed.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

namespace {

bool contains(const QJsonValue &text, const QJsonValue &part)
{
    return text.toString().contains(part.toString(), Qt::CaseInsensitive);
}

} // namespace

MockAudit::MockAudit(MockFleet &fleet)
    : m_fleet(fleet)
{
    fleet.table().add(contract::method::auditList, [this](const QJsonObject &params) { return list(params); });
    if (fleet.kind() != MockFleet::Kind::Empty)
        invent();
}

void MockAudit::invent()
{
    const auto did = [this, isHostile = m_fleet.isHostile()](const QString &who, qint64 age, const QString &method, const QString &target,
                                                             const QString &outcome, const QJsonObject &detail) {
        const auto n = quint64(m_fleet.books().audit.size());
        m_fleet.books().audit << QJsonObject{{"time"_L1, timeToJson(m_fleet.now() - age)},
                                             {"actor"_L1, isHostile ? nasty(n) : who},
                                             {"address"_L1, who == "anonymous"_L1 ? u"198.51.100.7"_s : u"10.0.0.14"_s},
                                             {"method"_L1, method},
                                             {"target"_L1, isHostile ? nasty(n + 1) : target},
                                             {"outcome"_L1, outcome != "ok"_L1 && isHostile ? nasty(n + 2).repeated(4) : outcome},
                                             {"detail"_L1, isHostile ? QJsonObject{{nasty(n + 3), nasty(n)}} : detail}};
    };
    did(u"admin"_s, 2 * minute, u"Session.Create"_s, u"admin"_s, u"ok"_s, {{"user"_L1, "admin"_L1}, {"password"_L1, "…"_L1}});
    did(u"admin"_s, 6 * minute, u"Approvals.Accept"_s, u"gate-02"_s, u"ok"_s, {{"id"_L1, "30"_L1}});
    did(u"anonymous"_s, 14 * minute, u"Session.Create"_s, u"root"_s, u"the user name or the password is wrong"_s,
        {{"user"_L1, "root"_L1}, {"password"_L1, "…"_L1}});
    did(u"eva"_s, 40 * minute, u"Commands.Create"_s, u"press-line-a"_s, u"ok"_s,
        {{"device"_L1, "press-line-a"_L1}, {"method"_L1, "Camera.Snapshot"_L1}});
    did(u"lobby-screen"_s, hour, u"Devices.Forget"_s, u"gate-01"_s,
        u"lobby-screen (viewer) lacks the permission devices.manage: an admin can give it"_s, {{"id"_L1, "gate-01"_L1}});
    did(u"eva"_s, 3 * hour, u"Containers.Restart"_s, u"press-line-a"_s, u"ok"_s,
        {{"id"_L1, "press-line-a"_L1}, {"container"_L1, "press-worker"_L1}});
    for (int i = 0; i < 240; ++i)
        did(i % 3 == 0 ? u"eva"_s : u"admin"_s, 5 * hour + i * 37 * minute,
            i % 4 == 0   ? u"Devices.Call"_s
            : i % 4 == 1 ? u"Session.Create"_s
            : i % 4 == 2 ? u"Containers.Stop"_s
                         : u"Commands.Create"_s,
            i % 4 == 1 ? u"eva"_s : u"pump-north"_s, u"ok"_s, {{"timeout_ms"_L1, 1000 + i}});
    for (qsizetype i = 0; i < m_fleet.books().audit.size(); ++i)
        m_fleet.books().audit[i]["id"_L1] = m_fleet.books().audit.size() - i;
}

Result<QJsonValue> MockAudit::list(const QJsonObject &params) const
{
    const qint64 from = timeFromJson(params["from"_L1]);
    const qint64 to = timeFromJson(params["to"_L1]);
    const QString outcome = params["outcome"_L1].toString();
    QList<QJsonObject> found;
    for (const QJsonObject &entry : m_fleet.books().audit) {
        const qint64 time = timeFromJson(entry["time"_L1]);
        const bool ok = entry["outcome"_L1] == "ok"_L1;
        if (contains(entry["actor"_L1], params["actor"_L1]) && contains(entry["method"_L1], params["method"_L1])
            && contains(entry["target"_L1], params["target"_L1]) && (from <= 0 || time >= from) && (to <= 0 || time < to)
            && (outcome.isEmpty() || ok == (outcome == "ok"_L1)))
            found << entry;
    }
    return page(found, params);
}

} // namespace muster
