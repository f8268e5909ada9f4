// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/operators/roles.h"

#include <algorithm>

namespace muster::api {

/// What live sockets can watch.
enum class Topic { Devices, Device, Shadow, Approvals, Fleet, Health, Commands, History, Logs, Events };

struct TopicRow
{
    QLatin1StringView name;
    Topic topic;
    QLatin1StringView permission;
    QLatin1StringView notification;
    QLatin1StringView params; ///< of Live.Subscribe, for people; with ? where they may be left out
};

inline constexpr std::array topics{
    TopicRow{QLatin1StringView("devices"), Topic::Devices, operators::permission::devicesRead, QLatin1StringView("Live.Window"),
             QLatin1StringView("offset?, limit?, sort?, text?, state?, level?")},
    TopicRow{QLatin1StringView("device"), Topic::Device, operators::permission::devicesRead, QLatin1StringView("Live.Device"),
             QLatin1StringView("id")},
    TopicRow{QLatin1StringView("shadow"), Topic::Shadow, operators::permission::devicesRead, QLatin1StringView("Live.Shadow"),
             QLatin1StringView("id")},
    TopicRow{QLatin1StringView("approvals"), Topic::Approvals, operators::permission::approvalsRead, QLatin1StringView("Live.Approvals"),
             QLatin1StringView("text?")},
    TopicRow{QLatin1StringView("fleet"), Topic::Fleet, operators::permission::devicesRead, QLatin1StringView("Live.Fleet"),
             QLatin1StringView("")},
    TopicRow{QLatin1StringView("health"), Topic::Health, operators::permission::devicesRead, QLatin1StringView("Live.Health"),
             QLatin1StringView("id")},
    TopicRow{QLatin1StringView("commands"), Topic::Commands, operators::permission::commandsRead, QLatin1StringView("Live.Commands"),
             QLatin1StringView("device?, state?, bulk?, limit?")},
    TopicRow{QLatin1StringView("history"), Topic::History, operators::permission::devicesRead, QLatin1StringView("Live.History"),
             QLatin1StringView("device, limit?")},
    TopicRow{QLatin1StringView("logs"), Topic::Logs, operators::permission::containersRead, QLatin1StringView("Live.Log"),
             QLatin1StringView("device, container, tail?, since?, until?, stdout?, stderr?, follow?, credit")},
    TopicRow{QLatin1StringView("events"), Topic::Events, operators::permission::devicesRead, QLatin1StringView("Live.Events"),
             QLatin1StringView("device?")},
};

/// What Live.Subscribe answers for a topic, as operators::Contract knows it.
[[nodiscard]] inline QString pictureOf(const QString &topic)
{
    return QStringLiteral("Live.Subscribe ") + topic;
}

[[nodiscard]] inline const TopicRow &rowOf(Topic topic)
{
    return *std::ranges::find(topics, topic, &TopicRow::topic);
}

} // namespace muster::api
