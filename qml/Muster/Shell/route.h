// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

/// Where a person is (the dashboard's `route`) and the address that says so in a browser, after its "#".
///
///     PAGE[/ID]            /PAGE[/ID][?QUERY]              (devices, approvals, commands and the like: the places of Places.qml)
///     device/ID            /devices/ID             (read as well: /devices/ID/health)
///     device/ID/TAB        /devices/ID/TAB
///     device/ID/TAB/PART   /devices/ID/TAB/PART    (a container's log, a method)
///
/// Ids are percent-encoded UTF-8. Addresses come from anybody: a link in a mail is no more than a wish to see a page.
namespace muster {

/// @return the address of the list of devices where the route names no page
[[nodiscard]] QString addressOf(const QString &route);
/// The empty address and "/" are the list of devices.
/// @return nothing where the address has another form, is badly encoded, or holds an id that nothing can have
[[nodiscard]] std::optional<QString> routeOf(const QString &address);
/// What stands behind the "?" of an address: how the page is set, as NAME=VALUE&…, percent-encoded. It means what the page makes of it.
/// @return nothing where there is none, or where it holds what no such text can
[[nodiscard]] QString queryOf(const QString &address);

} // namespace muster
