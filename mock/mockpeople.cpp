// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockpeople.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockpage.h"
#include "mock/mockseed.h"

#include <QStringList>

#include <span>

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

namespace {

std::span<const QLatin1StringView> permissionsOf(const QString &role)
{
    if (role == "admin"_L1)
        return contract::adminPermissions;
    if (role == "operator"_L1)
        return contract::operatorPermissions;
    return contract::viewerPermissions;
}

QString idOf(quint64 seed)
{
    return QString::number(mix(seed), 36);
}

bool contains(const QJsonValue &text, const QJsonValue &part)
{
    return text.toString().contains(part.toString(), Qt::CaseInsensitive);
}

constexpr qsizetype shortestPassword = 10;

} // namespace

MockPeople::MockPeople(qint64 origin, bool isEmpty, bool isHostile)
    : m_now(origin)
{
    const auto account = [this, origin](const QString &user, const QString &role, bool hasPassword, qint64 age) {
        m_accounts << QJsonObject{
            {"user"_L1, user}, {"role"_L1, role}, {"has_password"_L1, hasPassword}, {"created_at"_L1, timeToJson(origin - age)}};
    };
    const auto session = [this, origin](const QString &user, const QString &address, const QString &client, qint64 age) {
        m_sessions << QJsonObject{{"id"_L1, idOf(seedOf(user) + quint64(age))},
                                  {"user"_L1, user},
                                  {"created_at"_L1, timeToJson(origin - age)},
                                  {"expires_at"_L1, timeToJson(origin - age + 12 * hour)},
                                  {"address"_L1, address},
                                  {"client"_L1, client}};
    };
    account(u"admin"_s, u"admin"_s, true, 300 * day);
    session(u"admin"_s, u"10.0.0.14"_s, u"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"_s, 2 * minute);
    if (isEmpty)
        return;
    account(u"eva"_s, u"operator"_s, true, 120 * day);
    account(u"lobby-screen"_s, u"viewer"_s, false, 30 * day);
    session(u"eva"_s, u"10.0.3.8"_s, u"Muster/0.1.0 (Debian GNU/Linux 13)"_s, 50 * minute);
    session(
        u"eva"_s, u"2001:db8:4::17"_s,
        u"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile Safari/604.1"_s,
        5 * hour);
    session(u"lobby-screen"_s, u"10.0.3.40"_s, u"Mozilla/5.0 (X11; Linux aarch64) AppleWebKit/537.36 Chromium/131.0"_s, 9 * hour);
    const auto key = [this, origin](const QString &name, const QString &user, qint64 age, qint64 lasts) {
        m_keys << QJsonObject{{"id"_L1, u"k%1"_s.arg(++m_lastKey)},
                              {"name"_L1, name},
                              {"user"_L1, user},
                              {"created_at"_L1, timeToJson(origin - age)},
                              {"expires_at"_L1, lasts > 0 ? QJsonValue(timeToJson(origin - age + lasts)) : QJsonValue::Null}};
    };
    key(u"prometheus"_s, u"lobby-screen"_s, 20 * day, 0);
    key(u"nightly-report"_s, u"eva"_s, 40 * day, 365 * day);
    if (isHostile) {
        for (quint64 i = 0; i < 8; ++i) {
            account(nasty(i), i % 2 == 0 ? u"operator"_s : u"viewer"_s, i % 3 == 0, qint64(i) * day);
            session(nasty(i), nasty(i + 1), nasty(i + 2).repeated(3), qint64(10 + i) * hour);
            key(nasty(i + 3), nasty(i), qint64(50 + i) * day, 0);
        }
    }
    const auto did = [this, isHostile](const QString &who, qint64 age, const QString &method, const QString &target, const QString &outcome,
                                       const QJsonObject &detail) {
        const auto n = quint64(m_audit.size());
        m_audit << QJsonObject{{"time"_L1, timeToJson(m_now - age)},
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
    for (qsizetype i = 0; i < m_audit.size(); ++i)
        m_audit[i]["id"_L1] = m_audit.size() - i;
}

void MockPeople::setSignedIn(const QString &user, const QString &role)
{
    m_user = user;
    m_role = role;
}

QJsonObject MockPeople::session() const
{
    QJsonArray permissions;
    for (const QLatin1StringView permission : permissionsOf(m_role))
        permissions << permission;
    return {{"id"_L1, "mock"_L1},
            {"user"_L1, m_user},
            {"role"_L1, m_role},
            {"permissions"_L1, permissions},
            {"expires_at"_L1, timeToJson(m_now + 12 * hour)},
            {"server"_L1, QJsonObject{{"name"_L1, "workshop.local"_L1}, {"version"_L1, QLatin1StringView(MUSTER_VERSION)}}}};
}

Result<void> MockPeople::may(QLatin1StringView permission) const
{
    if (permission == contract::permission::everyone || std::ranges::contains(permissionsOf(m_role), permission))
        return {};
    return failure(Forbidden, u"%1 (%2) lacks the permission %3: an admin can give it"_s.arg(m_user, m_role, permission));
}

void MockPeople::note(const QString &method, const QString &target, const QString &outcome, const QJsonObject &detail)
{
    m_audit.prepend({{"id"_L1, m_audit.size() + 1},
                     {"time"_L1, timeToJson(m_now)},
                     {"actor"_L1, m_user},
                     {"address"_L1, "10.0.0.14"_L1},
                     {"method"_L1, method},
                     {"target"_L1, target},
                     {"outcome"_L1, outcome},
                     {"detail"_L1, detail}});
}

bool MockPeople::knows(const QString &method)
{
    return method.startsWith("Users."_L1) || method.startsWith("ApiKeys."_L1) || method.startsWith("Session"_L1)
           || method == contract::method::signInLinksCreate || method == contract::method::auditList;
}

Result<QJsonValue> MockPeople::call(const QString &method, const QJsonObject &params)
{
    if (method == contract::method::sessionGet)
        return session();
    if (method == contract::method::auditList)
        return audit(params);
    const Result<QJsonValue> answer = method == contract::method::signInLinksCreate ? link(params)
                                      : method.startsWith("Users."_L1)              ? users(method, params)
                                      : method.startsWith("ApiKeys."_L1)            ? keys(method, params)
                                                                                    : sessions(method, params);
    if (!method.endsWith(".List"_L1)) {
        QJsonObject detail = params;
        if (detail.contains("password"_L1))
            detail["password"_L1] = "…"_L1;
        const QString target = params[params.contains("user"_L1) ? "user"_L1 : params.contains("name"_L1) ? "name"_L1 : "id"_L1].toString();
        note(method, target, answer ? u"ok"_s : answer.error().message, detail);
    }
    return answer;
}

QList<QJsonObject>::iterator MockPeople::accountNamed(const QString &user)
{
    return std::ranges::find_if(m_accounts,
                                [&user](const QJsonObject &a) { return a["user"_L1].toString().compare(user, Qt::CaseInsensitive) == 0; });
}

QJsonObject MockPeople::shown(QJsonObject account) const
{
    const auto count = [&account](const QList<QJsonObject> &list) {
        return std::ranges::count_if(list, [&account](const QJsonObject &one) { return one["user"_L1] == account["user"_L1]; });
    };
    account["sessions"_L1] = count(m_sessions);
    account["api_keys"_L1] = count(m_keys);
    return account;
}

Result<QJsonValue> MockPeople::users(const QString &method, const QJsonObject &params)
{
    const QString user = params["user"_L1].toString();
    if (method == contract::method::usersList) {
        QList<QJsonObject> found;
        for (const QJsonObject &account : std::as_const(m_accounts)) {
            if (contains(account["user"_L1], params["text"_L1]))
                found << shown(account);
        }
        const auto nameOf = [](const QJsonObject &account) { return account["user"_L1].toString().toLower(); };
        std::ranges::sort(found, {}, nameOf);
        return page(found, params, nameOf);
    }
    const QString password = params["password"_L1].toString();
    if (!password.isEmpty() && password.size() < shortestPassword)
        return failure(InvalidParams, u"the password must have 10 to 1024 characters"_s);
    const auto account = accountNamed(user);
    if (method == contract::method::usersCreate) {
        if (account != m_accounts.end())
            return failure(Conflict, u"there is an account \"%1\" already"_s.arg(user));
        if (user.trimmed() != user || user.isEmpty())
            return failure(InvalidParams, u"a user name has 1 to 64 characters, without spaces around it"_s);
        m_accounts << QJsonObject{{"user"_L1, user},
                                  {"role"_L1, params["role"_L1]},
                                  {"has_password"_L1, !password.isEmpty()},
                                  {"created_at"_L1, timeToJson(m_now)}};
        return shown(m_accounts.last());
    }
    if (account == m_accounts.end())
        return failure(NotFound, u"there is no account \"%1\""_s.arg(user));
    if (method == contract::method::usersUpdate) {
        if (params.contains("role"_L1)) {
            if (user == m_user)
                return failure(Forbidden, u"nobody changes their own role: ask another admin"_s);
            (*account)["role"_L1] = params["role"_L1];
        }
        if (!password.isEmpty()) {
            (*account)["has_password"_L1] = true;
            m_sessions.removeIf([&user](const QJsonObject &one) { return one["user"_L1] == user; });
        }
        return QJsonObject{};
    }
    if ((*account)["role"_L1] == "admin"_L1
        && std::ranges::count_if(m_accounts, [](const QJsonObject &a) { return a["role"_L1] == "admin"_L1; }) == 1)
        return failure(Conflict, u"the last admin cannot go"_s);
    m_accounts.erase(account);
    for (QList<QJsonObject> *list : {&m_sessions, &m_keys})
        list->removeIf([&user](const QJsonObject &one) { return one["user"_L1] == user; });
    return QJsonObject{};
}

Result<QJsonValue> MockPeople::keys(const QString &method, const QJsonObject &params)
{
    const QString user = params["user"_L1].toString(method == contract::method::apiKeysCreate ? m_user : QString());
    if (!user.isEmpty() && accountNamed(user) == m_accounts.end())
        return failure(NotFound, u"there is no account \"%1\""_s.arg(user));
    if (method == contract::method::apiKeysList) {
        QList<QJsonObject> found;
        for (const QJsonObject &key : std::as_const(m_keys)) {
            if (user.isEmpty() || key["user"_L1] == user)
                found << key;
        }
        return page(found, params);
    }
    if (method == contract::method::apiKeysCreate) {
        const qint64 days = params["expires_in_days"_L1].toInteger();
        m_keys.prepend({{"id"_L1, u"k%1"_s.arg(++m_lastKey)},
                        {"name"_L1, params["name"_L1]},
                        {"user"_L1, user},
                        {"created_at"_L1, timeToJson(m_now)},
                        {"expires_at"_L1, days > 0 ? QJsonValue(timeToJson(m_now + days * day)) : QJsonValue::Null}});
        return QJsonObject{{"id"_L1, m_keys.first()["id"_L1]},
                           {"api_key"_L1, u"mk_"_s + QString::number(mix(quint64(m_lastKey)), 36) + QString::number(mix(7), 36)}};
    }
    if (m_keys.removeIf([&params](const QJsonObject &key) { return key["id"_L1] == params["id"_L1]; }) == 0)
        return failure(NotFound, u"there is no such API key"_s);
    return QJsonObject{};
}

Result<QJsonValue> MockPeople::sessions(const QString &method, const QJsonObject &params)
{
    const bool everybody = may(contract::permission::peopleManage).has_value();
    if (method == contract::method::sessionsList) {
        QList<QJsonObject> found;
        for (QJsonObject one : std::as_const(m_sessions)) {
            const bool mayBeSeen = everybody || one["user"_L1] == m_user;
            if (!mayBeSeen || (params.contains("user"_L1) && one["user"_L1] != params["user"_L1]))
                continue;
            one["current"_L1] = one["user"_L1] == m_user && found.isEmpty();
            found << one;
        }
        return page(found, params);
    }
    if (method != contract::method::sessionsRevoke)
        return QJsonObject{};
    if (m_sessions.removeIf(
            [&](const QJsonObject &one) { return one["id"_L1] == params["id"_L1] && (everybody || one["user"_L1] == m_user); })
        == 0)
        return failure(NotFound, u"there is no such session"_s);
    return QJsonObject{};
}

Result<QJsonValue> MockPeople::link(const QJsonObject &params) const
{
    const QString user = params["user"_L1].toString(m_user);
    if (std::ranges::none_of(m_accounts, [&user](const QJsonObject &a) { return a["user"_L1] == user; }))
        return failure(NotFound, u"there is no account \"%1\""_s.arg(user));
    return QJsonObject{{"link"_L1, "http://127.0.0.1:8420/#/sign-in/mocktoken"_L1}, {"expires_at"_L1, timeToJson(m_now + hour)}};
}

Result<QJsonValue> MockPeople::audit(const QJsonObject &params) const
{
    const qint64 from = timeFromJson(params["from"_L1]);
    const qint64 to = timeFromJson(params["to"_L1]);
    const QString outcome = params["outcome"_L1].toString();
    QList<QJsonObject> found;
    for (const QJsonObject &entry : m_audit) {
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
