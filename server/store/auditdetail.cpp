// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/auditdetail.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

/// What names a secret wherever it stands in a name, without its "_" and "-": "wifiPassword", "access_token", "Set-Cookie".
constexpr std::array<QLatin1StringView, 9> secretParts{"password"_L1,   "passwd"_L1,        "passphrase"_L1, "passcode"_L1, "secret"_L1,
                                                       "credential"_L1, "authorization"_L1, "cookie"_L1,     "token"_L1};
/// What does so only at the end of one, because it stands in honest names too: "api_key", "sshKeys", "psk"; not "keyboard".
constexpr std::array<QLatin1StringView, 6> secretEnds{"key"_L1, "keys"_L1, "psk"_L1, "pwd"_L1, "pin"_L1, "pass"_L1};

bool isSecret(const QString &name)
{
    QString plain = name.toLower();
    plain.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    return std::ranges::any_of(secretParts, [&plain](QLatin1StringView part) { return plain.contains(part); })
           || std::ranges::any_of(secretEnds, [&plain](QLatin1StringView end) { return plain.endsWith(end); });
}

QJsonValue withoutSecrets(const QJsonValue &value)
{
    if (value.isArray()) {
        const QJsonArray items = value.toArray();
        QJsonArray clean;
        for (const auto &item : items)
            clean.append(withoutSecrets(item));
        return clean;
    }
    if (!value.isObject())
        return value;
    const QJsonObject object = value.toObject();
    QJsonObject clean;
    for (auto it = object.begin(); it != object.end(); ++it)
        clean.insert(it.key(), isSecret(it.key()) ? QJsonValue(u"…"_s) : withoutSecrets(*it));
    return clean;
}

QByteArray textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QJsonObject auditDetail(const QJsonObject &params)
{
    QJsonObject clean = withoutSecrets(params).toObject();
    const QByteArray text = textOf(clean);
    if (text.size() <= auditDetailBytes)
        return clean;
    // As a text within JSON it may grow: every quote takes a backslash.
    for (qsizetype length = auditDetailBytes - 64;; length -= length / 8) {
        QString begins = QString::fromUtf8(text.first(length));
        while (begins.endsWith(QChar::ReplacementCharacter))
            begins.chop(1);
        QJsonObject cut{{"cut"_L1, text.size()}, {"begins"_L1, begins}};
        if (textOf(cut).size() <= auditDetailBytes)
            return cut;
    }
}

} // namespace muster::store
