// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QStringList>

/// What people may do. A permission names a right, a role is a set of permissions.
namespace muster::operators {

namespace permission {
inline constexpr QLatin1StringView everyone("public");  ///< no sign-in needed
inline constexpr QLatin1StringView signedIn("session"); ///< any account
inline constexpr QLatin1StringView devicesRead("devices.read");
inline constexpr QLatin1StringView devicesCall("devices.call");
inline constexpr QLatin1StringView devicesDesire("devices.desire"); ///< to say what is wanted of one
inline constexpr QLatin1StringView devicesName("devices.name");     ///< to call one something else
inline constexpr QLatin1StringView devicesManage("devices.manage");
inline constexpr QLatin1StringView containersRead("containers.read");
inline constexpr QLatin1StringView containersManage("containers.manage");
inline constexpr QLatin1StringView commandsRead("commands.read");
inline constexpr QLatin1StringView approvalsRead("approvals.read");
inline constexpr QLatin1StringView approvalsDecide("approvals.decide");
inline constexpr QLatin1StringView auditRead("audit.read");
inline constexpr QLatin1StringView serverRead("server.read");
inline constexpr QLatin1StringView peopleManage("people.manage");
inline constexpr QLatin1StringView serverManage("server.manage");
} // namespace permission

enum class Role {
    Customer, ///< has a few devices, and sees nothing else
    Viewer,
    Operator,
    Admin,
};
[[nodiscard]] QString roleName(Role role);
/// @return InvalidParams naming the roles there are
[[nodiscard]] Result<Role> roleFromName(QStringView name);
[[nodiscard]] QStringList permissionsOf(Role role);

} // namespace muster::operators
