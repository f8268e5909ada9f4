// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/listing.h"

#include "protocol/rpc/naturalorder.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

namespace {

constexpr std::array<QLatin1StringView, 6> sortNames{"name"_L1, "state"_L1, "evidence"_L1, "cpu"_L1, "memory"_L1, "disk"_L1};

template <typename E>
Result<std::optional<E>> choice(const QJsonObject &params, QLatin1StringView name, std::initializer_list<E> values, QString (*nameOf)(E))
{
    const QString wanted = params.value(name).toString();
    if (wanted.isEmpty())
        return std::nullopt;
    QStringList known;
    for (const E value : values) {
        if (nameOf(value) == wanted)
            return value;
        known.append(nameOf(value));
    }
    return failure(InvalidParams, u"%1 is \"%2\": it takes %3"_s.arg(name, wanted.left(40), known.join(", "_L1)));
}

qint64 reading(const Device &device, HealthField field)
{
    return device.latest ? (*device.latest)[field] : HealthSample::missing;
}

/// The devices that need a person come first.
int rank(const Device &device)
{
    if (device.presence.state != PresenceState::Online)
        return device.presence.state == PresenceState::Offline ? 2 : 3;
    switch (device.condition.level) {
    case Level::Failing: return 0;
    case Level::Warning: return 1;
    case Level::Unknown: return 4;
    case Level::Ok: break;
    }
    return 5;
}

} // namespace

Result<ListQuery> ListQuery::fromJson(const QJsonObject &params)
{
    ListQuery query;
    query.text = params.value("text"_L1).toString().trimmed();
    const auto state =
        choice<PresenceState>(params, "state"_L1, {PresenceState::Online, PresenceState::Offline, PresenceState::Never}, presenceName);
    if (!state)
        return std::unexpected(state.error());
    query.state = *state;
    const auto level = choice<Level>(params, "level"_L1, {Level::Ok, Level::Warning, Level::Failing, Level::Unknown}, levelName);
    if (!level)
        return std::unexpected(level.error());
    query.level = *level;
    QString sort = params.value("sort"_L1).toString(u"name"_s);
    query.descending = sort.startsWith('-'_L1);
    if (query.descending)
        sort.remove(0, 1);
    const auto found = std::ranges::find(sortNames, sort);
    if (found == sortNames.end())
        return failure(
            InvalidParams,
            u"sort is \"%1\": it takes name, state, evidence, cpu, memory or disk, with - in front for descending"_s.arg(sort.left(40)));
    query.sort = static_cast<SortBy>(found - sortNames.begin());
    return query;
}

bool matches(const Device &device, const ListQuery &query)
{
    if (query.only && !query.only->contains(device.id))
        return false;
    if (query.state && device.presence.state != *query.state)
        return false;
    // A reading of a device that is away says nothing about how it is.
    if (query.level && (device.presence.state != PresenceState::Online || device.condition.level != *query.level))
        return false;
    if (query.text.isEmpty())
        return true;
    const auto has = [&](const QString &text) { return text.contains(query.text, Qt::CaseInsensitive); };
    return has(device.id) || has(device.name) || has(device.address) || has(device.machine.value("model"_L1).toString())
           || has(device.machine.value("os"_L1).toString());
}

bool before(const Device &a, const Device &b, const ListQuery &query)
{
    const auto key = [&](const Device &device) -> qint64 {
        switch (query.sort) {
        case SortBy::Name: return 0;
        case SortBy::State: return rank(device);
        case SortBy::Evidence: return device.evidenceAt();
        case SortBy::Cpu: return reading(device, HealthField::Cpu);
        case SortBy::Memory: return reading(device, HealthField::Memory);
        case SortBy::Disk: break;
        }
        return reading(device, HealthField::Disk);
    };
    const qint64 left = key(a);
    const qint64 right = key(b);
    if (left != right)
        return query.descending ? left > right : left < right;
    const int byName = naturalCompare(a.shownName(), b.shownName());
    const int order = byName != 0 ? byName : naturalCompare(a.id, b.id);
    return query.sort == SortBy::Name && query.descending ? order > 0 : order < 0;
}

} // namespace muster::fleet
