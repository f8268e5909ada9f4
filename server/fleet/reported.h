// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

/// What devices report of themselves.
namespace muster::fleet {

/// A value of a device made fit to be stored and shown: cleanText() on every text and name in it.
[[nodiscard]] QJsonValue cleanValue(const QJsonValue &value);

/// Bytes of an object as JSON.
[[nodiscard]] qsizetype jsonBytes(const QJsonObject &object);

/// The local bus of the device, out of its reported state: {state: "connected", "away" or "off", since}; null where it does not say.
[[nodiscard]] QJsonValue busOf(const QJsonObject &reported);
/// Whether the device has a container engine that the agent may use.
[[nodiscard]] bool hasContainers(const QJsonObject &reported);
/// Whether the device says that it can be started anew (Sys.Reboot).
[[nodiscard]] bool mayReboot(const QJsonObject &reported);

} // namespace muster::fleet
