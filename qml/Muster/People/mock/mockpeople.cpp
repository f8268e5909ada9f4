// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/People/mock/mockpeople.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"
#include "mock/mockpage.h"
#include "mock/mockseed.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

namespace {

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

MockPeople::MockPeople(MockFleet &fleet)
    : m_fleet(fleet)
{
    for (const contract::MethodFacts &facts : contract::methods) {
        const QString method(facts.name);
        if (facts.name != contract::method::sessionGet
            && (method.startsWith("Users."_L1) || method.startsWith("ApiKeys."_L1) || method.startsWith("Session"_L1)
                || facts.name == contract::method::signInLinksCreate))
            fleet.table().add(facts.name, [this, method](const QJsonObject &params) { return call(method, params); });
    }
    invent(fleet.origin());
}

void MockPeople::invent(qint64 origin)
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
    if (m_fleet.kind() == MockFleet::Kind::Empty)
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
    if (m_fleet.isHostile()) {
        for (quint64 i = 0; i < 8; ++i) {
            account(nasty(i), i % 2 == 0 ? u"operator"_s : u"viewer"_s, i % 3 == 0, qint64(i) * day);
            session(nasty(i), nasty(i + 1), nasty(i + 2).repeated(3), qint64(10 + i) * hour);
            key(nasty(i + 3), nasty(i), qint64(50 + i) * day, 0);
        }
    }
}

Result<QJsonValue> MockPeople::call(const QString &method, const QJsonObject &params)
{
    const Result<QJsonValue> answer = method == contract::method::signInLinksCreate ? link(params)
                                      : method.startsWith("Users."_L1)              ? users(method, params)
                                      : method.startsWith("ApiKeys."_L1)            ? keys(method, params)
                                                                                    : sessions(method, params);
    if (!method.endsWith(".List"_L1)) {
        QJsonObject detail = params;
        if (detail.contains("password"_L1))
            detail["password"_L1] = "…"_L1;
        const QString target = params[params.contains("user"_L1) ? "user"_L1 : params.contains("name"_L1) ? "name"_L1 : "id"_L1].toString();
        m_fleet.noteAudit(method, target, answer ? u"ok"_s : answer.error().message, detail);
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
                                  {"created_at"_L1, timeToJson(m_fleet.now())}};
        return shown(m_accounts.last());
    }
    if (account == m_accounts.end())
        return failure(NotFound, u"there is no account \"%1\""_s.arg(user));
    if (method == contract::method::usersUpdate) {
        if (params.contains("role"_L1)) {
            if (user == m_fleet.gate().user())
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
    const QString user = params["user"_L1].toString(method == contract::method::apiKeysCreate ? m_fleet.gate().user() : QString());
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
                        {"created_at"_L1, timeToJson(m_fleet.now())},
                        {"expires_at"_L1, days > 0 ? QJsonValue(timeToJson(m_fleet.now() + days * day)) : QJsonValue::Null}});
        return QJsonObject{{"id"_L1, m_keys.first()["id"_L1]},
                           {"api_key"_L1, u"mk_"_s + QString::number(mix(quint64(m_lastKey)), 36) + QString::number(mix(7), 36)}};
    }
    if (m_keys.removeIf([&params](const QJsonObject &key) { return key["id"_L1] == params["id"_L1]; }) == 0)
        return failure(NotFound, u"there is no such API key"_s);
    return QJsonObject{};
}

Result<QJsonValue> MockPeople::sessions(const QString &method, const QJsonObject &params)
{
    const bool everybody = m_fleet.gate().mayDo(contract::permission::peopleManage).has_value();
    if (method == contract::method::sessionsList) {
        QList<QJsonObject> found;
        for (QJsonObject one : std::as_const(m_sessions)) {
            const bool mayBeSeen = everybody || one["user"_L1] == m_fleet.gate().user();
            if (!mayBeSeen || (params.contains("user"_L1) && one["user"_L1] != params["user"_L1]))
                continue;
            one["current"_L1] = one["user"_L1] == m_fleet.gate().user() && found.isEmpty();
            found << one;
        }
        return page(found, params);
    }
    if (method != contract::method::sessionsRevoke)
        return QJsonObject{};
    if (m_sessions.removeIf([&](const QJsonObject &one) {
            return one["id"_L1] == params["id"_L1] && (everybody || one["user"_L1] == m_fleet.gate().user());
        })
        == 0)
        return failure(NotFound, u"there is no such session"_s);
    return QJsonObject{};
}

Result<QJsonValue> MockPeople::link(const QJsonObject &params) const
{
    const QString user = params["user"_L1].toString(m_fleet.gate().user());
    if (std::ranges::none_of(m_accounts, [&user](const QJsonObject &a) { return a["user"_L1] == user; }))
        return failure(NotFound, u"there is no account \"%1\""_s.arg(user));
    return QJsonObject{{"link"_L1, "http://127.0.0.1:8420/#/sign-in/mocktoken"_L1}, {"expires_at"_L1, timeToJson(m_fleet.now() + hour)}};
}

} // namespace muster
