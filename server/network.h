// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QString>

class QHostAddress;

namespace muster {

/// An IPv4 address as such, also where a socket of both kinds says ::ffff:192.0.2.7.
[[nodiscard]] QHostAddress plainAddress(const QHostAddress &address);

/// Whom limits for an address are for: an IPv4 address by itself, and of IPv6 the /64, which is what one subscriber has
/// (RFC 6177) and can choose from freely. Such as "192.0.2.7" and "2001:db8:1:2::/64".
[[nodiscard]] QString networkOf(const QHostAddress &address);
/// The same of a text; a text that is no address is its own network.
[[nodiscard]] QString networkOf(const QString &address);

/// A network as a person writes it: an address, or what networkOf() makes of one.
/// @return networkOf() it; InvalidParams says how to write it, also for networks of another size: limits know of none
[[nodiscard]] Result<QString> networkFromText(const QString &text);

/// Whether an address is of this machine: a proxy there speaks for many, so that no share for an address holds for it.
[[nodiscard]] bool speaksForMany(const QString &address);

} // namespace muster
