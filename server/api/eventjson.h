// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/eventstore.h"

#include <QJsonObject>

/// Notifications as clients read them.
namespace muster::api {

/// In our own form: {id, time, device, name, method?, data?}.
[[nodiscard]] QJsonObject eventJson(const store::FleetEvent &event);
/// As mDash's clients know them: {id: of the device, name, data}.
[[nodiscard]] QJsonObject mdashEvent(const store::FleetEvent &event);

} // namespace muster::api
