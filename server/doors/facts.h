// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

/// What devices say of themselves, made fit to be kept and shown.
namespace muster::doors {

/// A flat object of short texts and numbers about the machine: anything else in it is not for us.
[[nodiscard]] QJsonObject cleanFacts(const QJsonObject &facts);
/// When a machine that has run for so long was started, by the server's clock, ms since 1970; 0 for what cannot be.
[[nodiscard]] qint64 bootedAt(const QJsonValue &uptimeSeconds);

} // namespace muster::doors
