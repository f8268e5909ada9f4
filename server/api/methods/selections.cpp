// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"
#include "server/api/methods/results.h"
#include "server/api/methods/schemas.h"
#include "server/timetext.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using fleet::Fleet;
using fleet::Selections;
using operators::Caller;
namespace permission = operators::permission;

namespace {

/// Of the chosen ids, so many are in the answer, for a person to look at.
constexpr qsizetype mostShown = 500;

/// The ids that were named, each once. @return NotFound naming one that is no device
Result<QStringList> named(const Fleet &fleet, const QJsonArray &wanted)
{
    QStringList ids;
    QSet<QString> seen;
    for (const auto &value : wanted) {
        const QString id = value.toString();
        if (!fleet.registry().knows(id))
            return failure(NotFound, u"there is no device \"%1\""_s.arg(cleanText(id, 128)));
        if (seen.contains(id))
            continue;
        seen.insert(id);
        ids.append(id);
    }
    return ids;
}

Result<QStringList> chosen(const Fleet &fleet, const QJsonObject &params)
{
    if (params.contains("devices"_L1)) {
        if (params.size() > 1)
            return failure(InvalidParams, u"give either \"devices\" or a filter"_s);
        return named(fleet, params["devices"_L1].toArray());
    }
    const auto query = fleet::ListQuery::fromJson(params);
    if (!query)
        return std::unexpected(query.error());
    return fleet.registry().matching(*query);
}

} // namespace

void addSelectionMethods(operators::MethodTable &table, Fleet &fleet, fleet::Commands &commands)
{
    QJsonObject params = schema::deviceFilter();
    QJsonObject devices = schema::listOf(u"The devices' ids; without it, all that match the filter"_s, schema::deviceId());
    devices.insert("maxItems"_L1, static_cast<qint64>(Selections::mostDevices));
    params.insert("devices"_L1, devices);
    table.add({.name = u"Selections.Create"_s,
               .summary = u"Freeze a list of devices, so that Commands.Create does to these what was looked at, and to no others"_s,
               .verbs = {"POST"},
               .path = u"/selections"_s,
               .permission = permission::devicesCall,
               .params = params,
               .result = result::exactly(u"The selection: good for 15 minutes, for who made it"_s,
                                         {{"selection"_L1, schema::text(u"Its id"_s)},
                                          {"total"_L1, schema::integer(u"Devices in it"_s, 0, Selections::mostDevices)},
                                          {"away"_L1, schema::integer(u"Of them, not connected now"_s, 0, Selections::mostDevices)},
                                          {"ids"_L1, schema::listOf(u"The first 500"_s, schema::deviceId())},
                                          {"expires_at"_L1, result::time(u"When it ends"_s)}}),
               .handler = [&fleet, &commands](const Caller &caller, const QJsonObject &asked) {
                   return inThreadOf(&fleet, [&fleet, &commands, asked, account = caller.account]() -> Answer {
                       const auto ids = chosen(fleet, asked);
                       if (!ids)
                           return std::unexpected(ids.error());
                       const auto selection = commands.selections().make(account, *ids, QDateTime::currentMSecsSinceEpoch());
                       if (!selection)
                           return std::unexpected(selection.error());
                       const auto away =
                           std::ranges::count_if(*ids, [&fleet](const QString &id) { return !fleet.registry().isOnline(id); });
                       return QJsonObject{
                           {"selection"_L1, selection->id},
                           {"total"_L1, ids->size()},
                           {"away"_L1, static_cast<qint64>(away)},
                           {"ids"_L1, QJsonArray::fromStringList(ids->first(std::min(ids->size(), mostShown)))},
                           {"expires_at"_L1, timestampText(selection->expiresAt)},
                       };
                   });
               }});
}

} // namespace muster::api
