// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockfleet.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockpage.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

MockFleet::MockFleet(Kind kind, int devices, qint64 origin)
    : m_kind(kind)
    , m_origin(origin)
    , m_now(origin)
    , m_members(kind == Kind::Empty ? 0 : devices, kind == Kind::Hostile, origin)
{
    m_table.add(contract::method::sessionGet, [this](const QJsonObject &) { return m_gate.session(m_now); });
    addDevices();
    addRecords();
    addEvents();
    for (const mock::Invent invent : mock::features())
        m_features.push_back(invent(*this));
    for (const auto &feature : m_features)
        feature->begin();
}

void MockFleet::addDevices()
{
    m_table.add(contract::method::devicesList, [this](const QJsonObject &params) {
        QList<QJsonObject> rows;
        for (const MockMembers::Member *m : m_members.select(params))
            rows << m_members.row(*m);
        return mock::page(rows, params);
    });
    m_table.add(contract::method::devicesGet, [this](const QJsonObject &params) -> Result<QJsonValue> {
        if (const auto found = known(params["id"_L1].toString()); !found)
            return std::unexpected(found.error());
        return device(params["id"_L1].toString());
    });
    m_table.addChanging(contract::method::devicesForget, [this](const QJsonObject &params) -> Result<QJsonValue> {
        if (!m_members.forget(params["id"_L1].toString()))
            return failure(NotFound, u"There is no such device"_s);
        noteAudit(QString(contract::method::devicesForget), params["id"_L1].toString(), u"ok"_s, params);
        return QJsonObject{{"id"_L1, params["id"_L1]}};
    });
    m_table.topics[QString(contract::topic::fleet)] = {
        .picture = [this](const QJsonObject &) -> Result<QJsonObject> { return QJsonObject{{"counts"_L1, counts()}}; }, .news = {}};
    m_table.topics[QString(contract::topic::device)] = {.picture = [this](const QJsonObject &params) -> Result<QJsonObject> {
                                                            return QJsonObject{{"device"_L1, device(params["id"_L1].toString())}};
                                                        },
                                                        .news = {}};
    m_table.topics[QString(contract::topic::devices)] = {
        .picture = [this](const QJsonObject &params) -> Result<QJsonObject> { return window(params); },
        .news =
            [this](const QJsonObject &params, qint64 since) {
                QJsonObject news = window(params);
                QJsonArray rows;
                for (const auto &id : news["ids"_L1].toArray()) {
                    const MockMembers::Member *m = m_members.find(id.toString());
                    if (m_members.evidenceAt(*m) > since)
                        rows << m_members.row(*m);
                }
                news["rows"_L1] = rows;
                return news;
            }};
}

void MockFleet::setNow(qint64 now)
{
    m_now = now;
    m_members.setNow(now);
    for (const auto &feature : m_features)
        feature->setNow(now);
}

QJsonObject MockFleet::window(const QJsonObject &params) const
{
    const QList<const MockMembers::Member *> found = m_members.select(params);
    const qsizetype offset = std::clamp<qsizetype>(params["offset"_L1].toInt(), 0, found.size());
    const qsizetype limit = std::clamp<qsizetype>(params["limit"_L1].toInt(100), 1, 500);
    QJsonArray ids;
    QJsonArray rows;
    for (const MockMembers::Member *m : found.mid(offset, limit)) {
        ids << m->id;
        rows << m_members.row(*m);
    }
    return {{"total"_L1, found.size()}, {"counts"_L1, counts()}, {"offset"_L1, offset}, {"ids"_L1, ids}, {"rows"_L1, rows}};
}

QJsonValue MockFleet::device(const QString &id) const
{
    const MockMembers::Member *m = m_members.find(id);
    if (!m)
        return QJsonValue::Null;
    QJsonObject row = m_members.row(*m);
    if (m_reported)
        row["reported"_L1] = m_reported(facts(id));
    return row;
}

Result<mock::Device> MockFleet::known(const QString &id) const
{
    mock::Device found = facts(id);
    if (found.id.isEmpty())
        return failure(NotFound, u"There is no device \"%1\""_s.arg(id));
    return found;
}

QJsonObject MockFleet::counts() const
{
    FleetCounts all = m_members.counts();
    all.approvals = m_waiting ? m_waiting() : 0;
    return all.toJson();
}

void MockFleet::noteAudit(const QString &method, const QString &target, const QString &outcome, const QJsonObject &detail)
{
    m_books.audit.prepend({{"id"_L1, m_books.audit.size() + 1},
                           {"time"_L1, timeToJson(m_now)},
                           {"actor"_L1, m_gate.user()},
                           {"address"_L1, "10.0.0.14"_L1},
                           {"method"_L1, method},
                           {"target"_L1, target},
                           {"outcome"_L1, outcome},
                           {"detail"_L1, detail}});
}

Result<QJsonValue> MockFleet::ask(const mock::Device &device, const QString &method, const QJsonObject &params) const
{
    if (!m_answer)
        return failure(MethodNotFound, u"The device has no method \"%1\""_s.arg(method));
    return m_answer(device, method, params);
}

Result<QJsonValue> MockFleet::call(const QString &method, const QJsonObject &params)
{
    if (const auto allowed = m_gate.mayCall(method); !allowed)
        return std::unexpected(allowed.error());
    if (const auto good = MockGate::fits(method, params); !good)
        return std::unexpected(good.error());
    const auto entry = m_table.calls.constFind(method);
    if (entry == m_table.calls.cend())
        return failure(MethodNotFound, u"There is no method \"%1\""_s.arg(method));
    return entry->answer(params);
}

} // namespace muster
