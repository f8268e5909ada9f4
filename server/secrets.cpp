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
constexpr std::array<QLatin1StringView, 8> secretEnds{"key"_L1, "keys"_L1, "psk"_L1,  "pwd"_L1,
                                                      "pin"_L1, "pass"_L1, "auth"_L1, "private"_L1};

/// {"key": "wifi.sta.pass", "value": …}: what stands beside the name of a secret is one.
bool namesSecret(const QJsonObject &object)
{
    return std::ranges::any_of(std::array{"key"_L1, "name"_L1}, [&object](QLatin1StringView name) {
        return object.contains("value"_L1) && isSecretName(object[name].toString().section(u'.', -1));
    });
}

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
    const bool hidesValue = namesSecret(object);
    for (auto it = object.begin(); it != object.end(); ++it)
        clean.insert(it.key(), (hidesValue && it.key() == "value"_L1) || isHidden(it.key(), *it, hidden) ? QJsonValue(u"…"_s)
                                                                                                         : withoutSecrets(*it, hidden));
    return clean;
}

QStringList secretTexts(const QJsonObject &object)
{
    // What is shorter stands in honest words as well.
    constexpr qsizetype least = 6;
    QStringList texts;
    const bool hidesValue = namesSecret(object);
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it->isObject())
            texts += secretTexts(it->toObject());
        else if (it->isString() && it->toString().size() >= least && ((hidesValue && it.key() == "value"_L1) || isSecretName(it.key())))
            texts.append(it->toString());
    }
    return texts;
}

} // namespace muster
