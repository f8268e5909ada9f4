// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/secrets.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// What names a secret wherever it stands in a name, without its "_" and "-": "wifiPassword", "access_token", "Set-Cookie".
constexpr std::array<QLatin1StringView, 9> secretParts{"password"_L1,   "passwd"_L1,        "passphrase"_L1, "passcode"_L1, "secret"_L1,
                                                       "credential"_L1, "authorization"_L1, "cookie"_L1,     "token"_L1};
/// What does so only at the end of one, because it stands in honest names too: "api_key", "sshKeys", "psk"; not "keyboard".
constexpr std::array<QLatin1StringView, 6> secretEnds{"key"_L1, "keys"_L1, "psk"_L1, "pwd"_L1, "pin"_L1, "pass"_L1};

bool isHidden(const QString &name, const QJsonValue &value, Hidden hidden)
{
    if (value.isString() ? value.toString().isEmpty() : hidden == Hidden::Texts)
        return false;
    return isSecretName(name);
}

} // namespace

bool isSecretName(const QString &name)
{
    QString plain = name.toLower();
    plain.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    return std::ranges::any_of(secretParts, [&plain](QLatin1StringView part) { return plain.contains(part); })
           || std::ranges::any_of(secretEnds, [&plain](QLatin1StringView end) { return plain.endsWith(end); });
}

QJsonValue withoutSecrets(const QJsonValue &value, Hidden hidden)
{
    if (value.isArray()) {
        const QJsonArray items = value.toArray();
        QJsonArray clean;
        for (const auto &item : items)
            clean.append(withoutSecrets(item, hidden));
        return clean;
    }
    if (!value.isObject())
        return value;
    const QJsonObject object = value.toObject();
    QJsonObject clean;
    for (auto it = object.begin(); it != object.end(); ++it)
        clean.insert(it.key(), isHidden(it.key(), *it, hidden) ? QJsonValue(u"…"_s) : withoutSecrets(*it, hidden));
    return clean;
}

} // namespace muster
