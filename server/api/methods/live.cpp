// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"

#include "protocol/rpc/limits.h"
#include "server/api/livetopics.h"
#include "server/api/methods/results.h"
#include "server/api/methods/schemas.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

namespace permission = operators::permission;

namespace {

QJsonObject subscription()
{
    return schema::text(u"The subscription's id"_s, 40);
}

/// Where a window of devices lies, and what it shows.
QJsonObject windowParams()
{
    QJsonObject params = schema::deviceFilter();
    params.insert("offset"_L1, schema::integer(u"The first row"_s, 0, 1'000'000));
    params.insert("limit"_L1, schema::limit(fleet::Registry::mostRows));
    params.insert("sort"_L1, schema::text(u"As of Devices.List"_s, 16));
    return params;
}

QJsonObject subscribeParams()
{
    QStringList names;
    QStringList about;
    for (const TopicRow &row : topics) {
        names.append(row.name);
        about.append(u"%1 {%2} gives %3, needs %4"_s.arg(row.name, row.params, row.notification, row.permission));
    }
    QJsonObject params = windowParams();
    const QJsonObject log = schema::logParams();
    for (auto it = log.begin(); it != log.end(); ++it)
        params.insert(it.key(), *it);
    params.insert("topic"_L1, schema::choice(about.join(u"; "_s), names));
    params.insert("id"_L1, schema::deviceId());
    params.insert("device"_L1, schema::deviceId());
    params.insert("container"_L1, schema::text(u"The container's name or id"_s, 128));
    params.insert("state"_L1, schema::choice(u"Of devices or of commands"_s,
                                             QStringList{u"online"_s, u"offline"_s, u"never"_s} + schema::commandStates()));
    params.insert("bulk"_L1, schema::text(u"Commands: only those of one order to many"_s, 64));
    params.insert("follow"_L1, schema::flag(u"Go on with the lines that come"_s));
    params.insert("credit"_L1, schema::integer(u"Bytes that may come before Live.Credit grants more"_s, limits::streamPieceBytes,
                                               limits::streamWindowBytes));
    return params;
}

void add(operators::MethodTable &table, const QString &name, const QString &summary, const QJsonObject &params, const QStringList &required,
         const QJsonObject &result)
{
    table.add(
        {.name = name, .summary = summary, .permission = permission::signedIn, .params = params, .required = required, .result = result});
}

} // namespace

void addLiveMethods(operators::MethodTable &table)
{
    add(table, u"Live.Ping"_s, u"Ask for the server's time, to see how long an answer takes"_s, {}, {},
        result::exactly(u"The time"_s, {{"time"_L1, result::time(u"By the server's clock"_s)}}));
    add(table, u"Live.Subscribe"_s, u"Watch a topic: the answer is the whole picture, notifications tell what changes"_s, subscribeParams(),
        {u"topic"_s}, schema::object(u"The picture, and the subscription's id"_s, {{"subscription"_L1, subscription()}}));
    QJsonObject move = windowParams();
    move.insert("subscription"_L1, subscription());
    add(table, u"Live.Move"_s, u"Show another window of the topic `devices`"_s, move, {u"subscription"_s}, result::picture(u"devices"_s));
    add(table, u"Live.Unsubscribe"_s, u"Watch no more"_s, {{"subscription"_L1, subscription()}}, {u"subscription"_s}, result::nothing());
    add(table, u"Live.Credit"_s, u"Grant more of the topic `logs`: so many bytes of its text (in UTF-8) were read"_s,
        {{"subscription"_L1, subscription()}, {"bytes"_L1, schema::integer(u"Bytes"_s, 1, limits::streamWindowBytes)}},
        {u"subscription"_s, u"bytes"_s}, result::nothing());
    for (const TopicRow &row : topics)
        table.contract().promise(pictureOf(row.name), result::picture(row.name));
}

} // namespace muster::api
