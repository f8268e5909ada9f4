// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/reported.h"

#include "protocol/rpc/message.h"
#include "server/timetext.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

namespace {

/// Never cut: how much it may be is judged before, and said.
QString whole(const QString &text)
{
    return cleanText(text, text.size());
}

/// What the agent itself reports, apart from what workers do.
QJsonObject ofAgent(const QJsonObject &reported)
{
    return reported.value("muster"_L1).toObject();
}

} // namespace

QJsonValue cleanValue(const QJsonValue &value)
{
    if (value.isString())
        return whole(value.toString());
    if (value.isArray()) {
        const QJsonArray items = value.toArray();
        QJsonArray clean;
        for (const auto &item : items)
            clean.append(cleanValue(item));
        return clean;
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        QJsonObject clean;
        for (auto it = object.begin(); it != object.end(); ++it)
            clean.insert(whole(it.key()), cleanValue(*it));
        return clean;
    }
    return value;
}

qsizetype jsonBytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).size();
}

QJsonValue busOf(const QJsonObject &reported)
{
    // The agent says either the word alone or {state, since}.
    const QJsonValue bus = ofAgent(reported).value("bus"_L1);
    if (bus.isUndefined())
        return QJsonValue::Null;
    const QString said = bus.isObject() ? bus["state"_L1].toString() : bus.toString();
    const QString state = said == "connected"_L1 || said == "away"_L1 ? said : u"off"_s;
    const QJsonValue since = bus["since"_L1];
    QJsonValue shown = QJsonValue::Null;
    if (since.isDouble() && since.toInteger() > 0)
        shown = timestampText(since.toInteger());
    else if (const auto time = timestampFromText(since.toString()))
        shown = QString::fromLatin1(toTimestamp(*time));
    return QJsonObject{{"state"_L1, state}, {"since"_L1, shown}};
}

bool hasContainers(const QJsonObject &reported)
{
    // A name, {name, version, …} or true; nothing, null, false or "" where there is none.
    const QJsonValue engine = ofAgent(reported).value("engine"_L1);
    return engine.isObject() ? !engine.toObject().isEmpty() : engine.isString() ? !engine.toString().isEmpty() : engine.toBool();
}

bool mayReboot(const QJsonObject &reported)
{
    return ofAgent(reported).value("reboot"_L1).toBool();
}

} // namespace muster::fleet
