// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/People/people.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

QString clean(const QJsonValue &text)
{
    return cleanText(text.toString(), limits::textLength);
}

struct Known
{
    QLatin1StringView mark;
    QLatin1StringView name;
};
// The first that is found counts: each calls itself after those that came before it.
constexpr std::array programs{Known{"Muster/"_L1, "Muster"_L1},   Known{"Edg/"_L1, "Edge"_L1},      Known{"OPR/"_L1, "Opera"_L1},
                              Known{"Firefox/"_L1, "Firefox"_L1}, Known{"Chrom"_L1, "Chromium"_L1}, Known{"Safari/"_L1, "Safari"_L1},
                              Known{"curl/"_L1, "curl"_L1}};
constexpr std::array systems{Known{"iPhone"_L1, "iPhone"_L1},   Known{"iPad"_L1, "iPad"_L1},    Known{"Android"_L1, "Android"_L1},
                             Known{"Windows"_L1, "Windows"_L1}, Known{"Mac OS"_L1, "macOS"_L1}, Known{"Linux"_L1, "Linux"_L1}};

template <typename List>
QString foundIn(const QString &text, const List &list)
{
    const auto known = std::ranges::find_if(list, [&text](const Known &one) { return text.contains(one.mark); });
    return known == list.end() ? QString() : QString(known->name);
}

} // namespace

AccountEntry AccountEntry::fromJson(const QJsonObject &object)
{
    AccountEntry account;
    account.user = clean(object["user"_L1]);
    account.role = clean(object["role"_L1]);
    account.hasPassword = object["has_password"_L1].toBool();
    account.createdAt = timeFromJson(object["created_at"_L1]);
    account.sessions = object["sessions"_L1].toInt();
    account.apiKeys = object["api_keys"_L1].toInt();
    return account;
}

OpenSession OpenSession::fromJson(const QJsonObject &object)
{
    OpenSession session;
    session.id = object["id"_L1].toString();
    session.user = clean(object["user"_L1]);
    session.createdAt = timeFromJson(object["created_at"_L1]);
    session.expiresAt = timeFromJson(object["expires_at"_L1]);
    session.address = clean(object["address"_L1]);
    session.client = clean(object["client"_L1]);
    session.current = object["current"_L1].toBool();
    return session;
}

QString OpenSession::program() const
{
    const QString name = foundIn(client, programs);
    const QString system = foundIn(client, systems);
    if (name.isEmpty())
        return client;
    return system.isEmpty() ? name : u"%1, %2"_s.arg(name, system);
}

ApiKey ApiKey::fromJson(const QJsonObject &object)
{
    ApiKey key;
    key.id = object["id"_L1].toString();
    key.name = clean(object["name"_L1]);
    key.user = clean(object["user"_L1]);
    key.createdAt = timeFromJson(object["created_at"_L1]);
    key.expiresAt = timeFromJson(object["expires_at"_L1]);
    return key;
}

} // namespace muster
