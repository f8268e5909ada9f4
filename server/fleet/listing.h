// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/device.h"

namespace muster::fleet {

enum class SortBy { Name, State, Evidence, Cpu, Memory, Disk };

/// What a list of devices shows and in which order. Empty filters let everything through.
struct ListQuery
{
    QString text;                      ///< part of the id, model, system or address; letter case does not matter
    std::optional<QSet<QString>> only; ///< of these devices alone, as who asks sees no others; none: of all
    std::optional<PresenceState> state;
    std::optional<Level> level;
    SortBy sort = SortBy::Name;
    bool descending = false;

    /// Reads `sort`, `text`, `state` and `level` of a method's params. @return InvalidParams naming the one that is wrong.
    [[nodiscard]] static Result<ListQuery> fromJson(const QJsonObject &params);
};

[[nodiscard]] bool matches(const Device &device, const ListQuery &query);
/// A total order: devices that are alike in the sort key go by id.
[[nodiscard]] bool before(const Device &a, const Device &b, const ListQuery &query);

} // namespace muster::fleet
