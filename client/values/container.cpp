// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/container.h"

#include "client/values/values.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// 128 + SIGTERM: it was told to end, and did.
constexpr int endedByTerm = 143;

QString text(const QJsonValue &value)
{
    return cleanText(value.toString(), limits::textLength);
}

bool same(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

} // namespace

states::Level Container::level() const
{
    if (state == "running"_L1)
        return health == "unhealthy"_L1 ? states::Level::Warning : states::Level::Ok;
    if (state == "restarting"_L1 || state == "paused"_L1 || state == "removing"_L1)
        return states::Level::Warning;
    if (state == "dead"_L1 || (state == "exited"_L1 && exitCode > 0 && exitCode != endedByTerm && !stopAsked))
        return states::Level::Failing;
    return states::Level::Unknown;
}

Container Container::fromJson(const QJsonObject &object)
{
    Container c;
    c.id = object["id"_L1].toString();
    c.name = text(object["name"_L1]);
    if (c.name.isEmpty())
        c.name = cleanText(c.id, 12); // as engines shorten ids
    c.image = text(object["image"_L1]);
    c.state = text(object["state"_L1]);
    c.status = text(object["status"_L1]);
    c.health = text(object["health"_L1]);
    c.project = text(object["project"_L1]);
    c.createdAt = timeFromJson(object["created_at"_L1]);
    c.startedAt = timeFromJson(object["started_at"_L1]);
    c.finishedAt = timeFromJson(object["finished_at"_L1]);
    c.exitCode = object["exit_code"_L1].toInt(-1);
    c.stopAsked = object["stop_asked"_L1].toBool();
    c.restarts = object["restarts"_L1].toInt(-1);
    return c;
}

bool Container::sameAs(const Container &other) const
{
    return id == other.id && name == other.name && image == other.image && state == other.state && status == other.status
           && health == other.health && project == other.project && createdAt == other.createdAt && startedAt == other.startedAt
           && finishedAt == other.finishedAt && exitCode == other.exitCode && restarts == other.restarts && stopAsked == other.stopAsked
           && same(cpu, other.cpu) && same(memory, other.memory) && same(memoryLimit, other.memoryLimit);
}

} // namespace muster
