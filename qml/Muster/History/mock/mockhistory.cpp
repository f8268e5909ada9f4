// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/History/mock/mockhistory.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"
#include "mock/mockpage.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

MockHistory::MockHistory(MockFleet &fleet)
    : m_fleet(fleet)
{
    fleet.table().add(contract::method::devicesHistory, [this](const QJsonObject &params) -> Result<QJsonValue> {
        const auto device = m_fleet.known(params["id"_L1].toString());
        return device ? Result<QJsonValue>(list(*device, params)) : std::unexpected(device.error());
    });
    fleet.table().topics[QString(contract::topic::history)] = {.picture = [this](const QJsonObject &params) -> Result<QJsonObject> {
                                                                   const auto device = m_fleet.known(params["device"_L1].toString());
                                                                   if (!device)
                                                                       return std::unexpected(device.error());
                                                                   // Nobody pages through what moves.
                                                                   QJsonObject picture = list(*device, params);
                                                                   picture.remove("total"_L1);
                                                                   picture.remove("next"_L1);
                                                                   return picture;
                                                               },
                                                               .news = {}};
}

QJsonObject MockHistory::list(const mock::Device &device, const QJsonObject &params) const
{
    // What happened while somebody looked, then an invented past.
    QList<QJsonObject> all = m_fleet.books().histories.value(device.id);
    const auto add = [&](qint64 at, QJsonObject entry) {
        entry["time"_L1] = timeToJson(at);
        all << entry;
    };
    const auto presence = [&](qint64 at, bool online, const QString &reason) {
        add(at, {{"kind"_L1, "presence"_L1}, {"name"_L1, online ? "online"_L1 : "offline"_L1}, {"text"_L1, reason}});
    };
    const auto event = [&](qint64 at, const QString &name, const QJsonValue &data, const QString &source) {
        add(at, {{"kind"_L1, "event"_L1}, {"name"_L1, name}, {"data"_L1, data}, {"source"_L1, source}});
    };
    if (device.byToken) {
        if (!device.never)
            presence(device.acceptedAt + second, true, u"connected"_s);
        const auto &token = m_fleet.members().find(device.id)->token;
        if (token && !token->isGiven && device.offlineFor > 0) {
            presence(token->changedAt, false, u"its token was taken back by %1"_s.arg(token->changedBy));
            add(token->changedAt, {{"kind"_L1, "key"_L1}, {"name"_L1, "revoked"_L1}, {"by"_L1, token->changedBy}});
        }
    } else if (!device.never) {
        if (!device.online)
            presence(device.origin - device.offlineFor, false, u"no answer to two pings"_s);
        event(device.origin - 9 * minute - device.offlineFor, u"press.stroke_limit"_s,
              QJsonObject{{"strokes"_L1, 51'200}, {"tool"_L1, "T-114"_L1}}, u"press-worker"_s);
        event(device.origin - 31 * minute - device.offlineFor, u"door.opened"_s, QJsonObject{{"door"_L1, "north"_L1}, {"seconds"_L1, 41}},
              u"press-worker"_s);
        event(device.origin - hour - device.offlineFor, u"camera.light"_s, QJsonValue("too dark to read the tool's number"_L1),
              u"camera-worker"_s);
        presence(device.origin - 6 * hour - device.offlineFor, true, u"connected"_s);
        presence(device.origin - 6 * hour - 3 * minute - device.offlineFor, false, u"no answer to two pings"_s);
        event(device.origin - 26 * hour - device.offlineFor, u"config.changed"_s,
              QJsonObject{
                  {"key"_L1, "press.force_limit"_L1}, {"from"_L1, 14.5}, {"to"_L1, 13}, {"by"_L1, QJsonObject{{"user"_L1, "eva"_L1}}}},
              QString());
        for (int i = 0; i < 260; ++i)
            event(device.origin - 2 * day - i * 47 * minute - device.offlineFor, i % 5 == 0 ? u"door.opened"_s : u"press.batch"_s,
                  QJsonObject{{"batch"_L1, 4000 - i}, {"pieces"_L1, int(100 + mix(quint64(i)) % 900)}}, u"press-worker"_s);
        presence(device.acceptedAt + second, true, u"connected"_s);
    }
    add(device.acceptedAt, {{"kind"_L1, "key"_L1},
                            {"name"_L1, device.byToken ? "made"_L1 : "accepted"_L1},
                            {"text"_L1, device.byToken ? ""_L1 : "The key was accepted"_L1},
                            {"by"_L1, device.acceptedBy}});
    if (device.hostile) {
        for (qsizetype i = 0; i < all.size(); ++i) {
            all[i]["name"_L1] = nasty(quint64(i));
            all[i]["text"_L1] = nasty(quint64(i + 1));
            all[i]["source"_L1] = nasty(quint64(i + 2));
            all[i]["data"_L1] = QJsonObject{{nasty(quint64(i + 3)), nasty(quint64(i))}, {"n"_L1, i}};
        }
    }
    std::ranges::stable_sort(
        all, [](const QJsonObject &a, const QJsonObject &b) { return timeFromJson(a["time"_L1]) > timeFromJson(b["time"_L1]); });
    // Counted from the oldest on, so that those that are known keep their numbers.
    for (qsizetype i = 0; i < all.size(); ++i)
        all[i]["id"_L1] = all.size() - i;
    const bool withCommands = m_fleet.gate().mayDo(contract::permission::commandsRead).has_value();
    const QString kind = params["kind"_L1].toString();
    all.removeIf([&kind, withCommands](const QJsonObject &entry) {
        return (!kind.isEmpty() && entry["kind"_L1] != kind) || (!withCommands && entry["kind"_L1] == "command"_L1);
    });
    return pageBelow(all, params);
}

} // namespace muster
