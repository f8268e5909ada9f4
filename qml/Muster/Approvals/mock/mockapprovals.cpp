// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Approvals/mock/mockapprovals.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"
#include "mock/mockpage.h"

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

namespace {

constexpr int firstApproval = 64;

} // namespace

MockApprovals::MockApprovals(MockFleet &fleet)
    : m_fleet(fleet)
{
    if (fleet.kind() != MockFleet::Kind::Empty)
        invent();
    fleet.setWaiting([this] { return int(pending().size()); });
    const auto list = [this](const QJsonObject &params) {
        return pageBelow(found(params["state"_L1].toString(u"pending"_s), params["text"_L1].toString()), params);
    };
    MockTable &table = fleet.table();
    table.add(contract::method::approvalsList, list);
    table.addChanging(contract::method::approvalsRejectFrom, [this](const QJsonObject &params) { return rejectFrom(params); });
    table.addChanging(contract::method::approvalsAccept, [this](const QJsonObject &params) { return decide(params, true); });
    table.addChanging(contract::method::approvalsReject, [this](const QJsonObject &params) { return decide(params, false); });
    table.topics[QString(contract::topic::approvals)] = {.picture = [list](const QJsonObject &params) -> Result<QJsonObject> {
                                                             return list({{"text"_L1, params["text"_L1]}, {"limit"_L1, 500}});
                                                         },
                                                         .news = {}};
}

void MockApprovals::invent()
{
    const auto make = [this](int number, const QString &id, quint64 seed, const QString &algorithm, int bits, qint64 age, int attempts,
                             qint64 clock) {
        QJsonObject a{{"id"_L1, QString::number(firstApproval - number)}, // the newest comes first
                      {"device_id"_L1, id},
                      {"kind"_L1, "new"_L1},
                      {"state"_L1, "pending"_L1},
                      {"fingerprint"_L1, fingerprintOf(seed)},
                      {"words"_L1, wordsOf(seed)},
                      {"algorithm"_L1, algorithm},
                      {"bits"_L1, bits},
                      {"address"_L1, u"10.0.%1.%2"_s.arg(number % 8).arg(17 + number % 200)},
                      {"first_seen"_L1, timeToJson(m_fleet.origin() - age)},
                      {"last_seen"_L1, timeToJson(m_fleet.origin() - 3 * second)},
                      {"attempts"_L1, attempts},
                      {"connected"_L1, true},
                      {"machine"_L1, m_fleet.members().machine(seed)},
                      {"agent"_L1, QJsonObject{{"name"_L1, "muster-agent"_L1}, {"version"_L1, "0.1.0"_L1}}},
                      {"clock_ahead_ms"_L1, clock},
                      {"twins"_L1, QJsonArray()},
                      {"replaces"_L1, QJsonValue::Null}};
        m_approvals << a;
    };
    make(31, u"camera-dock-3"_s, 424'242, u"EdDSA"_s, 256, 4 * minute, 6, -41 * minute);
    make(32, u"pump-north"_s, 555'001, u"EdDSA"_s, 256, 11 * minute, 14, 0);
    make(33, u"meter-0131"_s, 777'003, u"RS256"_s, 3072, 26 * minute, 31, 2 * second);
    const MockMembers::Member *known = m_fleet.members().find(u"pump-north"_s);
    m_approvals[1]["kind"_L1] = "new_key"_L1;
    if (known)
        m_approvals[1]["replaces"_L1] =
            QJsonObject{{"fingerprint"_L1, fingerprintOf(known->keySeed)}, {"words"_L1, wordsOf(known->keySeed)}};
    if (m_fleet.isHostile()) {
        for (int i = 0; i < m_approvals.size(); ++i) {
            m_approvals[i]["device_id"_L1] = nasty(quint64(i));
            m_approvals[i]["twins"_L1] = QJsonArray{nasty(1), nasty(0)};
        }
        for (quint64 i = 3; i < 8; ++i) {
            make(31 + int(i), nasty(i), i, nasty(i + 1), 1, day * 400, 1'000'000, -400 * day);
            m_approvals.last()["address"_L1] = "fd00:1234:5678:9abc:def0:1234:5678:9abc"_L1;
        }
    }
}

QJsonObject MockApprovals::shown(QJsonObject approval) const
{
    const auto waits = [&approval](const QJsonObject &other) {
        return other["state"_L1] == "pending"_L1 && other["address"_L1] == approval["address"_L1];
    };
    approval["network"_L1] = approval["address"_L1];
    approval["pending_from_network"_L1] = std::ranges::count_if(m_approvals, waits);
    return approval;
}

QList<QJsonObject> MockApprovals::found(const QString &state, const QString &text) const
{
    QList<QJsonObject> all;
    for (const QJsonObject &a : m_approvals) {
        const bool matches = std::ranges::any_of(std::array{"device_id"_L1, "address"_L1, "fingerprint"_L1}, [&](QLatin1StringView member) {
            return a[member].toString().contains(text, Qt::CaseInsensitive);
        });
        if (matches && (a["state"_L1] == state || (state == "all"_L1 && a["state"_L1] != "accepted"_L1)))
            all << shown(a);
    }
    return all;
}

QJsonArray MockApprovals::pending(const QString &text) const
{
    QJsonArray items;
    for (const QJsonObject &a : found(u"pending"_s, text))
        items << a;
    return items;
}

Result<QJsonValue> MockApprovals::decide(const QJsonObject &params, bool accept)
{
    const QString id = params["id"_L1].toString();
    const auto it = std::ranges::find_if(m_approvals, [&id](const QJsonObject &a) { return a["id"_L1] == id; });
    if (it == m_approvals.end())
        return failure(NotFound, u"There is no approval \"%1\""_s.arg(id));
    if (params.contains("fingerprint"_L1) && params["fingerprint"_L1] != (*it)["fingerprint"_L1])
        return failure(Conflict, u"The device has come back with another key: look again"_s);
    // Who was rejected by mistake may be accepted yet.
    if ((*it)["state"_L1] != "pending"_L1 && !(accept && (*it)["state"_L1] == "rejected"_L1))
        return failure(Conflict, u"Somebody has decided on this key already"_s);
    (*it)["state"_L1] = accept ? "accepted"_L1 : "rejected"_L1;
    (*it)["decided_at"_L1] = timeToJson(m_fleet.now());
    (*it)["decided_by"_L1] = "admin"_L1;
    const QString deviceId = (*it)["device_id"_L1].toString();
    m_fleet.members().decideKey(deviceId, accept ? id.toULongLong() * 1001 : 0);
    m_fleet.noteAudit(accept ? u"Approvals.Accept"_s : u"Approvals.Reject"_s, deviceId, u"ok"_s);
    return shown(*it);
}

Result<QJsonValue> MockApprovals::rejectFrom(const QJsonObject &params)
{
    QJsonArray waiting;
    for (const auto &approval : pending()) {
        if (approval["network"_L1] == params["address"_L1])
            waiting << approval;
    }
    if (waiting.isEmpty())
        return failure(NotFound, u"no key waits from %1"_s.arg(params["address"_L1].toString()));
    if (waiting.size() > params["count"_L1].toInt())
        return failure(Conflict, u"%1 keys wait from %2 now: look again"_s.arg(waiting.size()).arg(params["address"_L1].toString()));
    for (const auto &approval : std::as_const(waiting)) {
        if (const auto done = decide({{"id"_L1, approval["id"_L1]}}, false); !done)
            return done;
    }
    return QJsonObject{{"network"_L1, params["address"_L1]}, {"rejected"_L1, waiting.size()}};
}

} // namespace muster
