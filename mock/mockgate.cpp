// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockgate.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockseed.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <span>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

std::span<const QLatin1StringView> permissionsOf(const QString &role)
{
    if (role == "admin"_L1)
        return contract::adminPermissions;
    if (role == "operator"_L1)
        return contract::operatorPermissions;
    return contract::viewerPermissions;
}

} // namespace

void MockGate::setSignedIn(const QString &user, const QString &role)
{
    m_user = user;
    m_role = role;
}

QJsonObject MockGate::session(qint64 now) const
{
    QJsonArray permissions;
    for (const QLatin1StringView permission : permissionsOf(m_role))
        permissions << permission;
    return {{"id"_L1, "mock"_L1},
            {"user"_L1, m_user},
            {"role"_L1, m_role},
            {"permissions"_L1, permissions},
            {"expires_at"_L1, timeToJson(now + 12 * mock::hour)},
            {"server"_L1, QJsonObject{{"name"_L1, "workshop.local"_L1}, {"version"_L1, QLatin1StringView(MUSTER_VERSION)}}}};
}

Result<void> MockGate::mayDo(QLatin1StringView permission) const
{
    if (permission == contract::permission::everyone || std::ranges::contains(permissionsOf(m_role), permission))
        return {};
    return failure(Forbidden, u"%1 (%2) lacks the permission %3: an admin can give it"_s.arg(m_user, m_role, permission));
}

Result<void> MockGate::mayCall(const QString &method) const
{
    const auto facts = std::ranges::find(contract::methods, method, &contract::MethodFacts::name);
    if (facts == contract::methods.end())
        return failure(MethodNotFound, u"there is no method \"%1\""_s.arg(method));
    return mayDo(facts->permission);
}

Result<void> MockGate::fits(const QString &method, const QJsonObject &params)
{
    // As the server does: a param that was written wrongly is no param that was left out.
    const auto facts = std::ranges::find(contract::methods, method, &contract::MethodFacts::name);
    const QStringList known = facts == contract::methods.end() ? QStringList() : QString(facts->params).split(u' ');
    for (const QString &name : params.keys()) {
        if (!known.contains(name))
            return failure(InvalidParams, u"params: there is no member \"%1\""_s.arg(name));
    }
    return {};
}

} // namespace muster
