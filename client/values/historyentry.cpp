// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/historyentry.h"

#include "client/values/jsontext.h"
#include "client/values/values.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr qsizetype lineLength = 200;

// Names and values of a flat object, as people would say them; else JSON.
QString readable(const QJsonValue &data)
{
    if (data.isUndefined() || data.isNull())
        return {};
    if (data.isString())
        return cleanText(data.toString(), lineLength);
    if (!data.isObject())
        return jsontext::line(data, lineLength);
    QStringList parts;
    const QJsonObject object = data.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QJsonValue value = it.value();
        parts << cleanText(it.key(), limits::textLength) + u": "_s
                     + (value.isString() ? cleanText(value.toString(), limits::textLength) : jsontext::line(value, lineLength));
    }
    const QString text = parts.join(u", "_s);
    return text.size() <= lineLength ? text : text.left(lineLength - 1) + u'…';
}

} // namespace

HistoryEntry HistoryEntry::fromJson(const QJsonObject &object)
{
    const auto text = [&object](QLatin1StringView name) { return cleanText(object[name].toString(), limits::textLength); };
    HistoryEntry e;
    e.row = object["id"_L1].toInteger();
    e.id = QString::number(e.row);
    e.time = timeFromJson(object["time"_L1]);
    e.kind = text("kind"_L1);
    e.name = text("name"_L1);
    e.text = text("text"_L1);
    e.by = text("by"_L1);
    e.source = text("source"_L1);
    e.dataLine = readable(object["data"_L1]);
    if (object["data"_L1].isObject() || object["data"_L1].isArray())
        e.dataText = jsontext::pretty(object["data"_L1]);
    if (e.kind == "command"_L1) {
        e.command = cleanText(object["data"_L1]["command"_L1].toString(), limits::textLength);
        if (const QString container = cleanText(object["data"_L1]["container"_L1].toString(), limits::textLength); !container.isEmpty())
            e.name += u' ' + container;
    }
    const QString state = object["data"_L1]["state"_L1].toString();
    e.bad = (e.kind == "presence"_L1 && e.name == "offline"_L1) || (e.kind == "key"_L1 && e.name == "rejected"_L1)
            || (e.kind == "command"_L1 && (state == "failed"_L1 || state == "expired"_L1));
    return e;
}

} // namespace muster
